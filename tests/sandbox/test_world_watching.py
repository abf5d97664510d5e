"""What people do and see: menus, chats, histories, and who is told when it changes."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
)

from community_bot.sandbox.refusals import Refused

Town = Any
Api = Any


async def test_the_menu_follows_scope_and_language(bot: Bot, town: Town) -> None:
    # given
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "帮助")], language_code="zh")
    await bot.set_my_commands(
        [("ask", "提问")], BotCommandScopeAllPrivateChats(), language_code="zh"
    )
    town.world.open_private(town.owner)
    await bot.set_my_commands([("admin", "管理")], BotCommandScopeChat(town.owner.id))
    await bot.set_my_commands([("queue", "队列")], BotCommandScopeChatAdministrators(town.forum.id))

    def menu(person: Any, chat: Any) -> list[str]:
        return [each["description"] for each in town.world.menu_of(person, chat)]

    # then
    english = town.world.add_person("Ann", language_code="en")
    assert menu(town.member, town.private) == ["提问"]
    assert menu(english, town.world.open_private(english)) == ["Help"]
    assert menu(town.owner, town.world.open_private(town.owner)) == ["管理"]
    assert menu(town.owner, town.forum) == ["队列"]
    assert menu(town.member, town.forum) == ["帮助"]


async def test_a_start_link_carries_its_payload(api: Api, town: Town) -> None:
    town.world.start(town.member, "ref_42")

    (update,) = await api("getUpdates")

    assert update["message"]["text"] == "/start ref_42"


@pytest.mark.parametrize("payload", ["a b", "邀请", "x" * 65])
def test_a_start_link_with_other_characters_leads_nowhere(town: Town, payload: str) -> None:
    with pytest.raises(Refused, match="START_PARAM_INVALID"):
        town.world.start(town.member, payload)


def test_people_see_the_chats_they_are_in(town: Town) -> None:
    # given
    town.world.join(town.member, town.forum)
    town.world.join(town.member, town.channel)
    town.world.leave(town.member, town.channel)

    # then
    assert town.world.chats_of(town.member) == [town.private, town.forum]


def test_a_history_is_read_by_topic_and_without_what_was_taken_back(town: Town) -> None:
    # given
    topic = town.world.create_topic(town.owner, town.forum, "选品")
    inside = town.world.send_text(town.owner, town.forum, "里", topic=topic.topic_id)
    outside = town.world.send_text(town.owner, town.forum, "外")

    # when
    town.world.delete_message(outside)

    # then
    assert town.world.history(town.forum, topic.topic_id)[-1] is inside
    assert outside not in town.world.history(town.forum)
    assert outside in town.world.history(town.forum, with_deleted=True)


def test_every_change_is_told_to_who_subscribed(town: Town) -> None:
    # given
    told: list[str] = []
    end = town.world.subscribe(lambda kind, _facts: told.append(kind))

    # when
    asked = town.world.send_text(town.member, town.private, "你好")
    town.world.edit_text(asked, "您好")
    town.world.delete_message(asked)
    end()
    town.world.send_text(town.member, town.private, "再见")

    # then
    assert told == ["message", "edited", "deleted"]


async def test_waiting_ends_with_the_change_that_was_waited_for(bot: Bot, town: Town) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(town.world.until(lambda: town.world.history(town.private)))
        await bot.send_message(town.private.id, "好")

    with pytest.raises(TimeoutError):
        await town.world.until(lambda: False, timeout=timedelta(milliseconds=20))


async def test_a_question_that_fails_fails_for_who_asked_it(bot: Bot, town: Town) -> None:
    # given somebody who asks in a way that fails once something was said
    async def ask() -> str:
        try:
            await town.world.until(lambda: town.world.history(town.private) and 1 // 0)
        except ZeroDivisionError:
            return "failed"
        return "held"

    # when
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(ask())
        sent = await bot.send_message(town.private.id, "好")

    # then the bot did not feel it
    assert (sent.text, asking.result()) == ("好", "failed")


def test_outsiders_and_subscribers_cannot_write(town: Town) -> None:
    town.world.join(town.member, town.channel)

    for place in (town.forum, town.channel):
        with pytest.raises(Refused, match="CHAT_WRITE_FORBIDDEN"):
            town.world.send_text(town.member, place, "你好")


def test_a_group_moves_with_everybody_in_it(town: Town) -> None:
    # given
    town.world.join(town.member, town.group)
    town.world.bot.mailbox.pending.clear()

    # when
    supergroup = town.world.migrate_group(town.group)

    # then
    told = [each["message"] for each in town.world.bot.mailbox.pending]
    assert told[0]["migrate_to_chat_id"] == supergroup.id
    assert told[1]["migrate_from_chat_id"] == town.group.id
    assert supergroup in town.world.chats_of(town.member)
    assert town.group not in town.world.chats_of(town.member)


def test_ids_of_people_do_not_fit_into_32_bits(town: Town) -> None:
    assert town.member.id > 2**32


def test_what_was_shown_keeps_its_kind_and_caption(town: Town) -> None:
    world, where = town.world, (town.member, town.private)

    shown = [
        world.send_document(*where, b"list", "清单"),
        world.send_voice(*where, b"voice"),
        world.send_video(*where, b"video"),
        world.send_sticker(*where, b"sticker"),
        world.send_location(*where, 22.5, 114.1),
        world.send_contact(*where, "+8613800138000", "李雷"),
    ]

    assert [each.kind for each in shown] == [
        "document",
        "voice",
        "video",
        "sticker",
        "location",
        "contact",
    ]
    assert shown[0].text == "清单"


def test_a_forward_says_where_it_comes_from_unless_its_author_hides(town: Town) -> None:
    # given
    hidden = town.world.add_person("王", last_name="芳")
    hidden.has_private_forwards = True
    for person in (town.member, hidden):
        town.world.join(person, town.forum)
    open_, shy = (
        town.world.send_text(person, town.forum, "你好") for person in (town.member, hidden)
    )

    # when
    origins = [
        town.world.forward(town.member, each, town.private).extra["forward_origin"]
        for each in (open_, shy)
    ]

    # then
    assert [origin["type"] for origin in origins] == ["user", "hidden_user"]
    assert origins[1]["sender_user_name"] == "王 芳"
