"""When a post goes out: once, or again and again, in the local time of a zone."""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid

Workday = Callable[[date], bool]
ON_TIME = timedelta(minutes=5)  # later than that a post is late
LONGEST_HOLIDAY = 31  # days in which a workday must come, or the day itself is taken
MOST_EVERY, MOST_TIMES = 366, 1000
MOST_HOURS, MOST_WORKDAYS = 6, 20
LAST = -1
_HORIZON = 3 * 366  # days without an occurrence after which there is none
_DAYS = 7


class Rhythm(StrEnum):
    """How the days are found."""

    ONCE = "once"  # on `starts_on`
    DAYS = "days"  # every so many days from `starts_on` on
    WORKDAYS = "workdays"  # each day on which the calendar says that people work
    WEEKS = "weeks"  # on these weekdays of every so many weeks, counted from that of `starts_on`
    NTH_WEEKDAY = "nth_weekday"  # the first, second ... or last such weekday of the month
    MONTH_DAY = "month_day"  # days of the month; the last where the month has no such day
    MONTH_WORKDAY = "month_workday"  # the first, second ... or last day of the month people work


class OnHoliday(StrEnum):
    """What becomes of a day on which nobody works."""

    SEND = "send"
    SKIP = "skip"
    MOVE = "move"  # to the next workday, at the same time


