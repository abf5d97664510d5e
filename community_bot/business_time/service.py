"""The community's calendar: loading it, setting dates apart, and looking ahead to next year."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.business_time import holidays, queries
from community_bot.business_time.facts import Day, Month, Origin
from community_bot.business_time.notices import HolidaysUnknown
from community_bot.business_time.rows import CalendarExceptionRow
from community_bot.business_time.rules import CLOSED, Calendar, Hours, Week, composed
from community_bot.clock import Clock
from community_bot.config.hours import intervals
from community_bot.config.sections import CalendarSection, Weekday
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage

FARTHEST = timedelta(days=800)
MOST_OF_A_NOTE = 128
ANNOUNCED = 11  # the month in which the state council announces the holidays of the next year
ENOUGH = 7  # dates entered by hand: a year has more holidays than that
NOBODY = holidays.Holidays(frozenset(), frozenset(), 0)
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class BusinessTime:
    """The hours that count, as the configuration and the admins have set them."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        section: CalendarSection,
        zone: ZoneInfo,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._zone = zone
        self._usual = intervals(section.hours)
        self._week = _week(section)
        self._is_chinese = section.holidays == "china"
        self._public = holidays.china() if self._is_chinese else NOBODY
        self._current = self._composed({})
        self._set: dict[date, Hours] = {}

    async def calendar(self) -> Calendar:
        """Return the calendar as it is now."""
        async with self._storage.read() as session:
            return await self.calendar_in(session)

    async def calendar_in(self, session: AsyncSession) -> Calendar:
        """Return the same inside a unit of work.

        The object stays the same for as long as nobody sets a date, here or in another process:
        what it has reckoned once it knows.
        """
        found = {row.day: intervals(row.hours) for row in await queries.exceptions(session)}
        if found != self._set:
            self._current, self._set = self._composed(found), found
        return self._current

    async def close(self, actor: Actor, *, day: date, note: str = "") -> None:
        """Let a date count for nothing; promises that were made already stay as they were told."""
        await self._save(actor, day, [], note)

    async def open(self, actor: Actor, *, day: date, hours: str, note: str = "") -> None:
        """Give a date hours of its own, written like "09:30-12:00, 13:30-16:00"."""
        written = [
            part for part in hours.replace("，", ",").replace("、", ",").split(",") if part.strip()
        ]
        if not written:
            raise Invalid("hours", "form", given=hours)
        await self._save(actor, day, written, note)

    async def restore(self, actor: Actor, *, day: date) -> None:
        """Let a date be again what its weekday and the holidays make it."""
        actor.require(Role.ADMIN)
        self._check(day)
        async with self._storage.work(actor.cause) as unit:
            before = await queries.exception(unit.session, day)
            if before is None or not await queries.remove(unit.session, day):
                raise NotFound("calendar_day", day.isoformat())
            await journal.record(
                unit,
                at=self._clock.now(),
                actor_id=actor.member_id,
                action="restore_day",
                subject="calendar",
                subject_key=day.isoformat(),
                before={"hours": before.hours, "note": before.note},
            )
            await unit.commit()

    async def month(self, *, year: int, month: int) -> Month:
        """Return a month day by day, with why each day is as it is."""
        async with self._storage.read() as session:
            rows = {row.day: row for row in await queries.exceptions(session)}
            calendar = await self.calendar_in(session)
        last = monthrange(year, month)[1]
        days = (date(year, month, number) for number in range(1, last + 1))
        return Month(
            tuple(self._day(calendar, day, rows.get(day)) for day in days), calendar.covers(year)
        )

    async def warn_ahead(self, now: datetime) -> list[int]:
        """Tell the owners once a month of a year whose holidays are unknown; return these years.

        The next year is looked at from November on.
        """
        today = now.astimezone(self._zone).date()
        years = [today.year, today.year + 1] if today.month >= ANNOUNCED else [today.year]
        async with self._storage.work() as unit:
            calendar = await self.calendar_in(unit.session)
            missing = [year for year in years if not calendar.covers(year)]
            entered = {year: sum(day.year == year for day in self._set) for year in missing}
            unknown = [year for year in missing if entered[year] < ENOUGH]
            await self._outbox.put(
                unit,
                *(
                    Promise(
                        HolidaysUnknown(year, entered[year]),
                        chat_id=owner,
                        member_id=owner,
                        once_key=f"holidays:{year}:{today:%Y-%m}:{owner}",
                    )
                    for year in unknown
                    for owner in sorted(self._people.owners)
                ),
            )
            await unit.commit()
        return unknown

    async def _save(self, actor: Actor, day: date, hours: list[str], note: str) -> None:
        actor.require(Role.ADMIN)
        self._check(day)
        intervals(hours)
        said = " ".join(note.split())[:MOST_OF_A_NOTE]
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            before = await queries.exception(unit.session, day)
            was = None if before is None else {"hours": before.hours, "note": before.note}
            await queries.save(
                unit.session, day, hours=hours, note=said, by=actor.member_id, now=now
            )
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="set_day",
                subject="calendar",
                subject_key=day.isoformat(),
                before=was,
                after={"hours": hours, "note": said},
            )
            await unit.commit()

    def _check(self, day: date) -> None:
        """Refuse the past, which stands in the figures, and what can only be a slip of the year."""
        today = self._clock.now().astimezone(self._zone).date()
        if day < today:
            raise Invalid("calendar_day", "past")
        if day > today + FARTHEST:
            raise Invalid("calendar_day", "far")

    def _composed(self, exceptions: dict[date, Hours]) -> Calendar:
        return composed(
            self._zone,
            self._week,
            usual=self._usual,
            closed=self._public.closed,
            made_up=self._public.made_up,
            exceptions=exceptions,
            known_until=self._public.known_until if self._is_chinese else None,
        )

    def _day(self, calendar: Calendar, day: date, row: CalendarExceptionRow | None) -> Day:
        hours = calendar.hours_of(day)
        if row is not None:
            return Day(day, hours, Origin.SET, row.note)
        if day in self._public.closed:
            return Day(day, hours, Origin.HOLIDAY)
        return Day(day, hours, Origin.MADE_UP if day in self._public.made_up else Origin.WEEKDAY)


def _week(section: CalendarSection) -> Week:
    """Return the hours of each weekday, Monday first."""
    usual = intervals(section.hours)

    def on(weekday: Weekday) -> Hours:
        if weekday in section.other_hours:
            return intervals(section.other_hours[weekday])
        return usual if weekday in section.weekdays else CLOSED

    mon, tue, wed, thu, fri, sat, sun = (on(weekday) for weekday in WEEKDAYS)
    return mon, tue, wed, thu, fri, sat, sun
