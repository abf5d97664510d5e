"""The whole bot over a local Telegram: from an update to its answer, whatever goes wrong."""

import asyncio
import logging
import time

import asyncpg
import pytest
import sqlalchemy as sa
from telegram import Update
from telegram.ext import CommandHandler

from community_bot.delivery.letters import Promise
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState, Doubt
from community_bot.inbox.rows import UpdateRow
from community_bot.inbox.rules import UpdateState
from community_bot.log import Redacting
from community_bot.membership.notices import SpaceEntered
from community_bot.sandbox import wire
from community_bot.sandbox.dealings import CallbackQuery
from community_bot.sandbox.facts import Message, Person
from community_bot.sandbox.faults import Fault
from handlers import app, face
from handlers.context import Context
from tests.living import TOKEN, Town, living


async def promise(town: Town, chat_id: int, text: str, doubt: Doubt = Doubt.ASK) -> None:
    async with town.community.storage.work() as unit:
        letter = SpaceEntered(chat_id=1, title=text)
        await town.community.outbox.put(unit, Promise(letter, chat_id, doubt=doubt))
        await unit.commit()


async def updates(town: Town) -> list[UpdateRow]:
    async with town.community.storage.read() as session:
        return list(await session.scalars(sa.select(UpdateRow).order_by(UpdateRow.update_id)))


async def delivery(town: Town, chat_id: int, state: DeliveryState) -> DeliveryRow:
    """Wait until the one delivery to a chat is in a state."""
    for _ in range(300):
        async with town.community.storage.read() as session:
            row = await session.scalar(sa.select(DeliveryRow).where(DeliveryRow.chat_id == chat_id))
        if row is not None and row.state is state:
            return row
        await asyncio.sleep(0.02)
    raise AssertionError(row.state if row else None)


def forge(town: Town, person: Person, message: Message, data: str) -> CallbackQuery:
    """Press a button that may never have been there, and do not wait."""
    query = CallbackQuery(
        id=str(town.world.number()),
        bot=town.world.bot,
        person=person,
        message=message,
        data=data,
        asked_at=town.clock.now(),
    )
    town.world.callback_queries[query.id] = query
    town.world.bot.mailbox.put("callback_query", wire.callback_query(query))
    return query


async def forges(town: Town, person: Person, message: Message, data: str) -> str:
    """Press such a button and return the toast."""
    query = forge(town, person, message, data)
    await town.until(lambda: query.answer is not None)
    return query.answer.text if query.answer else ""


async def test_somebody_says_hello_and_is_welcomed(database_url: str) -> None:
    async with living(database_url) as town:
        wang = town.person("小王")

        town.says(wang, "/start")

        await town.told(wang, "出海人")
        await town.settled(UpdateState.DONE, 1)


