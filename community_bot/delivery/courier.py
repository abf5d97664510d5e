"""The courier: takes letters from the outbox, sends them, and writes down what became of them."""

import asyncio
import contextlib
import functools
import heapq
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from community_bot.clock import Clock
from community_bot.delivery import queries
from community_bot.delivery.carrying import (
    after_doubt,
    carry,
    outcome_of,
    readdressed,
    without_topic,
)
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Letter, Messenger, Outcome
from community_bot.delivery.rows import Reach
from community_bot.delivery.rules import DeliveryEvent
from community_bot.errors import BadContent, DeliveryError, Moved, Superseded, TopicGone
from community_bot.storage import leases
from community_bot.storage.faults import is_passing, outlast
from community_bot.storage.grouping import Grouped
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage, Unit

log = logging.getLogger(__name__)

LEASE = "courier"
LOOK_AGAIN = 1.0  # seconds until the outbox is looked at for what has become due
# Letters in hand. Those to people who wait come first and have places of their own.
PROMPT, BULK = (Lane.REPLY, Lane.DESK), (Lane.NOTICE, Lane.BROADCAST)
MOST: dict[tuple[Lane, ...], int] = {PROMPT: 256, BULK: 64}

# What a room does when something that it promised has been settled, in the same transaction.
Aftermath: TypeAlias = Callable[[Unit, Outcome], Awaitable[None]]
# Letters that go out one after another: of one chat, and of the same hurry, so that an answer
# does not wait while a broadcast to the same person waits for the pace.
Queue: TypeAlias = tuple[int, tuple[Lane, ...]]


async def _nobody_minds(_unit: Unit, _chat_id: int, _old: int, _new: int) -> None:
    """Nobody but the outbox knows the topic."""


