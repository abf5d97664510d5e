"""A unit of work is everything or nothing, for whoever writes and for whoever reads meanwhile."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import StandingClock
from community_bot.storage import journal
from community_bot.storage.rows import JournalRow, LeaseRow
from community_bot.storage.unit import Storage, Unit

WRITERS, ROUNDS = 8, 6


async def note(unit: Unit, clock: StandingClock, key: object, actor_id: int | None = None) -> None:
    await journal.record(
        unit, at=clock.now(), actor_id=actor_id, action="seen", subject="test", subject_key=key
    )


async def count(session: AsyncSession) -> int:
    return await session.scalar(sa.select(sa.func.count(JournalRow.entry_id))) or 0


async def test_nothing_stays_without_a_commit(storage: Storage, clock: StandingClock) -> None:
    woken: list[int] = []
    async with storage.work() as unit:
        await note(unit, clock, 1)
        unit.after_commit(lambda: woken.append(1))

    async with storage.read() as session:
        assert await count(session) == 0
    assert woken == []


async def test_nothing_stays_when_something_goes_wrong_on_the_way(
    storage: Storage, clock: StandingClock
) -> None:
    async def fail() -> None:
        async with storage.work() as unit:
            await note(unit, clock, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    async with storage.read() as session:
        assert await count(session) == 0


async def test_whoever_waits_is_woken_after_the_commit_and_once(
    storage: Storage, clock: StandingClock
) -> None:
    woken: list[int] = []

    def wake() -> None:
        woken.append(1)

    async with storage.work() as unit:
        unit.after_commit(wake)
        unit.after_commit(wake)
        await note(unit, clock, 1)
        assert woken == []
        await unit.commit()

    assert woken == [1]


async def test_a_reader_sees_no_half_of_a_unit_and_one_state_throughout(
    storage: Storage, clock: StandingClock
) -> None:
    async with storage.read() as session:
        before = await count(session)
        async with storage.work() as unit:
            await note(unit, clock, 1)
            await unit.session.flush()
            during = await count(session)
            await note(unit, clock, 2)
            await unit.commit()
        after = await count(session)
    async with storage.read() as session:
        later = await count(session)

    assert (before, during, after, later) == (0, 0, 0, 2)


async def test_eight_writers_at_once_wait_for_each_other(
    storage: Storage, clock: StandingClock
) -> None:
    async def write(writer: int) -> None:
        for turn in range(ROUNDS):
            async with storage.work() as unit:
                await note(unit, clock, f"{writer}.{turn}")
                await unit.commit()

    await asyncio.gather(*(write(writer) for writer in range(WRITERS)))

    async with storage.read() as session:
        assert await count(session) == WRITERS * ROUNDS


async def test_on_sqlite_who_reads_and_then_writes_loses_nothing(
    sqlite_url: str, clock: StandingClock
) -> None:
    """Several storages stand for several processes: each has a writer of its own."""
    storages = [Storage.open(sqlite_url) for _ in range(4)]
    async with storages[0].work() as unit:
        unit.session.add(LeaseRow(name="n", owner="a", token=0, expires_at=clock.now()))
        await unit.commit()

    async def increase(storage: Storage) -> None:
        for _ in range(ROUNDS):
            async with storage.work() as unit:
                row = await unit.session.get_one(LeaseRow, "n")
                row.token += 1
                await unit.commit()

    await asyncio.gather(*(increase(storage) for storage in storages))

    async with storages[0].read() as session:
        assert (await session.get_one(LeaseRow, "n")).token == 4 * ROUNDS
    for storage in storages:
        await storage.close()


async def test_a_moment_comes_back_aware_and_in_utc(storage: Storage, clock: StandingClock) -> None:
    in_shanghai = datetime(2026, 3, 2, 10, 30, tzinfo=timezone(timedelta(hours=8)))
    async with storage.work() as unit:
        await journal.record(
            unit, at=in_shanghai, actor_id=1, action="a", subject="s", subject_key=1
        )
        await unit.commit()

    async with storage.read() as session:
        (entry,) = await journal.entries_of(session, "s", 1)

    assert entry.at == in_shanghai
    assert entry.at.utcoffset() == timedelta()


async def test_a_moment_without_a_zone_is_refused(storage: Storage, clock: StandingClock) -> None:
    naive = clock.now().replace(tzinfo=None)

    with pytest.raises(StatementError, match="naive"):
        async with storage.work() as unit:
            await journal.record(unit, at=naive, actor_id=1, action="a", subject="s", subject_key=1)


async def test_ids_of_new_accounts_fit(storage: Storage, clock: StandingClock) -> None:
    async with storage.work() as unit:
        await note(unit, clock, "big", actor_id=2**52 - 1)
        await unit.commit()

    async with storage.read() as session:
        (entry,) = await journal.entries_of(session, "test", "big")
    assert entry.actor_id == 2**52 - 1


async def test_the_journal_tells_in_order_who_did_what(
    storage: Storage, clock: StandingClock
) -> None:
    for step in ("claim", "answer"):
        async with storage.work() as unit:
            await journal.record(
                unit,
                at=clock.now(),
                actor_id=7,
                action=step,
                subject="ticket",
                subject_key=42,
                after={"state": step, "名": "提问"},
            )
            await unit.commit()

    async with storage.read() as session:
        told = await journal.entries_of(session, "ticket", 42)
    assert [(entry.action, entry.after) for entry in told] == [
        ("claim", {"state": "claim", "名": "提问"}),
        ("answer", {"state": "answer", "名": "提问"}),
    ]
