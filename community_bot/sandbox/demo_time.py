"""Time in the demo: it passes in steps, so that what falls due happens at its own hour."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime, time, timedelta

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.delivery.rules import DeliveryState
from community_bot.errors import CommunityBotError
from community_bot.inbox.rules import UpdateState
from community_bot.sandbox.mailbox import Mailbox

MORNING = time(9, 5)
DAY = timedelta(days=1)
SHORT, LONG = timedelta(hours=1), 2 * DAY
A_MONTH = timedelta(days=31)  # until then posts go out on the minute
AT_MOST = timedelta(weeks=2)
PARTS = 4
_OFTEN = timedelta(seconds=10)  # chores of a post's minute: it goes out, its card follows
_MINUTELY = timedelta(minutes=1)  # chores of what was just asked or answered
_LOOK_AGAIN = 0.02  # seconds
_PATIENCE = 60.0  # seconds for the bot to have said everything of a day of the past
_GLANCE = 5.0  # seconds: who waits for the clock waits for no more than that in each step


class StillBusy(CommunityBotError):
    """The bot did not come to rest."""


class Passage:
    """Lets time pass for the bot and the world together; `tick` does what has fallen due."""

    def __init__(
        self,
        community: Community,
        clock: ShiftedClock,
        mailbox: Mailbox,
        *,
        tick: Callable[[timedelta | None], Awaitable[None]],
        held: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._community = community
        self._clock = clock
        self._mailbox = mailbox
        self._tick = tick
        self._held = held
        self.is_under_way = False  # while time passes in steps

    async def over(self, by: timedelta) -> None:
        """Let so much time pass in some steps; what falls due is said on the way."""
        end = self._clock.now() + by
        step = min(max(by / PARTS, SHORT), LONG if by <= A_MONTH else AT_MOST)
        self.is_under_way = True
        try:
            with self._held():
                while self._clock.now() < end:
                    stop = min(end, self._clock.now() + step)
                    await (self._to_with_posts(stop) if by <= A_MONTH else self._stop_at(stop))
        finally:
            self.is_under_way = False

    async def _to_with_posts(self, stop: datetime) -> None:
        """Go to a moment; what is posted on the way goes out on the minute."""
        while (post := await self._or_next_post(stop)) < stop:
            await self._stop_at(post, only=_OFTEN)
            await self._tick(_OFTEN)  # what has gone out is over, and its card says so
        await self._stop_at(stop)

    async def _stop_at(self, moment: datetime, *, only: timedelta | None = None) -> None:
        self._to(moment)
        await self._tick(only)
        with suppress(StillBusy):
            await self._rested(_GLANCE)

    async def until(self, moment: datetime) -> None:
        """Let the time pass at once; what is on its way arrives before."""
        await self.rest()
        self._to(moment)

    async def through(self, moment: datetime) -> None:
        """Let the time pass morning by morning and post by post, each with what falls due then."""
        while self._clock.now() < moment:
            morning = min(moment, self._next_morning())
            stop = await self._or_next_post(morning)
            await self.until(stop)
            if stop < moment:
                await self._tick(None if stop == morning else _OFTEN)
        await self.rest()

    async def arrive(self) -> None:
        """Come from the past to this very moment, and do what falls due now."""
        self._clock.pass_(max(-self._clock.shift, timedelta()))
        await self._tick(None)

    async def rest(self) -> None:
        """Wait until the bot has handled everything and said everything."""
        await self._rested(_PATIENCE)

    def _to(self, moment: datetime) -> None:
        self._clock.pass_(max(moment - self._clock.now(), timedelta()))

    def _next_morning(self) -> datetime:
        zone = self._community.config.community.zone
        now = self._clock.now().astimezone(zone)
        today = datetime.combine(now.date(), MORNING, zone)
        return today if today > now else datetime.combine(now.date() + DAY, MORNING, zone)

    async def _or_next_post(self, stop: datetime) -> datetime:
        """Return the time of the next post, where it comes earlier; it may be under way already."""
        owner = await self._community.actor(self._community.config.community.owners[0])
        calendar = await self._community.resources.planning.calendar(owner, weeks=2)
        now = self._clock.now()
        return min([stop, *(one.at for one in calendar.planned if one.at > now)])

    async def settle(self) -> None:
        """Let what was just done have all that follows from it."""
        await self.rest()
        await self._tick(_MINUTELY)
        await self.rest()

    async def _rested(self, patience: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while await self._is_busy():
            if loop.time() > end:
                raise StillBusy("the bot did not come to rest")
            await asyncio.sleep(_LOOK_AGAIN)

    async def _is_busy(self) -> bool:
        if self._mailbox.pending:
            return True
        updates = await self._community.inbox.counts()
        if updates.get(UpdateState.PENDING):
            return True
        letters = await self._community.outbox.counts()
        return bool(letters.get(DeliveryState.SENDING)) or await self._community.outbox.has_due()
