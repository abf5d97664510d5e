"""The ledger: that a letter is about to leave, and what became of it, in groups by one writer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from community_bot.clock import Clock
from community_bot.delivery import card_queries as cards
from community_bot.delivery import queries, reach_queries
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
# It is known by a kind ("space_refused"), by what a letter is about ("run:" for "run:7"), or as
# EVERYBODY's; all that fit are called, none takes the place of another.
Aftermath: TypeAlias = Callable[[Unit, Outcome], Awaitable[None]]
EVERYBODY = "*"


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
        self._writing: Grouped[Letter | Outcome, Letter | None] = Grouped(self._write)

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Write while this is open, and at the end what waits."""
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(self._writing.run())
            await asyncio.sleep(0)
            yield
            writing.cancel()

    async def begin(self, letter: Letter) -> Letter | None:
        """Commit the intent to send; None where it is no longer ours to send.

        What is returned knows which message it edits, if its card is in the chat already.
        """
        what = f"delivery {letter.delivery_id}"
        return await outlast(lambda: self._writing.one(letter), what)

    async def settle(self, outcome: Outcome) -> None:
        """Commit what became of a letter."""
        what = f"delivery {outcome.letter.delivery_id}"
        await outlast(lambda: self._writing.one(outcome), what)

    async def _write(self, items: Sequence[Letter | Outcome]) -> list[Letter | None]:
        letters = {item.delivery_id: item for item in items if isinstance(item, Letter)}
        begin = list(letters)
        outcomes = [item for item in items if isinstance(item, Outcome)]
        # Where the database did not answer the first time, they may have begun nevertheless.
        again = self._beginning.intersection(begin)
        self._beginning.update(begin)
        now = self._clock.now()
        begun: dict[int, Letter] = {}
        async with self._storage.work() as unit:
            await leases.assert_held(unit, self._lease)
            if outcomes:
                await self._settle(unit, outcomes, now, is_alone=len(items) == 1)
            if begin:
                ours = await queries.begin(unit.session, begin, again=again, now=now)
                found = [letters[delivery_id] for delivery_id in ours]
                begun = {
                    letter.delivery_id: letter
                    for letter in await cards.with_messages(unit.session, found)
                }
            await unit.commit()
        self._beginning.difference_update(begin)
        return [
            item.letter if isinstance(item, Outcome) else begun.get(item.delivery_id)
            for item in items
        ]

    async def _settle(
        self, unit: Unit, outcomes: Sequence[Outcome], now: datetime, *, is_alone: bool
    ) -> None:
        decided = await cards.with_replaced(unit.session, outcomes)
        settled = await queries.settle(unit.session, decided, now=now)
        await cards.note(unit.session, settled, now=now)
        for outcome in settled:
            if outcome.event is DeliveryEvent.BLOCK:
                await self._close(unit, outcome, now)
            for aftermath in self._aftermaths_of(outcome.letter):
                if is_alone:
                    await _guarded(aftermath, unit, outcome)
                else:
                    await aftermath(unit, outcome)

    async def _close(self, unit: Unit, outcome: Outcome, now: datetime) -> None:
        await reach_queries.set_reach(
            unit.session, outcome.letter.chat_id, Reach.CLOSED, now=now, reason=outcome.error
        )

    def _aftermaths_of(self, letter: Letter) -> Iterator[Aftermath]:
        """Give what the room does for this kind, what it does for this matter, and what all do."""
        noun = f"{letter.about.partition(':')[0]}:" if letter.about else ""
        for key in (letter.kind, noun, EVERYBODY):
            if key in self._aftermaths:
                yield self._aftermaths[key]


async def _guarded(aftermath: Aftermath, unit: Unit, outcome: Outcome) -> None:
    """Write down what became of a letter even where the room that promised it stumbles.

    A group that fails comes here one by one, so that only the one at fault goes without.
    """
    try:
        async with unit.session.begin_nested():
            await aftermath(unit, outcome)
    except Exception as error:
        if is_passing(error) or isinstance(error, Superseded):
            raise
        log.exception("what follows from delivery %s", outcome.letter.delivery_id)