class Courier:
    """Empties the outbox while it holds the lease."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        messenger: Messenger,
        *,
        aftermaths: Mapping[str, Aftermath],
        on_moved: Callable[[Unit, int, int], Awaitable[None]],
        on_topic_remade: Callable[[Unit, int, int, int], Awaitable[None]] = _nobody_minds,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._aftermaths = aftermaths
        self._on_moved = on_moved
        self._on_topic_remade = on_topic_remade
        self._queues: dict[Queue, list[tuple[int, int, Letter]]] = {}
        self._held: dict[tuple[Lane, ...], set[int]] = {PROMPT: set(), BULK: set()}
        self._working: set[Queue] = set()
        self._resting: dict[int, datetime] = {}
        self._finished: set[int] = set()
        self._beginning: set[int] = set()
        self._in_line: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something was promised just now."""
        self._news.set()

    def stop(self) -> None:
        """Take nothing more; run() returns when what is in hand has been settled."""
        self._stopping = True
        for task in self._in_line:
            task.cancel()
        self._news.set()

    async def run(self, lease: Lease) -> None:
        """Send what is due until stop()."""
        self._forget()
        self._intents: Grouped[Letter, bool] = Grouped(lambda these: self._begin(these, lease))
        self._results: Grouped[Outcome, None] = Grouped(lambda these: self._settle(these, lease))
        async with asyncio.TaskGroup() as writers:
            writing = [writers.create_task(g.run()) for g in (self._intents, self._results)]
            await asyncio.sleep(0)
            await self._recover()
            async with asyncio.TaskGroup() as letters:
                while not self._stopping:
                    await self._round(letters)
            for task in writing:
                task.cancel()

    def _forget(self) -> None:
        """Begin anew: what we held when we last had the lease may be settled by now."""
        for held in (self._queues, self._working, self._resting, self._beginning, self._in_line):
            held.clear()
        for letters in self._held.values():
            letters.clear()

    async def _round(self, group: asyncio.TaskGroup) -> None:
        self._news.clear()
        await self._take()
        for queue in self._queues.keys() - self._working:
            self._working.add(queue)
            group.create_task(self._work_through(queue))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), LOOK_AGAIN)

    async def _take(self) -> None:
        now = self._clock.now()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        for lanes, held in self._held.items():
            self._finished.clear()
            room = MOST[lanes] - len(held)
            if room < MOST[lanes] // 4:
                continue
            for letter in await self._due(lanes, room, now):
                # What was settled while we read still looked pending to the reader.
                if letter.delivery_id not in self._finished:
                    held.add(letter.delivery_id)
                    waiting = self._queues.setdefault((letter.chat_id, lanes), [])
                    heapq.heappush(waiting, (letter.lane.order, letter.delivery_id, letter))

    async def _due(self, lanes: tuple[Lane, ...], most: int, now: datetime) -> list[Letter]:
        async def look() -> list[Letter]:
            async with self._storage.read() as session:
                return await queries.due(
                    session,
                    lanes=lanes,
                    now=now,
                    most=most,
                    besides=self._held[lanes],
                    resting=self._resting,
                )

        return await outlast(look, "the outbox")

    def _let_go(self, letter: Letter) -> None:
        self._finished.add(letter.delivery_id)
        for held in self._held.values():
            held.discard(letter.delivery_id)

    async def _work_through(self, queue: Queue) -> None:
        chat_id, _ = queue
        waiting = self._queues[queue]
        while waiting and not self._stopping and not self._is_resting(chat_id):
            _, _, letter = heapq.heappop(waiting)
            outcome = await self._one(letter)
            self._let_go(letter)
            if outcome is not None and outcome.event is DeliveryEvent.PUT_OFF:
                # The rest of this chat waits with it, so that nothing overtakes; nobody else does.
                self._resting[chat_id] = outcome.not_before or self._clock.now()
                break
        for _, _, letter in waiting:
            self._let_go(letter)
        del self._queues[queue]
        self._working.discard(queue)
        self._news.set()

    def _is_resting(self, chat_id: int) -> bool:
        until = self._resting.get(chat_id)
        return until is not None and until > self._clock.now()

    async def _one(self, letter: Letter) -> Outcome | None:
        """Wait for the pace, commit the intent, send, commit what became of it."""
        await self._wait_in_line(letter)
        what = f"delivery {letter.delivery_id}"
        if self._stopping or not await outlast(lambda: self._intents.one(letter), what):
            return None
        outcome = await self._send(letter)
        await outlast(lambda: self._results.one(outcome), what)
        return outcome

    async def _wait_in_line(self, letter: Letter) -> None:
        """Wait for the pace; whoever stops the courier ends this wait, as nothing has left yet."""
        task = asyncio.current_task()
        if task is not None:
            self._in_line.add(task)
        try:
            await self._messenger.admit(letter)
        finally:
            if task is not None:
                self._in_line.discard(task)

    async def _send(self, letter: Letter) -> Outcome:
        now = self._clock.now()
        try:
            return await carry(self._messenger, letter, now=now)
        except Moved as error:
            old, new = letter.chat_id, error.new_chat_id
            await outlast(lambda: self._readdress(old, new), f"chat {new}")
        except TopicGone:
            return await self._remake_topic(letter, now)
        return readdressed(letter, now=now)

    async def _readdress(self, old: int, new: int) -> None:
        async with self._storage.work() as unit:
            await self._on_moved(unit, old, new)
            await unit.commit()

    async def _remake_topic(self, letter: Letter, now: datetime) -> Outcome:
        """Make the topic anew; the letter has not gone out, whatever happens."""
        chat_id, old, name = letter.chat_id, letter.topic_id, letter.topic_name
        if old is None or name is None:
            return outcome_of(letter, BadContent("topic gone"), now=now)
        try:
            new = await self._messenger.make_topic(chat_id, name)
        except DeliveryError as error:
            return without_topic(letter, error, now=now)

        async def rename() -> None:
            async with self._storage.work() as unit:
                await queries.rename_topic(unit.session, chat_id, old, new)
                await self._on_topic_remade(unit, chat_id, old, new)
                await unit.commit()

        await outlast(rename, f"topic {new}")
        return readdressed(letter, now=now)

    async def _begin(self, letters: Sequence[Letter], lease: Lease) -> list[bool]:
        these = [letter.delivery_id for letter in letters]
        # Where the database did not answer the first time, they may have begun nevertheless.
        again = self._beginning.intersection(these)
        self._beginning.update(these)
        async with self._storage.work() as unit:
            await leases.assert_held(unit, lease)
            begun = await queries.begin(unit.session, these, again=again, now=self._clock.now())
            await unit.commit()
        self._beginning.difference_update(these)
        return [delivery_id in begun for delivery_id in these]

    async def _settle(self, outcomes: Sequence[Outcome], lease: Lease) -> list[None]:
        now = self._clock.now()
        is_alone = len(outcomes) == 1
        async with self._storage.work() as unit:
            await leases.assert_held(unit, lease)
            for outcome in await queries.settle(unit.session, outcomes, now=now):
                await self._after(unit, outcome, now)
                await (self._guarded if is_alone else self._aftermath)(unit, outcome)
            await unit.commit()
        return [None for _ in outcomes]

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

    async def _recover(self) -> None:
        """Decide about what was being sent when the sender before us went away."""

        async def look() -> list[Letter]:
            async with self._storage.read() as session:
                return await queries.interrupted(session)

        now = self._clock.now()
        outcomes = [
            after_doubt(letter, "interrupted", now=now)
            for letter in await outlast(look, "the outbox")
        ]
        await asyncio.gather(
            *(outlast(functools.partial(self._results.one, one), "recovery") for one in outcomes)
        )
