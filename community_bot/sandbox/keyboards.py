"""Keyboards under messages, checked as Telegram checks them."""

from collections.abc import Iterable
from typing import Any

from community_bot.sandbox.facts import Chat, Json
from community_bot.sandbox.markup_html import checked_url
from community_bot.sandbox.parameters import Parameters
from community_bot.sandbox.refusals import bad

_MOST_BUTTONS = 100
_LONGEST_DATA, _LONGEST_COPY = 64, 256  # Bot API, InlineKeyboardButton, CopyTextButton
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_PRIVATE_ONLY = (
    ("request_contact", "phone number can be requested in private chats only"),
    ("request_location", "location can be requested in private chats only"),
    ("request_poll", "poll can be requested in private chats only"),
    ("request_users", "users can be requested in private chats only"),
    ("request_chat", "chats can be requested in private chats only"),
    ("web_app", "web App buttons can be used in private chats only"),
)


def markup_of(said: Parameters, chat: Chat) -> Json | None:
    """Read and check the reply markup of a call; None where there is none."""
    if "reply_markup" not in said:
        return None
    markup = said.json("reply_markup", "reply keyboard markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    if "keyboard" in markup:
        return _reply_keyboard(markup, chat)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def inline_keyboard(markup: Json) -> Json | None:
    """Check an inline keyboard; one without buttons is none."""
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_inline_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in kept) > _MOST_BUTTONS:
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: Any) -> Json:  # noqa: ANN401  JSON
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _check_text(button, "can't parse inline keyboard button: ")
    actions = [action for action in _ACTIONS if action in button]
    if not actions:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        _check_data(button["callback_data"])
    if "url" in button:
        return button | {"url": _button_url(str(button["url"]))}
    if "copy_text" in button:
        _check_copy(button["copy_text"])
    return button


def _check_text(button: Json, where: str) -> None:
    if "text" not in button:
        raise bad(f'{where}Can\'t find field "text"')
    if not str(button["text"]).strip():
        raise bad("inline keyboard button text must be non-empty" if where else "empty")


def _check_data(data: Any) -> None:  # noqa: ANN401  JSON
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= _LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


def _check_copy(said: Any) -> None:  # noqa: ANN401  JSON
    text = said.get("text") if isinstance(said, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= _LONGEST_COPY:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _button_url(url: str) -> str:
    if url.startswith("tg://"):
        return url
    checked = checked_url(url)
    if not checked:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return checked


def _reply_keyboard(markup: Json, chat: Chat) -> Json | None:
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "keyboard" must be an Array of Arrays')
    buttons = [[_reply_button(button, chat) for button in row] for row in rows if row]
    return {**markup, "keyboard": buttons} if buttons else None


def _reply_button(button: Any, chat: Chat) -> Json:  # noqa: ANN401  JSON
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not str(button.get("text", "")).strip():
        raise bad("keyboard button text must be non-empty")
    _check_private(button, chat, _PRIVATE_ONLY)
    return button


def _check_private(button: Json, chat: Chat, requests: Iterable[tuple[str, str]]) -> None:
    for name, refusal in requests:
        if button.get(name) and not chat.is_private:
            raise bad(refusal)
