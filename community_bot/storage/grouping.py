"""Group commit: many small writes that wait for the disk together instead of one after another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from community_bot.storage.faults import is_passing

T = TypeVar("T")
R = TypeVar("R")
MOST = 500  # items in one transaction, so that none holds the writer for long


class Grouped(Generic[T, R]):
    """Turns `write(items) -> results` into `await one(item) -> result`.

    While one group is being written the next one gathers. A group that fails is tried again item
    by item, so that one bad item harms nobody else; but not while the database is away.
    """

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._arrived = asyncio.Event()
        self._is_over = False

    async def one(self, item: T) -> R:
        """Wait until the item is committed; raise what its own write raised."""
        if self._is_over:
            raise RuntimeError("nobody writes any more")
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        self._arrived.set()
        return await done

    async def run(self) -> None:
        """Write groups for ever; when cancelled, write first what is in hand and what waits."""
        self._is_over = False
        try:
            while True:
                await self._arrived.wait()
                await self.flush()
        finally:
            self._is_over = True
            await self.flush()

    async def flush(self) -> None:
        """Write what is waiting now."""
        while self._waiting:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            # A transaction under way is not broken off: nobody could tell what became of it.
            writing = asyncio.get_running_loop().create_task(self._settle(group))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                await asyncio.wait([writing])
                raise
        self._arrived.clear()

    async def _settle(self, group: list[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._write([item for item, _ in group])
        except Exception as error:  # noqa: BLE001  the one who waits is told, whatever it was
            await self._settle_singly(group, error)
            return
        for (_, done), result in zip(group, results, strict=True):
            if not done.done():
                done.set_result(result)

    async def _settle_singly(
        self, group: list[tuple[T, asyncio.Future[R]]], error: Exception
    ) -> None:
        if len(group) > 1 and not is_passing(error):
            for single in group:
                await self._settle([single])
            return
        for _, done in group:
            if not done.done():
                done.set_exception(error)
