"""The courier: takes letters from the outbox and sends them; the ledger knows of each."""

import asyncio
import contextlib
import heapq
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from community_bot.clock import Clock
from community_bot.delivery import card_queries as cards
from community_bot.delivery import queries
from community_bot.delivery.carrying import (
    after_doubt,
    carry,
    readdressed,
    without_topic,
)
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Aftermath, Ledger
from community_bot.delivery.letters import Letter, Messenger, Outcome
from community_bot.delivery.rules import DeliveryEvent
from community_bot.errors import DeliveryError, MessageGone, Moved, TooLate, TopicGone
from community_bot.storage.faults import outlast
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage, Unit

LEASE = "courier"
LOOK_AGAIN = 1.0  # seconds until the outbox is looked at for what has become due
# Letters in hand. Those to people who wait come first and have places of their own.
PROMPT, BULK = (Lane.REPLY, Lane.DESK), (Lane.NOTICE, Lane.BROADCAST)
MOST: dict[tuple[Lane, ...], int] = {PROMPT: 256, BULK: 160}

# Letters that go out one after another: of one chat, and of the same hurry, so that an answer
# does not wait while a broadcast to the same person waits for the pace.
Queue: TypeAlias = tuple[int, tuple[Lane, ...]]


def _nobody() -> None:
    """Nobody watches whether we move."""


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
        on_topic_remade: Callable[[Unit, int, int, int], Awaitable[None]],
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
        self._in_line: set[asyncio.Task[None]] = set()
        self._look_at = dict.fromkeys(MOST, 0.0)
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something was promised just now."""
        self._look_at = dict.fromkeys(MOST, 0.0)
        self._news.set()

    def stop(self) -> None:
        """Take nothing more; run() returns when what is in hand has been settled."""
        self._stopping = True
        for task in self._in_line:
            task.cancel()
        self._news.set()

    async def run(self, lease: Lease, beat: Callable[[], None] = _nobody) -> None:
        """Send what is due until stop(); `beat` is called at every look into the outbox."""
        self._forget()
        self._ledger = Ledger(self._storage, self._clock, lease, self._aftermaths)
        async with self._ledger.kept():
            await self._recover()
            async with asyncio.TaskGroup() as letters:
                while not self._stopping:
                    await self._round(letters)
                    beat()

    def _forget(self) -> None:
        """Begin anew: what we held when we last had the lease may be settled by now."""
        for held in (self._queues, self._working, self._resting, self._in_line):
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
            async with asyncio.timeout(LOOK_AGAIN):
                await self._news.wait()

    async def _take(self) -> None:
        now = self._clock.now()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        monotonic = asyncio.get_running_loop().time()
        for lanes, held in self._held.items():
            room = MOST[lanes] - len(held)
            if room < MOST[lanes] // 4 or monotonic < self._look_at[lanes]:
                continue
            self._finished.clear()
            self._look_at[lanes] = monotonic + LOOK_AGAIN
            found = await self._due(lanes, room, now)
            if len(found) == room:
                self._look_at[lanes] = 0.0  # there may be more
            for letter in found:
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
                self._look_at = dict.fromkeys(MOST, 0.0)
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
        begun = None if self._stopping else await self._ledger.begin(letter)
        if begun is None:
            return None
        outcome = await self._send(begun)
        await self._ledger.settle(outcome)
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
            await self._mend(lambda unit: self._on_moved(unit, old, new))
        except (MessageGone, TooLate):
            await self._mend(lambda unit: _forget_card(unit, letter))
        except TopicGone:
            return await self._remake_topic(letter, now)
        return readdressed(letter, now=now)

    async def _remake_topic(self, letter: Letter, now: datetime) -> Outcome:
        """Make the topic anew; the letter has not gone out, whatever happens."""
        chat_id, old = letter.chat_id, letter.topic_id
        if old is None:
            return readdressed(letter, now=now)
        try:
            new = await self._messenger.make_topic(chat_id, letter.topic_name or "")
        except DeliveryError as error:
            return without_topic(letter, error, now=now)
        await self._mend(lambda unit: self._on_topic_remade(unit, chat_id, old, new))
        return readdressed(letter, now=now)

    async def _mend(self, change: Callable[[Unit], Awaitable[None]]) -> None:
        async def work() -> None:
            async with self._storage.work() as unit:
                await change(unit)
                await unit.commit()

        await outlast(work, "an address")

    async def _recover(self) -> None:
        """Decide about what was being sent when the sender before us went away."""

        async def look() -> list[Letter]:
            async with self._storage.read() as session:
                return await cards.with_messages(session, await queries.interrupted(session))

        now = self._clock.now()
        outcomes = [
            after_doubt(letter, "interrupted", now=now)
            for letter in await outlast(look, "the outbox")
        ]
        await asyncio.gather(*map(self._ledger.settle, outcomes))
        self._resting = await outlast(lambda: self._put_off(now), "the outbox")

    async def _put_off(self, now: datetime) -> dict[int, datetime]:
        async with self._storage.read() as session:
            return await queries.put_off(session, now=now)


async def _forget_card(unit: Unit, letter: Letter) -> None:
    await cards.forget(unit.session, card=letter.card, chat_id=letter.chat_id)
