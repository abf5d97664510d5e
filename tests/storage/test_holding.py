"""One holds a lease and works; another takes over when it stops, dies or is frozen."""

import asyncio
import logging
from datetime import timedelta

import pytest

from community_bot.clock import Clock, ShiftedClock, SystemClock
from community_bot.storage import holding, leases
from community_bot.storage.holding import Holder
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage

SHORT = timedelta(seconds=0.6)


class Worker:
    """Works until it is told to end, and counts how often it began."""

    def __init__(
        self,
        storage: Storage,
        owner: str,
        clock: Clock | None = None,
        term: timedelta = SHORT,
    ) -> None:
        self.holder = Holder(storage, clock or SystemClock(), owner, term)
        self.stopping = asyncio.Event()
        self.began: list[Lease] = []
        self.works = asyncio.Event()

    async def work(self, lease: Lease) -> None:
        self.began.append(lease)
        self.works.set()
        await self.stopping.wait()

    async def run(self) -> None:
        await self.holder.hold("courier", self.work, self.stopping)


async def test_one_works_and_the_other_follows_when_it_stops(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "community_bot")
    first, second = Worker(storage, "one|1|a"), Worker(storage, "two|1|b")
    async with asyncio.TaskGroup() as group:
        group.create_task(first.run())
        await first.works.wait()
        group.create_task(second.run())
        await asyncio.sleep(0.3)
        waited = not second.began
        first.stopping.set()
        async with asyncio.timeout(5):
            await second.works.wait()
        second.stopping.set()

    assert waited
    assert (len(first.began), len(second.began)) == (1, 1)
    # and the log of the second says both
    assert caplog.messages == [f"courier: {holding.STANDS_BY}", "courier: taken over"]


async def test_who_works_keeps_the_lease_beyond_its_term(storage: Storage) -> None:
    term = timedelta(seconds=2)  # a machine that has much to do renews late
    first, second = (Worker(storage, owner, term=term) for owner in ("one|1|a", "two|1|b"))
    async with asyncio.TaskGroup() as group:
        group.create_task(first.run())
        await first.works.wait()
        standby = group.create_task(second.run())
        await asyncio.sleep(term.total_seconds() * 1.25)
        second.stopping.set()
        await standby
        first.stopping.set()

    assert second.began == []


async def test_the_other_follows_when_the_one_dies(storage: Storage) -> None:
    first, second = Worker(storage, "one|1|a"), Worker(storage, "two|1|b")
    async with asyncio.TaskGroup() as group:
        dying = group.create_task(first.run())
        await first.works.wait()
        group.create_task(second.run())
        dying.cancel()
        async with asyncio.timeout(5):
            await second.works.wait()
        second.stopping.set()

    assert second.began[0].token > first.began[0].token


async def test_who_was_superseded_stops_working_and_stands_by(storage: Storage) -> None:
    first = Worker(storage, "one|1|a")
    async with asyncio.TaskGroup() as group:
        group.create_task(first.run())
        await first.works.wait()
        later = SystemClock().now() + timedelta(seconds=2)
        taken = await leases.take(
            storage, name="courier", owner="two|1|b", now=later, term=timedelta(seconds=-1.5)
        )
        assert taken is not None
        async with asyncio.timeout(5):
            while len(first.began) < 2:  # noqa: ASYNC110  it tells nobody
                await asyncio.sleep(0.02)
        first.stopping.set()

    assert first.began[1].token > taken.token


async def test_a_standby_that_is_stopped_does_not_linger(storage: Storage) -> None:
    first, second = Worker(storage, "one|1|a"), Worker(storage, "two|1|b")
    async with asyncio.TaskGroup() as group:
        group.create_task(first.run())
        await first.works.wait()
        standby = group.create_task(second.run())
        await asyncio.sleep(0.05)
        second.stopping.set()
        async with asyncio.timeout(1):
            await standby
        first.stopping.set()


@pytest.mark.postgres
@pytest.mark.parametrize("is_ahead", [True, False])
async def test_a_machine_whose_clock_is_wrong_takes_nothing_over(
    postgres_url: str, *, is_ahead: bool
) -> None:
    wrong = ShiftedClock(timedelta(hours=1 if is_ahead else -1))
    storage = Storage.open(postgres_url)
    clocks: list[Clock] = [SystemClock(), wrong] if is_ahead else [wrong, SystemClock()]
    first, second = (
        Worker(storage, owner, clock, leases.TERM)
        for owner, clock in zip(("one|1|a", "two|1|b"), clocks, strict=True)
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(first.run())
        await first.works.wait()
        standby = group.create_task(second.run())
        await asyncio.sleep(0.5)
        second.stopping.set()
        await standby
        first.stopping.set()
    await storage.close()

    assert second.began == []
