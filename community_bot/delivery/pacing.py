"""The pace at which messages leave: as fast as Telegram allows, and never faster.

    at most 32 in any sliding second, of all lanes together
    └── bulk (notices, broadcasts) 29 a second, and gives way to replies and the desk
        └── each chat one a second, three at once; each group or channel twenty a minute

A 429 closes the chat that it was about, and bulk only when it is about the whole bot.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

from community_bot.delivery.allowance import (
    NEVER,
    BulkRate,
    ChatAllowance,
    Window,
    gcra_after,
    gcra_wait,
)
from community_bot.delivery.lanes import Lane
from community_bot.delivery.waiting import Line

ChatId: TypeAlias = int | str  # a string is a channel's @name

BULK_RATE = 29.0  # Telegram says about 30 a second in bulk
CEILING = 32
HELD_FOR_REPLIES = 2  # of the ceiling: bulk never fills it, so that a reply goes at once
HEAVIEST = 10  # files of the largest album
CATCH_UP = 2.0  # messages by which bulk may make up for a timer that woke us late
TICK = 1e-6  # no timer is finer: a shorter wait is none
BOT_WIDE_WITHIN = 5.0  # two chats refused within this many seconds: it is about the bot
BOT_WIDE_IN_PRIVATE = 5.0  # a longer wait than this is never about one private chat
BOT_WIDE_IN_GROUP = 60.0  # a group's own limit is counted by the minute
FORGET_AT_ONCE = 2


class Pace:
    """Says when a message may go; one for each bot token."""

    def __init__(
        self,
        *,
        bulk_rate: float = BULK_RATE,
        ceiling: int = CEILING,
        chat_burst: int = ChatAllowance.BURST,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._ceiling = ceiling
        self._chat_burst = chat_burst
        self._monotonic = monotonic
        self._sleep = sleep
        self._rate = BulkRate(bulk_rate)
        self._bulk_due = NEVER
        self._bulk_closed_until = NEVER
        self._second = Window(1.0)
        self._left = Window(1.0)
        self._line = Line()
        self._chat_lines: dict[ChatId, Line] = {}
        self._chats: dict[ChatId, ChatAllowance] = {}
        self._known: deque[ChatId] = deque()
        self._last_refused: tuple[ChatId, float] | None = None

    async def admit(self, chat_id: ChatId, lane: Lane, weight: int = 1) -> None:
        """Return when this message may go; `weight` is the number of files of an album.

        Whoever is cancelled while waiting has used up nothing.
        """
        if not self.try_admit(chat_id, lane, weight):
            return
        line = self._chat_lines.setdefault(chat_id, Line())
        place = line.join(lane)
        try:
            await line.first(place)
            while not await self._admit_first_of_chat(chat_id, lane, min(weight, HEAVIEST)):
                await line.first(place)
        finally:
            line.leave(place)
            if not line:
                del self._chat_lines[chat_id]

    async def leave(self, lane: Lane, weight: int = 1) -> None:
        """Return when a message that was admitted may leave: at once, unless too many just have.

        Between its turn and its call its intent is written down. Where the disk is slow, those
        that wait for it come out together, and Telegram counts what it receives.
        """
        weight = min(weight, HEAVIEST)
        most = self._ceiling - HELD_FOR_REPLIES if lane.is_bulk else self._ceiling
        while (wait := self._left.wait(self._monotonic(), weight, most)) > TICK:
            await self._sleep(wait)
        self._left.take(self._monotonic(), weight)

    def try_admit(self, chat_id: ChatId, lane: Lane, weight: int = 1) -> float:
        """Admit at once and return 0, or admit nothing and return the seconds to wait."""
        now = self._monotonic()
        weight = min(weight, HEAVIEST)
        wait = max(
            self._queue_wait(now, chat_id, lane),
            self._chat_wait(now, chat_id, lane, weight),
            self._common_wait(now, lane, weight),
        )
        if wait > TICK:
            return wait
        self._take(now, chat_id, lane, weight)
        return 0.0

    def refused(self, chat_id: ChatId, retry_after: timedelta) -> None:
        """Take note of a 429: the chat is closed, and bulk too if it is about the whole bot."""
        now = self._monotonic()
        until = now + retry_after.total_seconds()
        self._chat(chat_id).close(until)
        if self._is_bot_wide(now, chat_id, retry_after):
            if now >= self._bulk_closed_until:
                self._rate.halve(now)
            self._bulk_closed_until = max(self._bulk_closed_until, until)
        self._last_refused = (chat_id, now)

    async def _admit_first_of_chat(self, chat_id: ChatId, lane: Lane, weight: int) -> bool:
        """Wait for the chat, then with everybody; False when the chat closed meanwhile."""
        wait = self._chat_wait(self._monotonic(), chat_id, lane, weight)
        if wait > TICK:
            await self._sleep(wait)
            return False
        place = self._line.join(lane)
        try:
            await self._line.first(place)
            while (wait := self._common_wait(self._monotonic(), lane, weight)) > TICK:
                await self._sleep(wait)
                await self._line.first(place)
            now = self._monotonic()
            if self._chat_wait(now, chat_id, lane, weight) > TICK:
                return False
            self._take(now, chat_id, lane, weight)
            return True
        finally:
            self._line.leave(place)

    def _queue_wait(self, now: float, chat_id: ChatId, lane: Lane) -> float:
        """Return about how long those take who came before and are not less urgent."""
        chat_line = self._chat_lines.get(chat_id)
        ahead = self._line.ahead_of(lane) + (chat_line.ahead_of(lane) if chat_line else 0)
        return ahead / self._rate.at(now)

    def _chat_wait(self, now: float, chat_id: ChatId, lane: Lane, weight: int) -> float:
        chat = self._chats.get(chat_id)
        return 0.0 if chat is None else chat.wait(now, weight, is_bulk=lane.is_bulk)

    def _common_wait(self, now: float, lane: Lane, weight: int) -> float:
        if not lane.is_bulk:
            return self._second.wait(now, weight, self._ceiling)
        return max(
            self._bulk_closed_until - now,
            gcra_wait(self._bulk_due, now, CATCH_UP / self._rate.at(now)),
            self._second.wait(now, weight, self._ceiling - HELD_FOR_REPLIES),
        )

    def _take(self, now: float, chat_id: ChatId, lane: Lane, weight: int) -> None:
        self._second.take(now, weight)
        self._chat(chat_id).take(now, weight, is_bulk=lane.is_bulk)
        if lane.is_bulk:
            self._bulk_due = gcra_after(self._bulk_due, now, weight / self._rate.at(now))
        self._forget_some(now)

    def _is_bot_wide(self, now: float, chat_id: ChatId, retry_after: timedelta) -> bool:
        most = BOT_WIDE_IN_GROUP if _is_group(chat_id) else BOT_WIDE_IN_PRIVATE
        if retry_after.total_seconds() > most:
            return True
        if self._last_refused is None:
            return False
        last_chat, last_at = self._last_refused
        return last_chat != chat_id and now - last_at <= BOT_WIDE_WITHIN

    def _chat(self, chat_id: ChatId) -> ChatAllowance:
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = ChatAllowance(
                is_group=_is_group(chat_id), burst=self._chat_burst
            )
            self._known.append(chat_id)
        return chat

    def _forget_some(self, now: float) -> None:
        """Look at the two chats looked at longest ago: no sweep, and no more than is needed."""
        for _ in range(min(FORGET_AT_ONCE, len(self._known))):
            chat_id = self._known.popleft()
            if self._chats[chat_id].matters_until > now:
                self._known.append(chat_id)
            else:
                del self._chats[chat_id]


def _is_group(chat_id: ChatId) -> bool:
    """Tell by the id: groups and channels have negative ones, or an @name."""
    return isinstance(chat_id, str) or chat_id < 0
