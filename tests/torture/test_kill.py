"""The bot is killed again and again: every update is handled once, and no letter is lost."""

import asyncio
import contextlib
import os
import random
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from community_bot.clock import ShiftedClock
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState
from community_bot.inbox.rows import UpdateRow
from community_bot.inbox.rules import UpdateState
from community_bot.sandbox.facts import Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.rows import JournalRow
from community_bot.storage.unit import Storage
from tests.living import telegram
from tests.torture.mortal import Bot, until_calls

PEOPLE, UPDATES = 20, 200
ROUNDS = int(os.environ.get("COMMUNITY_BOT_TORTURE_ROUNDS", "10"))
SEED = int(os.environ.get("COMMUNITY_BOT_TORTURE_SEED", str(random.randrange(10**6))))
TITLE = re.compile(r"(desk|broadcast)-(n\d+)\.")

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]


@contextlib.asynccontextmanager
async def town() -> AsyncIterator[tuple[Sandbox, list[Person]]]:
    async with telegram(ShiftedClock()) as sandbox:
        sandbox.limits.is_on = False
        people = [sandbox.world.add_person(f"成员{n}") for n in range(PEOPLE)]
        for person in people:
            sandbox.world.open_private(person)
        yield sandbox, people


def speak(sandbox: Sandbox, people: list[Person], numbers: range) -> None:
    """Let everybody say the next number, and somebody ask for a menu in between."""
    for number in numbers:
        person = people[number % len(people)]
        sandbox.world.send_text(person, person.id, f"n{number}")
        if number % 10 == 0:
            sandbox.world.send_text(person, person.id, "/help")


async def counted(storage: Storage) -> Counter[str]:
    async with storage.read() as session:
        keys = await session.scalars(
            sa.select(JournalRow.subject_key).where(JournalRow.subject == "torture")
        )
        return Counter(keys)


async def letters(storage: Storage) -> dict[tuple[str, str], DeliveryRow]:
    async with storage.read() as session:
        rows = await session.scalars(
            sa.select(DeliveryRow).where(DeliveryRow.kind == "space_entered")
        )
        return {_title(str(row.facts["title"])): row for row in rows}


def _title(text: str) -> tuple[str, str]:
    found = TITLE.search(text)
    assert found is not None
    return found[1], found[2]


async def all_settled(storage: Storage, expected: int, patience: float) -> None:
    """Wait until every update is handled and every letter decided."""
    open_ = (DeliveryState.PENDING, DeliveryState.SENDING)
    for _ in range(int(patience / 0.2)):
        rows = (await letters(storage)).values()
        if len(rows) == 2 * expected and not any(row.state in open_ for row in rows):
            return
        await asyncio.sleep(0.2)
    states = Counter(row.state.value for row in rows)
    raise AssertionError(f"{len(rows)} letters: {states}")


def arrived(sandbox: Sandbox, people: list[Person]) -> Counter[tuple[str, str]]:
    """Count what people can read, however often."""
    found: Counter[tuple[str, str]] = Counter()
    for person in people:
        for message in sandbox.world.history(person.id):
            if message.sender is sandbox.world.bot and TITLE.search(message.text):
                found[_title(message.text)] += 1
    return found


async def check(
    sandbox: Sandbox, people: list[Person], storage: Storage, updates: int, kills: int = 1
) -> None:
    handled = await counted(storage)
    assert handled == Counter({f"n{number}": 1 for number in range(updates)})
    async with storage.read() as session:
        left = await session.scalar(
            sa.select(sa.func.count()).where(UpdateRow.state != UpdateState.DONE)
        )
    assert left == 0
    copies, rows = arrived(sandbox, people), await letters(storage)
    assert len(rows) == 2 * updates
    for name, row in rows.items():
        assert row.state in (DeliveryState.SENT, DeliveryState.UNKNOWN)
        if row.state is DeliveryState.SENT:
            assert 1 <= copies[name] <= 1 + row.resent, f"{name}: {copies[name]} copies"
        else:
            assert copies[name] <= 1 + row.resent, f"{name}: {copies[name]} copies, unknown"
    unknown = sum(row.state is DeliveryState.UNKNOWN for row in rows.values())
    resent = sum(row.resent for row in rows.values())
    # At most what was in flight at each kill: one letter of each lane to each person.
    assert unknown + resent <= kills * 2 * len(people)
    twice = sum(number > 1 for number in copies.values())
    print(f"seed {SEED}: {unknown} unknown, {resent} sent once more, {twice} read twice")


async def torture(database_url: str, rounds: int) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {rounds} kills")
    storage = Storage.open(database_url)
    async with town() as (sandbox, people):
        bot = Bot(sandbox, database_url)
        try:
            for turn in range(rounds):
                await bot.start()
                share = range(UPDATES * turn // rounds, UPDATES * (turn + 1) // rounds)
                speak(sandbox, people, share)
                before = len(sandbox.calls)
                with contextlib.suppress(TimeoutError):
                    # Some calls after the start, so that it is killed in the middle of its work.
                    enough = before + chance.randint(12, 60)
                    await until_calls(sandbox, enough)
                await bot.kill()
            await bot.start()
            await all_settled(storage, UPDATES, 90)
            await check(sandbox, people, storage, UPDATES, rounds)
        finally:
            await bot.kill()
            await storage.close()


async def test_killed_ten_times_on_sqlite(sqlite_url: str) -> None:
    await torture(sqlite_url, ROUNDS)


async def test_killed_on_postgres(postgres_url: str) -> None:
    await torture(postgres_url, min(ROUNDS, 3))


async def test_a_second_process_takes_over_when_the_first_is_killed(postgres_url: str) -> None:
    async with two(postgres_url, term=60) as (sandbox, people, storage, first):
        speak(sandbox, people, range(20, 60))
        await until_calls(sandbox, len(sandbox.calls) + 15)
        await first.kill()

        await all_settled(storage, 60, 40)

        await check(sandbox, people, storage, 60)


async def test_a_second_process_takes_over_when_the_first_is_frozen_and_thaws_later(
    postgres_url: str,
) -> None:
    """It is still there, so only the end of its lease can tell; and when it wakes it is fenced."""
    async with two(postgres_url, term=3) as (sandbox, people, storage, first):
        speak(sandbox, people, range(20, 40))
        await until_calls(sandbox, len(sandbox.calls) + 15)
        first.send(signal.SIGSTOP)
        speak(sandbox, people, range(40, 60))

        # Frozen in the middle of a transaction it is let go after half a minute.
        await all_settled(storage, 60, 80)
        first.send(signal.SIGCONT)
        speak(sandbox, people, range(60, 80))
        await all_settled(storage, 80, 40)
        await asyncio.sleep(2)

        await check(sandbox, people, storage, 80)


@contextlib.asynccontextmanager
async def two(
    database_url: str, term: float
) -> AsyncIterator[tuple[Sandbox, list[Person], Storage, Bot]]:
    """Let two bots run over one database, the second standing by; 20 numbers have been said."""
    storage = Storage.open(database_url)
    async with town() as (sandbox, people):
        first, second = (Bot(sandbox, database_url, term) for _ in range(2))
        try:
            await first.start()
            speak(sandbox, people, range(20))
            await all_settled(storage, 20, 60)
            await second.start()
            await asyncio.sleep(3)
            yield sandbox, people, storage, first
        finally:
            await first.kill()
            await second.kill()
            await storage.close()