async def test_what_was_set_aside_is_answered_when_the_owner_has_it_tried_again(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.sandbox.faults.refuse(400, "Bad Request: no such luck", chat_id=wang.id, times=1)
        town.says(wang, "/help")
        await town.settled(UpdateState.FAILED, 1)
        card = await town.told(town.owner, "🚨")

        await town.presses(town.owner, card, "🔁 再试一次")
        await town.told(wang, "/join")
        await town.settled(UpdateState.DONE, 2)

        (failed,) = [row for row in await updates(town) if row.chat_id == wang.id]
        assert failed.state is UpdateState.DONE
        assert str(failed.incident) in card.text


async def test_a_fault_has_a_number_that_everybody_is_told(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.sandbox.faults.refuse(400, "Bad Request: no such luck", chat_id=wang.id, times=1)

        town.says(wang, "/start")
        await town.until(lambda: town.heard(wang))
        await town.settled(UpdateState.FAILED, 1)

        (failed,) = await updates(town)
        assert failed.incident is not None
        assert failed.incident in town.heard(wang)[0].text
        await town.told(town.owner, failed.incident)
        assert f"incident {failed.incident}" in caplog.text
        town.says(wang, "/start")
        await town.told(wang, "出海人")


async def test_an_update_that_nobody_can_read_is_set_aside(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.world.bot.mailbox.put("message", {"chat": {"id": wang.id}, "from": "garbage"})

        await town.settled(UpdateState.FAILED, 1)

        town.says(wang, "/start")
        await town.told(wang, "出海人")
        (failed, _) = await updates(town)
        await town.told(town.owner, str(failed.incident))


@pytest.mark.parametrize(
    "data",
    [
        "garbage",
        ":",
        "home:nowhere",
        "home:language:klingon",
        "delivery:again:9",
        "delivery:again:x",
        "office:month:1:1",
        "office:month:9999:12",
        "delivery:again:9000000000000",
        "按钮:假",
        "a" * 64,
    ],
)
async def test_a_forged_button_gets_a_clear_toast_and_changes_nothing(
    sqlite_url: str, data: str
) -> None:
    async with living(sqlite_url) as town:
        town.says(town.owner, "/start")
        screen = await town.told(town.owner, "出海人")
        before = town.heard(town.owner)

        toast = await forges(town, town.owner, screen, data)
        await town.settled(UpdateState.DONE, 2)

        assert toast
        assert town.heard(town.owner) == before


async def test_a_number_too_large_for_the_database_is_refused_on_postgres_too(
    postgres_url: str,
) -> None:
    async with living(postgres_url) as town:
        town.says(town.owner, "/start")
        screen = await town.told(town.owner, "出海人")

        assert await forges(town, town.owner, screen, "delivery:again:9000000000000")


@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
async def test_the_token_stands_in_no_log_whatever_the_server_answers(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, level: int
) -> None:
    caplog.set_level(level)
    if level < logging.INFO:  # PTB names its address there: what the program writes is redacted
        caplog.handler.addFilter(Redacting())
    async with living(sqlite_url) as town:
        wang, faults = town.person("小王"), town.sandbox.faults
        faults.server_error(502, method="getUpdates", times=1)
        faults.refuse(404, "Not Found", method="sendMessage", times=1)
        faults.drop_after(method="sendMessage", times=1)
        faults.server_error(500, method="sendMessage", times=1)
        faults.refuse(401, "Unauthorized", method="sendMessage", times=1)
        for _ in range(5):
            town.says(wang, "/start")
        await promise(town, wang.id, "letter")
        await town.told(wang, "出海人")

    caplog.handler.filters.clear()
    assert TOKEN.split(":")[1] not in caplog.text


async def test_who_blocks_us_gets_on_their_return_what_was_kept(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.world.block(wang)
        await promise(town, wang.id, "kept for you")
        await delivery(town, wang.id, DeliveryState.UNREACHABLE)

        town.world.unblock(wang)

        await town.told(wang, "kept for you")


@pytest.mark.parametrize(
    ("button", "state"), [("again", DeliveryState.SENT), ("dismiss", DeliveryState.CANCELLED)]
)
async def test_an_owner_decides_about_a_letter_that_may_have_arrived(
    sqlite_url: str, button: str, state: DeliveryState
) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.sandbox.faults.drop_before(chat_id=wang.id, times=1)
        await promise(town, wang.id, "doubtful")
        lost = await delivery(town, wang.id, DeliveryState.UNKNOWN)
        await town.until(lambda: town.heard(town.owner))
        card = town.heard(town.owner)[-1]

        await town.presses(town.owner, card, f"delivery:{button}:{lost.delivery_id}")

        await delivery(town, wang.id, state)
        again = await forges(town, town.owner, card, f"delivery:{button}:{lost.delivery_id}")
        assert again
        assert len(town.heard(wang)) == (1 if button == "again" else 0)


async def test_a_slow_chat_delays_neither_a_button_nor_a_payment_elsewhere(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang, li = town.person("小王"), town.person("小李")
        town.says(li, "/settings")
        await town.until(lambda: town.heard(li))
        slow = town.sandbox.faults.hang_before(30, chat_id=wang.id, times=None)
        for _ in range(3):
            town.says(wang, "/start")
        await met(slow)
        began = time.monotonic()

        town.world.bot.mailbox.put(
            "pre_checkout_query",
            {
                "id": "1",
                "from": wang.wire(),
                "currency": "XTR",
                "total_amount": 1,
                "invoice_payload": "forged",
            },
        )
        await town.presses(li, town.heard(li)[-1], "home:language:en")
        await town.settled(UpdateState.DONE, 3)

        assert time.monotonic() - began < 10
        assert sorted(row.kind for row in await updates(town) if row.state is UpdateState.DONE) == [
            "callback_query",
            "message",
            "pre_checkout_query",
        ]
        town.sandbox.faults.clear()
        await town.sandbox.stop()


async def test_while_the_database_is_away_nothing_is_lost_and_the_order_is_kept(
    postgres_url: str, postgres_server: str
) -> None:
    name = sa.make_url(postgres_url).database or ""
    async with living(postgres_url) as town:
        wang = town.person("小王")
        town.says(wang, "/start")
        await town.told(wang, "出海人")
        await promise(town, wang.id, "letter before")

        await let_in(postgres_server, name, allowed=False)
        for choice in ("en", "zh_CN") * 3:
            forge(town, wang, town.heard(wang)[0], f"home:language:{choice}")
        town.world.inline_query(wang, "退款")
        await asyncio.sleep(0.4)
        await let_in(postgres_server, name, allowed=True)

        await town.settled(UpdateState.DONE, 7)
        await town.told(wang, "letter before")
        assert await town.community.people.locale_of(wang.id) == "zh_CN"
        handled = [row for row in await updates(town) if row.kind == "callback_query"]
        assert handled == sorted(handled, key=lambda row: (row.handled_at, row.update_id))
        assert {row.state for row in handled} == {UpdateState.DONE}


async def met(fault: Fault) -> None:
    for _ in range(200):
        if fault.met:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the fault has met no call")


async def let_in(server: str, database: str, *, allowed: bool) -> None:
    """Take a database away from everybody, or give it back."""
    connection = await asyncpg.connect(server)
    await connection.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS {allowed}")
    if not allowed:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database
        )
    await connection.close()


async def test_a_bot_that_was_stopped_answers_afterwards_what_was_said_meanwhile(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        sandbox, wang = town.sandbox, town.person("小王")
        town.says(wang, "/start")
        await town.told(wang, "出海人")
        await stopped(town)
        town.says(wang, "/help")

        async with living(sqlite_url, sandbox=sandbox) as again:
            await again.told(wang, "/join")


async def stopped(town: Town) -> None:
    town.stopping.set()
    await asyncio.sleep(0.3)


async def test_what_never_ends_is_given_up_and_the_next_message_is_answered(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wait_for_ever(_update: Update, _context: Context) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(app, "AREAS", ((CommandHandler("forever", wait_for_ever),), *app.AREAS))
    monkeypatch.setattr(face, "LONGEST", 1.0)
    async with living(sqlite_url) as town:
        wang = town.person("小王")

        town.says(wang, "/forever")
        town.says(wang, "/start")

        await town.told(wang, "出海人")
        failed = next(row for row in await updates(town) if row.state is UpdateState.FAILED)
        assert str(failed.incident) in town.heard(wang)[0].text
        await town.told(town.owner, str(failed.incident))
