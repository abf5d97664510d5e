"""The ledger: that a letter is about to leave, and what became of it, in groups by one writer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from community_bot.clock import Clock
from community_bot.delivery import queries
from community_bot.delivery.letters import Letter, Outcome
from community_bot.delivery.rows import Reach
from community_bot.delivery.rules import DeliveryEvent
from community_bot.errors import Superseded
from community_bot.storage import leases
from community_bot.storage.faults import is_passing, outlast
from community_bot.storage.grouping import Grouped
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage, Unit

log = logging.getLogger(__name__)

# What a room does when something that it promised has been settled, in the same transaction.
Aftermath: TypeAlias = Callable[[Unit, Outcome], Awaitable[None]]


class Ledger:
    """Writes for whoever holds the lease; intents and outcomes share their transactions."""

    def __init__(
        self, storage: Storage, clock: Clock, lease: Lease, aftermaths: Mapping[str, Aftermath]
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._lease = lease
        self._aftermaths = aftermaths
        self._beginning: set[int] = set()
        self._writing: Grouped[Letter | Outcome, bool] = Grouped(self._write)

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Write while this is open, and at the end what waits."""
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(self._writing.run())
            await asyncio.sleep(0)
            yield
            writing.cancel()

    async def begin(self, letter: Letter) -> bool:
        """Commit the intent to send; False where it is no longer ours to send."""
        what = f"delivery {letter.delivery_id}"
        return await outlast(lambda: self._writing.one(letter), what)

    async def settle(self, outcome: Outcome) -> None:
        """Commit what became of a letter."""
        what = f"delivery {outcome.letter.delivery_id}"
        await outlast(lambda: self._writing.one(outcome), what)

    async def _write(self, items: Sequence[Letter | Outcome]) -> list[bool]:
        begin = [item.delivery_id for item in items if isinstance(item, Letter)]
        outcomes = [item for item in items if isinstance(item, Outcome)]
        # Where the database did not answer the first time, they may have begun nevertheless.
        again = self._beginning.intersection(begin)
        self._beginning.update(begin)
        now = self._clock.now()
        begun: set[int] = set()
        async with self._storage.work() as unit:
            await leases.assert_held(unit, self._lease)
            if begin:
                begun = await queries.begin(unit.session, begin, again=again, now=now)
            if outcomes:
                await self._settle(unit, outcomes, now, is_alone=len(items) == 1)
            await unit.commit()
        self._beginning.difference_update(begin)
        return [isinstance(item, Outcome) or item.delivery_id in begun for item in items]

    async def _settle(
        self, unit: Unit, outcomes: Sequence[Outcome], now: datetime, *, is_alone: bool
    ) -> None:
        for outcome in await queries.settle(unit.session, outcomes, now=now):
            await self._after(unit, outcome, now)
            await (self._guarded if is_alone else self._aftermath)(unit, outcome)

    async def _after(self, unit: Unit, outcome: Outcome, now: datetime) -> None:
        if outcome.event is DeliveryEvent.BLOCK:
            await queries.set_reach(
                unit.session, outcome.letter.chat_id, Reach.CLOSED, now=now, reason=outcome.error
            )

    async def _aftermath(self, unit: Unit, outcome: Outcome) -> None:
        aftermath = self._aftermaths.get(outcome.letter.kind) or self._aftermaths.get("*")
        if aftermath is not None:
            await aftermath(unit, outcome)

    async def _guarded(self, unit: Unit, outcome: Outcome) -> None:
        """Write down what became of a letter even where the room that promised it stumbles.

        A group that fails comes here one by one, so that only the one at fault goes without.
        """
        try:
            async with unit.session.begin_nested():
                await self._aftermath(unit, outcome)
        except Exception as error:
            if is_passing(error) or isinstance(error, Superseded):
                raise
            log.exception("what follows from delivery %s", outcome.letter.delivery_id)
