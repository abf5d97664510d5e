"""What a bot says of itself, and the smaller choices of chats and links."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, MenuButtonCommands

from community_bot.clock import StandingClock

Town = Any
Api = Any


async def test_a_bot_describes_itself_by_language(bot: Bot) -> None:
    await bot.set_my_name("社群助手")
    await bot.set_my_description("提问与会员", language_code="zh")
    await bot.set_my_short_description("社群")

    assert (await bot.get_my_name()).name == "社群助手"
    assert (await bot.get_my_description(language_code="zh")).description == "提问与会员"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == "社群"


async def test_commands_are_kept_by_scope_and_language_and_forgotten(bot: Bot) -> None:
    await bot.set_my_commands([("join", "加入")], language_code="zh")

    kept = await bot.get_my_commands(language_code="zh")
    await bot.delete_my_commands(language_code="zh")

    assert [(each.command, each.description) for each in kept] == [("join", "加入")]
    assert await bot.get_my_commands(language_code="zh") == ()


SCOPES: list[tuple[dict[str, Any], str]] = [
    ({"language_code": "chinese"}, "invalid language code specified"),
    ({"scope": [1]}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
    ({"scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ({"scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
    ({"scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
    ({"commands": {}}, "expected an Array of BotCommand"),
    ({"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
    (
        {"commands": [{"command": "a", "description": "长" * 257}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
]


@pytest.mark.parametrize(("said", "refusal"), SCOPES)
async def test_commands_against_the_rules_are_refused(
    api: Api, said: dict[str, Any], refusal: str
) -> None:
    answer = await api.ask("setMyCommands", **{"commands": [], **said})

    assert answer["description"] == f"Bad Request: {refusal}"


async def test_the_menu_button_is_set_by_chat(bot: Bot, town: Town) -> None:
    await bot.set_chat_menu_button(town.private.id, MenuButtonCommands())

    assert (await bot.get_chat_menu_button(town.private.id)).type == "commands"


async def test_pending_updates_can_be_dropped(api: Api, town: Town) -> None:
    town.world.send_text(town.member, town.private, "你好")

    await api("deleteWebhook", drop_pending_updates=True)

    assert await api("getUpdates") == []


async def test_a_link_is_edited_and_counts_who_waits(
    bot: Bot, town: Town, clock: StandingClock
) -> None:
    # given
    link = await bot.create_chat_invite_link(town.forum.id, creates_join_request=True)
    town.world.request_join(town.member, link.invite_link)

    # when
    edited = await bot.edit_chat_invite_link(
        town.forum.id,
        link.invite_link,
        name="年费",
        creates_join_request=True,
        expire_date=clock.now() + timedelta(days=1),
    )

    # then
    assert (edited.name, edited.pending_join_request_count) == ("年费", 1)


LINKS: list[tuple[dict[str, Any], str]] = [
    ({"name": "长" * 33}, "INVITE_LINK_NAME_TOO_LONG"),
    ({"member_limit": 100_000}, "USAGE_LIMIT_INVALID"),
    ({"expire_date": 1}, "EXPIRE_DATE_INVALID"),
]


@pytest.mark.parametrize(("said", "refusal"), LINKS)
async def test_a_link_against_the_rules_is_refused(
    api: Api, town: Town, said: dict[str, Any], refusal: str
) -> None:
    answer = await api.ask("createChatInviteLink", chat_id=town.forum.id, **said)

    assert answer["description"] == f"Bad Request: {refusal}"


async def test_a_revoked_link_cannot_be_revoked_again(api: Api, town: Town) -> None:
    link = town.world.new_link(town.forum, town.world.bot)
    which = {"chat_id": town.forum.id, "invite_link": link.url}

    first = await api.ask("revokeChatInviteLink", **which)
    again = await api.ask("revokeChatInviteLink", **which)

    assert first["result"]["is_revoked"]
    assert again["description"] == "Bad Request: INVITE_HASH_EXPIRED"


async def test_a_declined_request_can_be_made_again(bot: Bot, town: Town) -> None:
    # given
    link = town.world.new_link(town.forum, town.owner, creates_join_request=True)
    first = town.world.request_join(town.member, link)

    # when
    await bot.decline_chat_join_request(town.forum.id, town.member.id)
    second = town.world.request_join(town.member, link)

    # then a link of somebody else is not told in full
    told = (await bot.get_updates(offset=-1))[0].chat_join_request
    assert told is not None
    assert told.invite_link is not None
    assert told.invite_link.invite_link.endswith("...")
    assert (first.state, second.state) == ("declined", "pending")


async def test_a_pin_is_taken_down_again(bot: Bot, api: Api, town: Town) -> None:
    # given
    sent = [await bot.send_message(town.forum.id, text) for text in "一二三"]
    for message in sent:
        await bot.pin_chat_message(town.forum.id, message.message_id)

    # when
    await bot.unpin_chat_message(town.forum.id)
    left = list(town.forum.pinned)
    await bot.unpin_all_chat_messages(town.forum.id)
    none_left = await api.ask("unpinChatMessage", chat_id=town.forum.id)

    # then
    assert left == [message.message_id for message in sent[:2]]
    assert none_left["description"] == "Bad Request: message to unpin not found"


async def test_a_copy_may_have_another_caption(bot: Bot, town: Town) -> None:
    shown = town.world.send_document(town.member, town.private, b"list", "旧")

    copied = await bot.copy_message(
        town.channel.id, town.private.id, shown.message_id, caption="<b>新</b>", parse_mode="HTML"
    )

    seen = town.world.message(town.channel, copied.message_id)
    assert (seen.text, seen.entities[0]["type"]) == ("新", "bold")


async def test_in_a_quiet_group_only_administrators_speak(api: Api, town: Town) -> None:
    # given a bot that is an ordinary member
    quiet = town.world.add_supergroup("静", town.owner)
    town.world.add_bot(town.owner, quiet)
    quiet.permissions = {}

    # when
    text = await api.ask("sendMessage", chat_id=quiet.id, text="a")
    dice = await api.ask("sendDice", chat_id=quiet.id)

    # then
    assert text["description"] == "Bad Request: not enough rights to send text messages to the chat"
    assert dice["description"] == "Bad Request: not enough rights to send dice to the chat"
