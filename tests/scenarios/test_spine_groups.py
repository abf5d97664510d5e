"""What goes wrong in a group: nobody who did not ask us hears of it, and the owners do."""

import asyncio

import pytest
import sqlalchemy as sa
from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from community_bot.delivery.rows import ReachRow
from community_bot.inbox.rules import UpdateState
from community_bot.sandbox.facts import Chat, Person
from handlers import app
from handlers.context import Context, Inbound
from handlers.replies import Screen, aside
from handlers.routing import Area, on_press
from tests.living import Town, living


async def stumble(_update: Update, _context: Context) -> None:
    raise LookupError("nobody expected this")


async def whisper(inbound: Inbound, context: Context) -> None:
    await aside(inbound, context, Screen("for you alone"), toast="said in private")


STUMBLING: Area = (
    MessageHandler(filters.Regex("weather") & filters.ChatType.GROUPS, stumble),
    CommandHandler("oops", stumble),
    on_press("whisper", "now", whisper),
)


@pytest.fixture(autouse=True)
def _stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "AREAS", (STUMBLING, *app.AREAS))


def group(town: Town, *people: Person) -> Chat:
    chat = town.world.add_supergroup("出海交流", town.owner)
    town.world.add_bot(town.owner, chat, ["can_invite_users"])
    for person in people:
        town.world.join(person, chat)
    return chat


async def test_a_fault_about_what_people_say_to_each_other_is_told_to_owners_alone(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        chat = group(town, wang)

        town.says(wang, "What weather!", chat)
        await town.settled(UpdateState.FAILED, 1)
        await town.told(town.owner, "🚨")

        assert town.heard(wang, chat) == []


async def test_a_fault_about_a_command_in_a_group_is_told_there_under_its_number(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        chat = group(town, wang)

        town.says(wang, "/oops", chat)

        await town.told(wang, "编号", chat)


async def test_the_same_fault_again_and_again_does_not_bury_the_owner(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        chat = group(town, wang)

        for _ in range(12):
            town.says(wang, "What weather!", chat)
        await town.settled(UpdateState.FAILED, 12)
        last = await town.told(town.owner, "updates")
        await asyncio.sleep(0.2)

        told = [one for one in town.heard(town.owner) if "🚨" in one.text]
        assert len(told) == 3
        assert told[-1] is last


async def test_a_group_in_which_we_may_not_speak_is_no_incident(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        chat = group(town, wang)
        refusal = "Bad Request: not enough rights to send text messages to the chat"
        refused = town.sandbox.faults.refuse(400, refusal, chat_id=chat.id, times=1)

        town.says(wang, "/help", chat)
        town.says(wang, "/help", chat)
        await town.until(lambda: town.heard(wang, chat))

        assert refused.met == 1
        assert (await town.community.inbox.counts()).get(UpdateState.FAILED, 0) == 0
        assert not [one for one in town.heard(town.owner) if "🚨" in one.text]


async def test_who_asked_in_a_group_that_has_moved_since_is_answered_where_it_is_now(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        chat = town.world.add_group("出海交流", town.owner)
        town.world.add_bot(town.owner, chat, ["can_invite_users"])
        town.world.join(wang, chat)

        town.says(wang, "/help", chat)
        moved = town.world.migrate_group(chat)
        await town.until(lambda: town.heard(wang, moved))

        assert len(town.heard(wang, moved)) == 1
        assert town.heard(wang, chat) == []


async def test_who_asked_in_a_topic_that_is_gone_since_is_answered_in_the_group(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        chat = town.world.add_supergroup("出海交流", town.owner, forum=True)
        town.world.add_bot(town.owner, chat, ["can_invite_users"])
        town.world.join(wang, chat)
        topic = town.world.create_topic(town.owner, chat, "物流")

        town.says(wang, "/help", chat, topic=topic.topic_id)
        town.world.delete_topic(chat, topic.topic_id)
        await town.until(lambda: town.heard(wang, chat))

        (answer,) = town.heard(wang, chat)
        assert answer.topic is None


async def test_who_cannot_be_answered_in_private_is_told_so_and_the_group_stays_open(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        stranger = town.world.add_person("路人")
        chat = group(town, stranger)
        town.says(stranger, "/help", chat)
        await town.until(lambda: town.heard(stranger, chat))
        (pointer,) = town.heard(stranger, chat)
        pointer.reply_markup = {
            "inline_keyboard": [[{"text": "悄悄说", "callback_data": "whisper:now"}]]
        }

        toast = await town.presses(stranger, pointer, "whisper:now")

        assert "said in private" not in toast
        assert "开始" in toast
        async with town.community.storage.read() as session:
            assert list(await session.scalars(sa.select(ReachRow))) == []
