"""What a bot says of itself: commands, names, descriptions, the menu button."""

import re
from collections.abc import Callable
from typing import Any

from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Json
from community_bot.sandbox.parameters import Parameters
from community_bot.sandbox.refusals import bad

_MOST_COMMANDS = 100  # Bot API, setMyCommands
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
# What a bot may call itself, and how long that may be.
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Json:
    bot = call.bot
    return {
        **bot.wire(),
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": bot.can_read_all_group_messages,
        "supports_inline_queries": bot.supports_inline_queries,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def set_my_commands(call: Call) -> bool:
    commands = call.parameters.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    key = _key(call)
    if len(commands) > _MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[key] = [_command(command) for command in commands]
    call.world.changed("commands", call.bot)
    return True


def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_key(call), None)
    call.world.changed("commands", call.bot)
    return True


def _command(command: Any) -> Json:  # noqa: ANN401  JSON
    if not isinstance(command, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).strip()
    description = str(command.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > _LONGEST_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.lstrip("/"), "description": description}


def _key(call: Call) -> tuple[str, str]:
    """Return the scope and the language for which commands are kept."""
    language = call.parameters.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    scope = call.parameters.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad("can't parse BotCommandScope: BotCommandScope must be an Object")
    return _scope(call, scope), language


def _scope(call: Call, scope: Json) -> str:
    kind = str(scope.get("type", ""))
    if kind in _PLAIN_SCOPES:
        return kind
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad("can't parse BotCommandScope: Empty chat_id specified")
    chat = Call(call.world, call.bot, Parameters({"chat_id": scope["chat_id"]})).chat()
    if chat.is_channel:
        raise bad("can't change commands in channel chats")
    if kind != "chat" and chat.is_private:
        raise bad(f"can't use {kind} scope in private chats")
    if kind == "chat_member":
        if not scope.get("user_id"):
            raise bad("can't parse BotCommandScope: Invalid user_id specified")
        return f"{kind}:{chat.id}:{scope['user_id']}"
    return f"{kind}:{chat.id}"


def setter_of(what: str) -> Callable[[Call], bool]:
    """Return the method that sets one of the bot's texts."""

    def set_text(call: Call) -> bool:
        text, language = call.parameters.text(what), call.parameters.text("language_code")
        if len(text) > _LENGTHS[what]:
            raise bad(f"BOT_{what.upper()}_TOO_LONG" if what != "name" else "BOT_TITLE_INVALID")
        if what == "name" and text and not language:
            call.bot.name = text
        call.bot.texts[what, language] = text
        return True

    return set_text


def getter_of(what: str) -> Callable[[Call], Json]:
    """Return the method that says one of the bot's texts."""

    def get_text(call: Call) -> Json:
        texts, language = call.bot.texts, call.parameters.text("language_code")
        default = call.bot.name if what == "name" else ""
        found = texts.get((what, language)) or texts.get((what, "")) or default
        return {what: found}

    return get_text


def set_chat_menu_button(call: Call) -> bool:
    button = call.parameters.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad("can't parse menu button: MenuButton has unsupported type")
    call.bot.menu_buttons[call.parameters.integer("chat_id") or None] = button
    call.world.changed("commands", call.bot)
    return True


def get_chat_menu_button(call: Call) -> Json:
    buttons = call.bot.menu_buttons
    chat_id = call.parameters.integer("chat_id") or None
    return buttons.get(chat_id) or buttons.get(None) or {"type": "commands"}


def set_my_default_administrator_rights(call: Call) -> bool:
    where = "channels" if call.parameters.flag("for_channels") else "groups"
    call.bot.default_rights[where] = call.parameters.json("rights", "rights") or {}
    return True


def get_my_default_administrator_rights(call: Call) -> Json:
    from_where = "channels" if call.parameters.flag("for_channels") else "groups"
    return call.bot.default_rights.get(from_where, {})


METHODS: dict[str, Callable[[Call], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": setter_of("name"),
    "getMyName": getter_of("name"),
    "setMyDescription": setter_of("description"),
    "getMyDescription": getter_of("description"),
    "setMyShortDescription": setter_of("short_description"),
    "getMyShortDescription": getter_of("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyDefaultAdministratorRights": set_my_default_administrator_rights,
    "getMyDefaultAdministratorRights": get_my_default_administrator_rights,
}
