"""What is answered at once and never kept: a search that is typed letter by letter."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from community_bot.inbox.received import Received
from community_bot.storage.faults import is_passing
from community_bot.storage.unit import Cause

log = logging.getLogger(__name__)

Handle: TypeAlias = Callable[[Received, Cause], Awaitable[str | None]]

PLACES = 16  # answered beside each other
MOST = 256  # people who wait; who has waited longest has typed on or gone


class Fleeting:
    """Answers the newest of each person, a few at once; whatever is too old is dropped."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._waiting: OrderedDict[int, Received] = OrderedDict()
        self._arrived = asyncio.Semaphore(0)

    def offer(self, received: Received) -> None:
        """Take one in, in the place of what the same person asked before."""
        if self._waiting.pop(received.chat_id, None) is None:
            if len(self._waiting) < MOST:
                self._arrived.release()
            else:
                self._waiting.popitem(last=False)
        self._waiting[received.chat_id] = received

    async def run(self) -> None:
        """Answer until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(PLACES):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            await self._arrived.acquire()
            _, received = self._waiting.popitem(last=False)
            await self._answer(received)

    async def _answer(self, received: Received) -> None:
        try:
            await self._handle(received, _nothing)
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("the database does not answer, nor do we: %s", received.kind)


async def _nothing(_unit: object) -> None:
    """Stand in for a mark: a fleeting update has no row to be marked."""