class Missed(StrEnum):
    """What becomes of a time at which the program did not run."""

    LATE = "late"  # sent late, with a note that says so
    SKIP = "skip"
    ASK = "ask"  # the admin decides


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days and a time of day in a zone; weekdays count from Monday as 0.

    `until` is the last day, counted before a holiday moves it; `times` counts what goes out.
    """

    rhythm: Rhythm
    at: time
    starts_on: date
    zone: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    month_day: int = 0
    also_on: tuple[int, ...] = ()  # more days of the month
    months: tuple[int, ...] = ()  # those in which a day of the month counts; none: all of them
    also_at: tuple[time, ...] = ()  # more times of the day
    until: date | None = None
    times: int | None = None
    on_holiday: OnHoliday = OnHoliday.SEND
    missed: Missed = Missed.LATE


def checked(schedule: Schedule) -> Schedule:
    """Return the schedule if it says something; raises Invalid."""
    sane = {
        Rhythm.ONCE: True,
        Rhythm.WORKDAYS: True,
        Rhythm.DAYS: True,
        Rhythm.WEEKS: bool(schedule.weekdays) and set(schedule.weekdays) <= set(range(_DAYS)),
        Rhythm.NTH_WEEKDAY: schedule.nth in (LAST, 1, 2, 3, 4, 5) and len(schedule.weekdays) == 1,
        Rhythm.MONTH_DAY: {schedule.month_day, *schedule.also_on} <= {LAST, *range(1, 32)},
        Rhythm.MONTH_WORKDAY: schedule.nth == LAST or 1 <= schedule.nth <= MOST_WORKDAYS,
    }
    is_sane = set(schedule.months) <= set(range(1, 13)) and len(schedule.also_at) < MOST_HOURS
    if not is_sane or not sane[schedule.rhythm] or not 1 <= schedule.every <= MOST_EVERY:
        raise Invalid("schedule", "malformed")
    if schedule.times is not None and not 1 <= schedule.times <= MOST_TIMES:
        raise Invalid("schedule", "malformed")
    if schedule.until is not None and schedule.until < schedule.starts_on:
        raise Invalid("schedule", "over")
    return schedule


def occurrences(schedule: Schedule, *, after: datetime, is_workday: Workday) -> Iterator[datetime]:
    """Yield the moments after another, in UTC and in order, each once.

    A local time that the clocks skip is moved forward, one that comes twice counts the first time.
    """
    if schedule.times is None:
        yield from _later(_moments(schedule, is_workday, from_=_reach_back(schedule, after)), after)
    else:
        first = islice(_moments(schedule, is_workday, from_=schedule.starts_on), schedule.times)
        yield from _later(first, after)


def hours_of(schedule: Schedule) -> list[time]:
    """Return the times of a day, the earliest first."""
    return sorted({schedule.at, *schedule.also_at})


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time.

    Read with the offset before a change of the clocks: a time that is skipped comes out as much
    later as was skipped, and of a time that comes twice the first is meant.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def is_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > ON_TIME


def _later(moments: Iterator[datetime], after: datetime) -> Iterator[datetime]:
    return (moment for moment in moments if moment > after)


def _reach_back(schedule: Schedule, after: datetime) -> date:
    """Return a day before which no occurrence can have been moved behind the moment."""
    local = after.astimezone(ZoneInfo(schedule.zone)).date()
    earliest = date.min + timedelta(days=LONGEST_HOLIDAY + 2)
    return max(schedule.starts_on, max(local, earliest) - timedelta(days=LONGEST_HOLIDAY + 2))


def _moments(schedule: Schedule, is_workday: Workday, *, from_: date) -> Iterator[datetime]:
    zone, before = ZoneInfo(schedule.zone), None
    barren_until = max(from_, schedule.starts_on)
    for day in _days(schedule, is_workday, from_):
        moved = _on_holiday(schedule, day, is_workday)
        if moved is None:
            if (day - barren_until).days > _HORIZON + _DAYS * schedule.every:
                return  # each of its days is a holiday: "every Sunday, but no holidays"
            continue
        barren_until = day
        for moment in sorted(moment_of(moved, at, zone) for at in hours_of(schedule)):
            if before is None or moment > before:  # two days may move to the same one
                before = moment
                yield moment


def _on_holiday(schedule: Schedule, day: date, is_workday: Workday) -> date | None:
    if schedule.on_holiday is OnHoliday.SEND or is_workday(day):
        return day
    if schedule.on_holiday is OnHoliday.SKIP:
        return None
    later = (day + timedelta(days=number) for number in range(1, LONGEST_HOLIDAY))
    return next((one for one in later if is_workday(one)), day)


def _days(schedule: Schedule, is_workday: Workday, from_: date) -> Iterator[date]:
    """Yield the days before holidays are looked at."""
    found = _ALL[schedule.rhythm](schedule, is_workday, from_)
    last = schedule.until or date.max
    for day in found:
        if day > last:
            return
        if day >= max(from_, schedule.starts_on):
            yield day


def _once(schedule: Schedule, _: Workday, __: date) -> Iterator[date]:
    yield schedule.starts_on


def _every_days(schedule: Schedule, _: Workday, from_: date) -> Iterator[date]:
    gone = max((from_ - schedule.starts_on).days, 0) // schedule.every
    return _stepping(schedule.starts_on, gone * schedule.every, schedule.every)


def _workdays(_: Schedule, is_workday: Workday, from_: date) -> Iterator[date]:
    barren = 0
    for day in _stepping(from_, 0, 1):
        if is_workday(day):
            barren = 0
            yield day
        elif (barren := barren + 1) > _HORIZON:
            return


def _weeks(schedule: Schedule, _: Workday, from_: date) -> Iterator[date]:
    first = schedule.starts_on - timedelta(days=schedule.starts_on.weekday())
    step = schedule.every * _DAYS
    gone = max((from_ - first).days, 0) // step
    for monday in _stepping(first, gone * step, step):
        for weekday in sorted(set(schedule.weekdays)):
            if (date.max - monday).days >= weekday:
                yield monday + timedelta(days=weekday)


def _nth_weekday(schedule: Schedule, _: Workday, from_: date) -> Iterator[date]:
    for year, month in _months(from_, schedule.months):
        first, length = calendar.monthrange(year, month)
        found = range((schedule.weekdays[0] - first) % _DAYS + 1, length + 1, _DAYS)
        if schedule.nth == LAST:
            yield date(year, month, found[-1])
        elif schedule.nth <= len(found):
            yield date(year, month, found[schedule.nth - 1])


def _month_day(schedule: Schedule, _: Workday, from_: date) -> Iterator[date]:
    for year, month in _months(from_, schedule.months):
        length = calendar.monthrange(year, month)[1]
        wanted = (schedule.month_day, *schedule.also_on)
        for day in sorted({length if one == LAST else min(one, length) for one in wanted}):
            yield date(year, month, day)


def _month_workday(schedule: Schedule, is_workday: Workday, from_: date) -> Iterator[date]:
    barren_until = from_
    for year, month in _months(from_, schedule.months):
        days = (date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1]))
        found = [day for day in days if is_workday(day)]
        if len(found) >= max(schedule.nth, 1):
            barren_until = found[-1]
            yield found[-1] if schedule.nth == LAST else found[schedule.nth - 1]
        elif (date(year, month, 1) - barren_until).days > _HORIZON:
            return


def _stepping(first: date, begin: int, step: int) -> Iterator[date]:
    for days in count(begin, step):
        if days > (date.max - first).days:
            return
        yield first + timedelta(days=days)


def _months(from_: date, only: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    for months in range(from_.year * 12 + from_.month - 1, date.max.year * 12 + 12):
        year, month = months // 12, months % 12 + 1
        if not only or month in only:
            yield year, month


_ALL: dict[Rhythm, Callable[[Schedule, Workday, date], Iterator[date]]] = {
    Rhythm.ONCE: _once,
    Rhythm.DAYS: _every_days,
    Rhythm.WORKDAYS: _workdays,
    Rhythm.WEEKS: _weeks,
    Rhythm.NTH_WEEKDAY: _nth_weekday,
    Rhythm.MONTH_DAY: _month_day,
    Rhythm.MONTH_WORKDAY: _month_workday,
}
