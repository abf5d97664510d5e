"""Business time as arithmetic: the working hours of a zone, day by day, and moments among them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEKDAYS = 7
MINUTES_OF_A_DAY = 1440

# From and until, in minutes since midnight as the clock on the wall shows them; 1440 is 24:00.
Hours: TypeAlias = tuple[tuple[int, int], ...]
Week: TypeAlias = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]  # Monday first
Span: TypeAlias = tuple[datetime, datetime]  # in UTC

CLOSED: Hours = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours that count: a week, and the dates that are unlike their weekday.

    A moment counts when the clock on the wall in this zone shows a time within the hours of its
    date. So an hour that a change of the clock leaves out counts for nothing, and one that comes
    twice counts twice. Moments are aware and come back in UTC.
    """

    zone: ZoneInfo
    week: Week
    dates: Mapping[date, Hours] = field(default_factory=dict)
    known_until: int | None = None  # the last year whose holidays are known; None needs none
    _spans: dict[date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if len(self.week) != WEEKDAYS or not any(self.week):
            raise ValueError("a calendar has seven days, and is open on one of them at least")

    def hours_of(self, day: date) -> Hours:
        """Return the hours of a date; none where it is closed."""
        hours = self.dates.get(day)
        return self.week[day.weekday()] if hours is None else hours

    def covers(self, year: int) -> bool:
        """Say whether the holidays of a year are known; later years have their weekdays alone."""
        return self.known_until is None or year <= self.known_until

    def is_open(self, at: datetime) -> bool:
        return any(opens <= at < closes for opens, closes in self._spans_of(self._date(at)))

    def next_opening(self, at: datetime) -> datetime:
        """Return the first moment from this one on that counts: this one itself where it does."""
        return self.add(at, timedelta())

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """Return when so much business time has passed since a moment."""
        if amount < timedelta():
            raise ValueError("business time is counted forward")
        left = amount
        for opens, closes in self._spans_after(start):
            begin = max(opens, start)
            if closes - begin >= left:
                return (begin + left).astimezone(UTC)
            left -= closes - begin
        raise OverflowError("no date is left")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the business time from one moment to another; negative where the other is first.

        It is exact: nothing is rounded to minutes.
        """
        if end < start:
            return -self.between(end, start)
        total = timedelta()
        for opens, closes in self._spans_after(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
        return total

    def _spans_after(self, start: datetime) -> Iterator[Span]:
        """Return every span that ends after a moment, in order, for as long as there are dates."""
        day = self._date(start)
        while day < date.max - DAY:
            for span in self._spans_of(day):
                if span[1] > start:
                    yield span
            day += DAY

    def _date(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _spans_of(self, day: date) -> tuple[Span, ...]:
        known = self._spans.get(day)
        if known is None:
            known = self._spans[day] = tuple(spans_of(day, self.hours_of(day), self.zone))
        return known


def around_the_clock(zone: ZoneInfo) -> Calendar:
    """Return the calendar in which every hour counts."""
    day: Hours = ((0, MINUTES_OF_A_DAY),)
    return Calendar(zone, (day, day, day, day, day, day, day))


def composed(
    zone: ZoneInfo,
    week: Week,
    *,
    usual: Hours = CLOSED,
    closed: Iterable[date] = (),
    made_up: Iterable[date] = (),
    exceptions: Mapping[date, Hours] | None = None,
    known_until: int | None = None,
) -> Calendar:
    """Lay holidays over the week, days made up for over them, and what an admin set over all.

    A day made up for has the usual hours, where its weekday has none of its own.
    """
    dates = dict.fromkeys(closed, CLOSED)
    dates |= {day: week[day.weekday()] or usual for day in made_up}
    return Calendar(zone, week, dates | dict(exceptions or {}), known_until)


def spans_of(day: date, hours: Hours, zone: ZoneInfo) -> Iterator[Span]:
    """Return when the clock on the wall shows these hours of a date, in UTC and in order."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for begin, end, offset in _stretches(day, zone):
        for opens, closes in hours:
            first = max(midnight + timedelta(minutes=opens) - offset, begin)
            last = min(midnight + timedelta(minutes=closes) - offset, end)
            if first < last:
                yield first, last


def _stretches(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """Return a date as stretches of one offset each: two on a day on which the clock changes."""
    begin, end = _midnight(day, zone), _midnight(day + DAY, zone)
    before, after = _offset(begin, zone), _offset(end - timedelta.resolution, zone)
    if before == after:
        return [(begin, end, before)]
    change = _change(begin, end, zone)
    return [(begin, change, before), (change, end, after)]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _change(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """Return the second from which on another offset holds; it lies behind begin and before end."""
    before = _offset(begin, zone)
    early, late = 0, int((end - begin).total_seconds())
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(begin + timedelta(seconds=middle), zone) == before:
            early = middle
        else:
            late = middle
    return begin + timedelta(seconds=late)
