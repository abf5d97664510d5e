"""The courier: takes letters from the outbox, sends them, and writes down what became of them."""

import asyncio
import contextlib
import heapq
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from community_bot.clock import Clock
from community_bot.delivery import queries
from community_bot.delivery.carrying import after_doubt, carry, outcome_of
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Letter, Messenger, Outcome
from community_bot.delivery.rows import Reach
from community_bot.delivery.rules import DeliveryEvent
from community_bot.errors import BadContent, Moved, TopicGone
from community_bot.storage import leases
from community_bot.storage.grouping import Grouped
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage, Unit

LEASE = "courier"
LOOK_AGAIN = 1.0  # seconds until the outbox is looked at for what has become due
# Letters in hand. Those to people who wait come first and have places of their own.
PROMPT, BULK = (Lane.REPLY, Lane.DESK), (Lane.NOTICE, Lane.BROADCAST)
MOST: dict[tuple[Lane, ...], int] = {PROMPT: 256, BULK: 64}

# What a room does when something that it promised has been settled, in the same transaction.
Aftermath: TypeAlias = Callable[[Unit, Outcome], Awaitable[None]]


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
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._aftermaths = aftermaths
        self._on_moved = on_moved
        self._chats: dict[int, list[tuple[int, int, Letter]]] = {}
        self._held: dict[tuple[Lane, ...], set[int]] = {PROMPT: set(), BULK: set()}
        self._working: set[int] = set()
        self._resting: dict[int, datetime] = {}
        self._finished: set[int] = set()
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something was promised just now."""
        self._news.set()

    def stop(self) -> None:
        """Take nothing more; run() returns when what is in hand has been settled."""
        self._stopping = True
        self._news.set()

    async def run(self, lease: Lease) -> None:
        """Send what is due until stop()."""
        self._intents: Grouped[Letter, bool] = Grouped(lambda these: self._begin(these, lease))
        self._results: Grouped[Outcome, None] = Grouped(lambda these: self._settle(these, lease))
        await self._recover(lease)
        async with asyncio.TaskGroup() as writers:
            writing = [writers.create_task(g.run()) for g in (self._intents, self._results)]
            async with asyncio.TaskGroup() as letters:
                while not self._stopping:
                    await self._round(letters)
            for task in writing:
                task.cancel()

    async def _round(self, group: asyncio.TaskGroup) -> None:
        self._news.clear()
        await self._take()
        for chat_id in self._chats.keys() - self._working:
            self._working.add(chat_id)
            group.create_task(self._work_through(chat_id))
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
            async with self._storage.read() as session:
                found = await queries.due(
                    session, lanes=lanes, now=now, most=room, besides=held, resting=self._resting
                )
            for letter in found:
                # What was settled while we read still looked pending to the reader.
                if letter.delivery_id not in self._finished:
                    self._hold(letter, held)

    def _hold(self, letter: Letter, held: set[int]) -> None:
        held.add(letter.delivery_id)
        waiting = self._chats.setdefault(letter.chat_id, [])
        heapq.heappush(waiting, (letter.lane.order, letter.delivery_id, letter))

    def _let_go(self, letter: Letter) -> None:
        self._finished.add(letter.delivery_id)
        for held in self._held.values():
            held.discard(letter.delivery_id)

    async def _work_through(self, chat_id: int) -> None:
        waiting = self._chats[chat_id]
        while waiting and not self._stopping:
            _, _, letter = heapq.heappop(waiting)
            outcome = await self._one(letter)
            self._let_go(letter)
            if outcome is not None and outcome.event is DeliveryEvent.PUT_OFF:
                # The rest of this chat waits with it, so that nothing overtakes; nobody else does.
                self._resting[chat_id] = outcome.not_before or self._clock.now()
                while waiting:
                    self._let_go(heapq.heappop(waiting)[2])
        del self._chats[chat_id]
        self._working.discard(chat_id)
        self._news.set()

    async def _one(self, letter: Letter) -> Outcome | None:
        """Wait for the pace, commit the intent, send, commit what became of it."""
        await self._messenger.admit(letter)
        if self._stopping or not await self._intents.one(letter):
            return None
        outcome = await self._send(letter)
        await self._results.one(outcome)
        return outcome

    async def _send(self, letter: Letter) -> Outcome:
        now = self._clock.now()
        try:
            return await carry(self._messenger, letter, now=now)
        except Moved as error:
            await self._readdress(letter.chat_id, error.new_chat_id)
        except TopicGone:
            if letter.topic_id is None or letter.topic_name is None:
                return outcome_of(letter, BadContent("topic gone"), now=now)
            await self._remake_topic(letter.chat_id, letter.topic_id, letter.topic_name)
        return Outcome(letter, DeliveryEvent.PUT_OFF, error="readdressed", not_before=now)

    async def _readdress(self, old: int, new: int) -> None:
        async with self._storage.work() as unit:
            await self._on_moved(unit, old, new)
            await unit.commit()

    async def _remake_topic(self, chat_id: int, topic_id: int, name: str) -> None:
        made = await self._messenger.make_topic(chat_id, name)
        async with self._storage.work() as unit:
            await queries.rename_topic(unit.session, chat_id, topic_id, made)
            await unit.commit()

    async def _begin(self, letters: Sequence[Letter], lease: Lease) -> list[bool]:
        async with self._storage.work() as unit:
            await leases.assert_held(unit, lease)
            begun = await queries.begin(
                unit.session, [letter.delivery_id for letter in letters], now=self._clock.now()
            )
            await unit.commit()
        return [letter.delivery_id in begun for letter in letters]

    async def _settle(self, outcomes: Sequence[Outcome], lease: Lease) -> list[None]:
        now = self._clock.now()
        async with self._storage.work() as unit:
            await leases.assert_held(unit, lease)
            await queries.settle(unit.session, outcomes, now=now)
            for outcome in outcomes:
                await self._after(unit, outcome, now)
            await unit.commit()
        return [None for _ in outcomes]

    async def _after(self, unit: Unit, outcome: Outcome, now: datetime) -> None:
        letter = outcome.letter
        if outcome.event is DeliveryEvent.BLOCK:
            await queries.set_reach(
                unit.session, letter.chat_id, Reach.CLOSED, now=now, reason=outcome.error
            )
        aftermath = self._aftermaths.get(letter.kind) or self._aftermaths.get("*")
        if aftermath is not None:
            await aftermath(unit, outcome)

    async def _recover(self, lease: Lease) -> None:
        """Decide about what was being sent when the sender before us went away."""
        async with self._storage.read() as session:
            lost = await queries.interrupted(session)
        now = self._clock.now()
        if lost:
            await self._settle(
                [after_doubt(letter, "interrupted", now=now) for letter in lost], lease
            )
