"""Every refusal in Telegram's own words."""

from collections.abc import Callable
from typing import Any

import pytest

from community_bot.sandbox.facts import Chat

Town = Any
Api = Any

KEYBOARD = {"inline_keyboard": [[{"text": "好", "callback_data": "x"}]]}


def button(**said: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "好", **said}]]}


IN_PRIVATE: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n"}, "text must be non-empty"),
    ("sendMessage", {"text": "长" * 4097}, "message is too long"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "a", "chat_id": 12345}, "chat not found"),
    ("sendMessage", {"text": "a", "chat_id": "@nobody_here"}, "chat not found"),
    ("sendMessage", {"text": "a", "chat_id": ""}, "chat_id is empty"),
    ("sendMessage", {"text": "a", "message_thread_id": 77}, "message thread not found"),
    (
        "sendMessage",
        {"text": "a", "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    ("sendMessage", {"text": "a", "reply_markup": "[1]"}, "object expected as reply markup"),
    ("sendMessage", {"text": "a", "reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button(callback_data="好" * 22)},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button(url="nowhere")},
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "AgACAgUAAx"}, "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"document": "https://example.com/a"}, "failed to get HTTP URL content"),
    ("editMessageText", {"text": "a", "message_id": 404}, "message to edit not found"),
    ("editMessageText", {"text": "a"}, "message identifier is not specified"),
    ("deleteMessage", {"message_id": 404}, "message to delete not found"),
    ("pinChatMessage", {"message_id": 404}, "message to pin not found"),
    (
        "copyMessage",
        {"from_chat_id": 1, "message_id": 404},
        "chat not found",
    ),
    ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
    (
        "deleteMessages",
        {"message_ids": list(range(1, 102))},
        "too many message identifiers specified",
    ),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("sendDice", {"emoji": "🐶"}, "DICE_EMOJI_INVALID"),
    ("sendMediaGroup", {"media": "{"}, "can't parse media JSON object"),
    ("getFile", {"file_id": "nothing"}, "invalid file_id"),
    ("unbanChatMember", {"user_id": 1}, "user not found"),
    ("getChatMember", {}, "invalid user_id specified"),
    ("getChatAdministrators", {}, "there are no administrators in the private chat"),
    ("createForumTopic", {"name": "提问"}, "the chat is not a forum"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerPreCheckoutQuery",
        {"pre_checkout_query_id": "1", "ok": True},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "加入", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "join", "description": ""}]},
        "command description must be non-empty",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    (
        "setWebhook",
        {"url": "http://example.com/hook"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.com/", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
]


@pytest.mark.parametrize(("method", "said", "refusal"), IN_PRIVATE)
async def test_a_call_in_a_private_chat_is_refused_as_telegram_refuses_it(
    api: Api, town: Town, method: str, said: dict[str, Any], refusal: str
) -> None:
    # given a person who has opened the chat with the bot; when
    answer = await api.ask(method, **{"chat_id": town.private.id, **said})

    # then
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {refusal}"}


WITHOUT_RIGHTS: list[tuple[str, dict[str, Any], str]] = [
    ("createForumTopic", {"name": "提问"}, "not enough rights to create a topic"),
    ("createChatInviteLink", {}, "not enough rights to manage chat invite link"),
    (
        "approveChatJoinRequest",
        {"user_id": 0},
        "not enough rights to manage chat join requests",
    ),
    ("setChatTitle", {"title": "新"}, "not enough rights to change chat title"),
    ("setChatDescription", {"description": "新"}, "not enough rights to set chat description"),
    ("banChatMember", {}, "not enough rights to restrict/unrestrict chat member"),
    ("unbanChatMember", {}, "not enough rights to restrict/unrestrict chat member"),
    (
        "pinChatMessage",
        {"message_id": 0},
        "not enough rights to manage pinned messages in the chat",
    ),
    ("deleteMessage", {"message_id": 0}, "message can't be deleted"),
    ("promoteChatMember", {"can_invite_users": True}, "not enough rights"),
]


@pytest.mark.parametrize(("method", "said", "refusal"), WITHOUT_RIGHTS)
async def test_a_bot_without_rights_is_told_which_it_lacks(
    api: Api, town: Town, method: str, said: dict[str, Any], refusal: str
) -> None:
    # given a forum in which the bot is an ordinary member
    world = town.world
    plain = world.add_supergroup("别处", town.owner, forum=True)
    world.add_bot(town.owner, plain)
    world.join(town.member, plain)
    message = world.send_text(town.member, plain, "你好")
    known = {"message_id": message.message_id, "user_id": town.member.id}

    # when
    answer = await api.ask(method, chat_id=plain.id, **{**said, **known})

    # then
    assert answer["description"] == f"Bad Request: {refusal}"


GONE: list[tuple[str, Callable[[Town], Chat], str]] = [
    (
        "a person who blocked the bot",
        lambda town: _after(town.private, town.world.block, town.member),
        "bot was blocked by the user",
    ),
    (
        "a person whose account is deleted",
        lambda town: _after(town.private, town.world.deactivate, town.member),
        "user is deactivated",
    ),
    (
        "a supergroup that threw the bot out",
        lambda town: _after(town.forum, town.world.remove_bot, town.owner, town.forum),
        "bot was kicked from the supergroup chat",
    ),
    (
        "a group that threw the bot out",
        lambda town: _after(town.group, town.world.remove_bot, town.owner, town.group),
        "bot was kicked from the group chat",
    ),
    (
        "a channel that threw the bot out",
        lambda town: _after(town.channel, town.world.remove_bot, town.owner, town.channel),
        "bot was kicked from the channel chat",
    ),
    (
        "a supergroup in which the bot never was",
        lambda town: town.world.add_supergroup("陌生", town.owner),
        "bot is not a member of the supergroup chat",
    ),
]


def _after(chat: Chat, act: Callable[..., object], *whom: object) -> Chat:
    act(*whom)
    return chat


@pytest.mark.parametrize(
    ("place", "refusal"), [case[1:] for case in GONE], ids=[c[0] for c in GONE]
)
async def test_where_the_bot_may_not_speak_it_is_forbidden(
    api: Api, town: Town, place: Callable[[Town], Chat], refusal: str
) -> None:
    # given
    chat = place(town)

    # when
    answer = await api.ask("sendMessage", chat_id=chat.id, text="你好")

    # then
    assert answer == {"ok": False, "error_code": 403, "description": f"Forbidden: {refusal}"}


async def test_a_bot_cannot_write_first_to_somebody_it_only_met_in_a_group(
    api: Api, town: Town
) -> None:
    # given
    stranger = town.world.add_person("王芳")
    town.world.join(stranger, town.forum)

    # when
    answer = await api.ask("sendMessage", chat_id=stranger.id, text="你好")

    # then
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"


async def test_a_group_that_became_a_supergroup_says_its_new_id(api: Api, town: Town) -> None:
    # given
    town.world.join(town.member, town.group)
    supergroup = town.world.migrate_group(town.group)

    # when
    answer = await api.ask("sendMessage", chat_id=town.group.id, text="你好")

    # then
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": supergroup.id},
    }


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("botnonsense/getMe", 404, "Not Found"),
        ("bot123456:AAwrong_token_wrong_token/getMe", 401, "Unauthorized"),
        ("bot{token}/dance", 404, "Not Found: method not found"),
    ],
)
async def test_unknown_bots_and_methods_are_refused(
    api: Api, town: Town, path: str, status: int, description: str
) -> None:
    host = api.sandbox.base_url.removesuffix("bot")

    async with api.session.get(host + path.format(token=town.world.bot.token)) as response:
        answer = await response.json()

    assert (response.status, answer["description"]) == (status, description)
