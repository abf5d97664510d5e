"""The dispatcher: hands updates out in order within a chat and side by side across chats."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from community_bot.errors import Superseded
from community_bot.inbox.received import Received
from community_bot.inbox.service import Inbox
from community_bot.storage.faults import outlast
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Cause, Unit

log = logging.getLogger(__name__)

# Handles one update; returns the incident code when it was given up. The cause belongs into the
# unit of work that holds its effects. A passing fault of the database is raised.
Handle: TypeAlias = Callable[[Received, Cause], Awaitable[str | None]]

PLACES = 64  # ordinary updates handled at once
URGENT_PLACES = 256  # buttons and payments have places of their own
HELD = 2000  # updates in memory; what is beyond waits on disk
# Seconds until the disk is looked at for what this process was not told of: seldom something that
# was set aside and is tried again, but where other processes keep updates, all of theirs.
LOOK_AGAIN, LOOK_AGAIN_BESIDE_OTHERS = 1.0, 0.1


def _nobody() -> None:
    """Nobody watches whether we move."""


class Dispatcher:
    """Empties the inbox while it holds the lease.

    Where other processes keep updates too (`is_alone` False), what this one has just kept may not
    be the oldest of its chat: then everything is read from the disk, in its order.
    """

    def __init__(
        self, inbox: Inbox, handle: Handle, *, is_alone: bool = True, most: int = HELD
    ) -> None:
        self._inbox = inbox
        self._handle = handle
        self._is_alone = is_alone
        self._most = most
        self._look_every = LOOK_AGAIN if is_alone else LOOK_AGAIN_BESIDE_OTHERS
        self._look_at = 0.0
        self._chats: dict[int, deque[Received]] = {}
        self._held: set[int] = set()
        self._finished: set[int] = set()
        self._hurried: set[int] = set()
        self._working: set[int] = set()
        self._behind = True
        self._passed_by = False
        self._news = asyncio.Event()
        self._stopping = False
        self._places = asyncio.Semaphore(PLACES)
        self._urgent_places = asyncio.Semaphore(URGENT_PLACES)

    def offer(self, updates: Sequence[Received]) -> None:
        """Say that these were kept just now; what does not fit in memory is found on disk later."""
        for update in updates:
            if self._behind or not self._is_alone or len(self._held) >= self._most:
                self._behind = self._passed_by = True
                if update.urgent:
                    self._hurried.add(update.chat_id)
            else:
                self._waiting_now(update)
        self._news.set()

    def stop(self) -> None:
        """Begin nothing more; run() returns when what is in hand has been handled."""
        self._stopping = True
        self._news.set()

    async def run(self, lease: Lease, beat: Callable[[], None] = _nobody) -> None:
        """Hand out what is left from before, then what comes, until stop().

        `beat` is called after every look at what waits.
        """
        self._forget()
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                self._news.clear()
                await self._catch_up()
                self._begin(group, lease)
                await self._wait_for_news()
                beat()

    async def _wait_for_news(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(self._look_at):
                await self._news.wait()
        now = asyncio.get_running_loop().time()
        if now >= self._look_at:
            self._behind, self._look_at = True, now + self._look_every

    def _forget(self) -> None:
        """Begin anew: while another process had the lease it may have handled what we knew of."""
        for known in (self._chats, self._held, self._finished, self._hurried, self._working):
            known.clear()
        self._behind = True

    def _waiting_now(self, update: Received) -> None:
        if update.update_id in self._held:
            return
        self._held.add(update.update_id)
        self._chats.setdefault(update.chat_id, deque()).append(update)

    async def _catch_up(self) -> None:
        for chat_id in tuple(self._hurried):
            self._hurried.discard(chat_id)
            await self._load(self._most, chat_id=chat_id)
        room = self._most - len(self._held)
        if self._behind and room > self._most // 2:
            # Whatever is offered while we read goes by the disk as well: it must not overtake.
            self._passed_by = False
            is_full = await self._load(room) == room
            self._behind = is_full or self._passed_by
            if self._behind:
                self._news.set()

    async def _load(self, most: int, *, chat_id: int | None = None) -> int:
        self._finished.clear()
        found = await outlast(
            lambda: self._inbox.left(most=most, besides=tuple(self._held), chat_id=chat_id),
            "the inbox",
        )
        for update in found:
            # What was finished while we read still looked pending to the reader.
            if update.update_id not in self._finished:
                self._waiting_now(update)
        return len(found)

    def _begin(self, group: asyncio.TaskGroup, lease: Lease) -> None:
        for chat_id in self._chats.keys() - self._working:
            self._working.add(chat_id)
            group.create_task(self._work_through(chat_id, lease))

    async def _work_through(self, chat_id: int, lease: Lease) -> None:
        waiting = self._chats[chat_id]
        while waiting and not self._stopping:
            update = waiting[0]
            async with self._urgent_places if update.urgent else self._places:
                await self._see_to(update, lease)
            waiting.popleft()
            self._finished.add(update.update_id)
            self._held.discard(update.update_id)
        del self._chats[chat_id]
        self._working.discard(chat_id)
        if self._behind:
            self._news.set()

    async def _see_to(self, update: Received, lease: Lease) -> None:
        """Handle one update; while the database is away, wait for it, for the order's sake."""
        await outlast(lambda: self._handle_once(update, lease), f"update {update.update_id}")

    async def _handle_once(self, update: Received, lease: Lease) -> None:
        closed = False
        mark = self._inbox.cause(update, lease)

        def note() -> None:
            nonlocal closed
            closed = True

        async def cause(unit: Unit) -> None:
            if not closed:
                await mark(unit)
                unit.after_commit(note)

        try:
            incident = await self._handle(update, cause)
        except Superseded:
            if not await self._inbox.is_held(lease):
                raise
            log.info("update %s was handled already", update.update_id)
            return
        if incident is not None:
            await self._inbox.give_up(update, incident, lease)
        elif not closed:
            await self._inbox.close(update, lease)
