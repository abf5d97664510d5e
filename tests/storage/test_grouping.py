"""Small writes share a transaction; nobody is harmed by a neighbour, and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.exc import OperationalError

from community_bot.storage.grouping import Grouped


class Disk:
    """Writes numbers down when it is let; refuses negative ones; may be away."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.is_free = asyncio.Event()
        self.is_free.set()
        self.is_away = False

    async def write(self, items: Sequence[int]) -> list[int]:
        await self.is_free.wait()
        self.groups.append(list(items))
        if self.is_away:
            raise OperationalError("write", None, ConnectionRefusedError())
        if any(item < 0 for item in items):
            raise ValueError("negative")
        return [item * 10 for item in items]


@asynccontextmanager
async def running(grouped: Grouped[int, int]) -> AsyncIterator[asyncio.Task[None]]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(grouped.run())
        yield task
        task.cancel()


async def test_what_gathers_while_the_disk_is_busy_is_one_transaction() -> None:
    disk = Disk()
    grouped = Grouped(disk.write)
    disk.is_free.clear()

    async with running(grouped), asyncio.TaskGroup() as callers:
        first = callers.create_task(grouped.one(1))
        await asyncio.sleep(0.01)
        others = [callers.create_task(grouped.one(n)) for n in (2, 3, 4)]
        await asyncio.sleep(0.01)
        disk.is_free.set()

    assert disk.groups == [[1], [2, 3, 4]]
    assert [first.result(), *(other.result() for other in others)] == [10, 20, 30, 40]


async def test_a_bad_item_harms_only_the_one_who_brought_it() -> None:
    disk = Disk()
    grouped = Grouped(disk.write)

    async with running(grouped):
        results = await asyncio.gather(
            *(grouped.one(n) for n in (1, -2, 3)), return_exceptions=True
        )

    assert results[0] == 10
    assert isinstance(results[1], ValueError)
    assert results[2] == 30


async def test_while_the_database_is_away_nobody_asks_it_item_by_item() -> None:
    disk = Disk()
    disk.is_away = True
    grouped = Grouped(disk.write)

    async with running(grouped):
        results = await asyncio.gather(*(grouped.one(n) for n in range(50)), return_exceptions=True)

    assert all(isinstance(result, OperationalError) for result in results)
    assert len(disk.groups) == 1


async def test_stopping_finishes_the_group_in_hand_and_what_waits() -> None:
    disk = Disk()
    grouped = Grouped(disk.write)
    disk.is_free.clear()
    async with running(grouped) as writing, asyncio.TaskGroup() as callers:
        in_hand = callers.create_task(grouped.one(1))
        await asyncio.sleep(0.01)
        waiting = callers.create_task(grouped.one(2))
        await asyncio.sleep(0.01)

        writing.cancel()
        await asyncio.sleep(0.01)
        disk.is_free.set()

    assert (in_hand.result(), waiting.result()) == (10, 20)


async def test_who_comes_after_the_end_is_told_and_does_not_wait() -> None:
    grouped = Grouped(Disk().write)
    async with running(grouped):
        await grouped.one(1)

    with pytest.raises(RuntimeError):
        await grouped.one(2)


async def test_a_caller_who_goes_away_holds_up_nobody() -> None:
    disk = Disk()
    grouped = Grouped(disk.write)
    disk.is_free.clear()
    async with running(grouped), asyncio.TaskGroup() as callers:
        gone = callers.create_task(grouped.one(1))
        stays = callers.create_task(grouped.one(2))
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0.01)
        disk.is_free.set()

    assert stays.result() == 20
