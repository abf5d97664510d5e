"""What goes out when: the next times of a schedule, the calendar of the weeks, what meets."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.people.roles import Actor, Role
from community_bot.resources import post_queries, run_queries
from community_bot.resources.facts import Calendar, Planned, Post
from community_bot.resources.rules import PostState
from community_bot.resources.schedule_rules import Schedule, Workday, moment_of, occurrences
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage

MOST_WEEKS = 26
CLASH = timedelta(minutes=30)
_WEEK = timedelta(days=7)


class Planning:
    """Looks ahead; nothing here changes anything."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        self._storage = storage
        self._around = around

    async def next_times(
        self, session: AsyncSession, schedule: Schedule | None, *, most: int
    ) -> tuple[datetime, ...]:
        """Return the next times of a schedule; none without one, or when it is over."""
        if schedule is None:
            return ()
        found = occurrences(
            schedule,
            after=self._around.clock.now(),
            is_workday=await self._around.workdays(session),
        )
        return tuple(islice(found, most))

    async def calendar(
        self, actor: Actor, *, weeks: int = 4, from_: date | None = None
    ) -> Calendar:
        """Return what goes out from the Monday of a day on, in the community's own zone."""
        actor.require(Role.ADMIN)
        weeks = max(1, min(weeks, MOST_WEEKS))
        now = self._around.clock.now()
        day = from_ or now.astimezone(self._around.zone).date()
        monday = day - timedelta(days=day.weekday())
        end = moment_of(monday + weeks * _WEEK, datetime.min.time(), self._around.zone)
        begin = moment_of(monday, datetime.min.time(), self._around.zone)
        async with self._storage.read() as session:
            planned = await self._between(session, begin, end)
        return Calendar(
            from_=monday,
            weeks=weeks,
            planned=tuple(planned),
            clashes=tuple(_clashes(planned)),
            empty=tuple(_empty(planned, monday, weeks, self._around.zone)),
        )

    async def near(
        self,
        session: AsyncSession,
        post: Post,
        times: Sequence[datetime],
        *,
        within: timedelta,
    ) -> tuple[Planned, ...]:
        """Return what else reaches people in private close to these times."""
        if post.composed.audience is None or not times:
            return ()
        planned = await self._between(session, times[0] - within, times[-1] + within)
        return tuple(
            one
            for one in planned
            if one.is_private
            and one.post_id not in (post.post_id, post.replaces)
            and any(abs(one.at - at) < within for at in times)
        )

    async def _between(
        self, session: AsyncSession, begin: datetime, end: datetime
    ) -> list[Planned]:
        is_workday = await self._around.workdays(session)
        planned = await run_queries.planned(session, begin=begin, end=end)
        for post in await post_queries.in_states(session, (PostState.SCHEDULED,)):
            planned += _ahead(post, begin, end, is_workday)
        return sorted(planned, key=lambda one: (one.at, one.post_id))


def _ahead(post: Post, begin: datetime, end: datetime, is_workday: Workday) -> Iterator[Planned]:
    """Yield the times that have no run yet."""
    if post.next_at is None:
        return
    times = [post.next_at]
    if post.composed.schedule is not None:
        times += _until(
            end, occurrences(post.composed.schedule, after=post.next_at, is_workday=is_workday)
        )
    for at in times:
        if begin <= at < end:
            yield Planned(
                post.post_id, post.title, at, post.composed.audience is not None, is_exact=False
            )


def _until(end: datetime, moments: Iterator[datetime]) -> Iterator[datetime]:
    for moment in moments:
        if moment >= end:
            return
        yield moment


def _clashes(planned: Sequence[Planned]) -> Iterator[tuple[Planned, Planned]]:
    """Yield neighbours that ring at the same people within half an hour."""
    private = [one for one in planned if one.is_private]
    for first, second in pairwise(private):
        if second.at - first.at < CLASH:
            yield first, second


def _empty(planned: Sequence[Planned], monday: date, weeks: int, zone: ZoneInfo) -> Iterator[date]:
    """Yield the Mondays of weeks in which nothing goes out."""
    days = {one.at.astimezone(zone).date() for one in planned}
    for number in range(weeks):
        first = monday + number * _WEEK
        if not any(first <= day < first + _WEEK for day in days):
            yield first
