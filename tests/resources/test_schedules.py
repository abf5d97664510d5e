"""Schedules against a plain oracle that looks at every day by itself."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.resources.schedule_rules import (
    LAST,
    OnHoliday,
    Rhythm,
    Schedule,
    checked,
    occurrences,
)

SHANGHAI = "Asia/Shanghai"
ZONES = (
    SHANGHAI,
    "Europe/Berlin",
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "America/Havana",
    "UTC",
)
HOLIDAYS = frozenset(date(year, 10, day) for year in range(2023, 2031) for day in range(1, 8))
FEBRUARY_29 = date(2028, 2, 29)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def always(_: date) -> bool:
    return True


def weeks_between(first: date, day: date) -> int:
    monday = first - timedelta(days=first.weekday())
    return (day - monday).days // 7


def is_nth(nth: int, day: date, length: int) -> bool:
    return day.day + 7 > length if nth == LAST else (day.day - 1) // 7 + 1 == nth


def is_meant(schedule: Schedule, day: date) -> bool:
    """Say of one day, by itself, whether the schedule names it."""
    length = monthrange(day.year, day.month)[1]
    match schedule.rhythm:
        case Rhythm.ONCE:
            return day == schedule.starts_on
        case Rhythm.DAYS:
            return (day - schedule.starts_on).days % schedule.every == 0
        case Rhythm.WORKDAYS:
            return works(day)
        case Rhythm.WEEKS:
            of_week = weeks_between(schedule.starts_on, day) % schedule.every == 0
            return of_week and day.weekday() in schedule.weekdays
        case Rhythm.NTH_WEEKDAY:
            is_it = day.weekday() == schedule.weekdays[0] and is_nth(schedule.nth, day, length)
        case Rhythm.MONTH_DAY:
            wanted = (schedule.month_day, *schedule.also_on)
            is_it = day.day in {length if one == LAST else min(one, length) for one in wanted}
        case Rhythm.MONTH_WORKDAY:
            until = range(1, day.day + 1) if schedule.nth > 0 else range(day.day, length + 1)
            counted = sum(works(day.replace(day=one)) for one in until)
            is_it = works(day) and counted == abs(schedule.nth)
    return is_it and (not schedule.months or day.month in schedule.months)


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time minute by minute: the first that shows it, or later."""
    wanted = datetime.combine(day, at)
    moment = datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(zone).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=15)
    before = (moment - timedelta(minutes=15)).astimezone(zone).utcoffset() or timedelta()
    shown = moment.astimezone(zone).replace(tzinfo=None)
    # Where the clocks jumped over it, it is as much later as they jumped.
    return moment if shown == wanted else wanted.replace(tzinfo=UTC) - before


def oracle(schedule: Schedule, until: date) -> Iterator[datetime]:
    zone = ZoneInfo(schedule.zone)
    seen: set[datetime] = set()
    day = schedule.starts_on
    while day <= min(until, schedule.until or until):
        if is_meant(schedule, day):
            moved: date | None = day
            if not works(day) and schedule.on_holiday is OnHoliday.SKIP:
                moved = None
            while moved and not works(moved) and schedule.on_holiday is OnHoliday.MOVE:
                moved += timedelta(days=1)
            if moved is not None:
                hours = {wall(moved, at, zone) for at in (schedule.at, *schedule.also_at)}
                yield from sorted(hours - seen)
                seen |= hours
        day += timedelta(days=1)


def days(
    first: date = date(2023, 12, 1), last: date = date(2028, 12, 31)
) -> st.SearchStrategy[date]:
    return st.dates(first, last)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    starts_on = draw(days())
    until = draw(st.none() | st.integers(0, 300))
    return Schedule(
        rhythm=draw(st.sampled_from(Rhythm)),
        at=time(draw(st.integers(0, 23)), draw(st.sampled_from((0, 15, 30, 45)))),
        starts_on=starts_on,
        zone=draw(st.sampled_from(ZONES)),
        every=draw(st.integers(1, 5)),
        weekdays=(draw(st.integers(0, 6)),),
        nth=draw(st.sampled_from((LAST, 1, 2, 3, 4, 5))),
        month_day=draw(st.sampled_from((LAST, 1, 15, 28, 29, 30, 31))),
        also_on=draw(st.sampled_from(((), (), (15,), (LAST, 31)))),
        months=draw(st.sampled_from(((), (), (2,), (3, 6, 9, 12)))),
        also_at=draw(st.sampled_from(((), (), (time(2, 30), time(18))))),
        until=None if until is None else starts_on + timedelta(days=until),
        times=draw(st.none() | st.integers(1, 12)),
        on_holiday=draw(st.sampled_from(OnHoliday)),
    )


@given(schedules(), st.integers(-5, 400))
def test_a_schedule_names_the_moments_that_a_look_at_every_day_finds(
    schedule: Schedule, later: int
) -> None:
    after = datetime.combine(schedule.starts_on, time(), tzinfo=UTC) + timedelta(days=later)
    end = schedule.starts_on + timedelta(days=later + 150)

    found = list(islice(occurrences(schedule, after=after, is_workday=works), 12))

    expected = list(islice(oracle(checked(schedule), end), schedule.times))
    wanted = [moment for moment in expected if moment > after][:12]
    horizon = datetime.combine(end, time(), tzinfo=UTC) - timedelta(days=20)
    assert [one for one in found if one < horizon] == [one for one in wanted if one < horizon]


@given(st.sampled_from(ZONES), days(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 95))
def test_every_local_day_comes_once_whatever_the_clocks_do(
    zone: str, first: date, quarter: int
) -> None:
    schedule = Schedule(Rhythm.DAYS, time(quarter // 4, quarter % 4 * 15), first, zone)
    before = datetime.combine(first, time(), tzinfo=ZoneInfo(zone)) - timedelta(seconds=1)

    found = list(islice(occurrences(schedule, after=before, is_workday=always), 380))

    local = [one.astimezone(ZoneInfo(zone)).date() for one in found]
    assert found == sorted(set(found))
    assert all(later - day <= timedelta(days=2) for day, later in pairwise(local))
    assert len(set(local)) >= 378


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 3, 29), "03:30+02:00"),  # half past two does not exist in Berlin
        (date(2026, 10, 25), "02:30+02:00"),  # it comes twice, and the first counts
    ],
)
def test_a_time_that_does_not_exist_is_later_and_one_that_comes_twice_is_once(
    day: date, shown: str
) -> None:
    schedule = Schedule(Rhythm.DAYS, time(2, 30), day, "Europe/Berlin", times=2)

    found = list(occurrences(schedule, after=datetime(2026, 1, 1, tzinfo=UTC), is_workday=always))

    assert (
        found[0].astimezone(ZoneInfo("Europe/Berlin")).isoformat()[11:16]
        + (found[0].astimezone(ZoneInfo("Europe/Berlin")).isoformat()[-6:])
        == shown
    )
    assert len(found) == 2


def test_the_twenty_ninth_of_february_is_the_last_day_of_other_years() -> None:
    schedule = Schedule(Rhythm.MONTH_DAY, time(9), date(2027, 2, 1), SHANGHAI, month_day=29)

    found = islice(
        occurrences(schedule, after=datetime(2027, 1, 31, tzinfo=UTC), is_workday=always), 14
    )

    local = [one.astimezone(ZoneInfo(SHANGHAI)).date() for one in found]
    assert (local[0], local[12]) == (date(2027, 2, 28), FEBRUARY_29)


def test_a_day_that_moves_behind_a_holiday_meets_the_next_one_once() -> None:
    schedule = Schedule(
        Rhythm.DAYS, time(9), date(2026, 9, 30), SHANGHAI, on_holiday=OnHoliday.MOVE
    )

    found = islice(
        occurrences(schedule, after=datetime(2026, 9, 29, tzinfo=UTC), is_workday=works), 3
    )

    local = [one.astimezone(ZoneInfo(SHANGHAI)).date() for one in found]
    assert local == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)]


def test_a_schedule_that_is_over_has_no_next_time() -> None:
    schedule = Schedule(Rhythm.ONCE, time(9), date(2026, 3, 2), SHANGHAI)

    after = datetime(2026, 3, 3, tzinfo=UTC)
    assert list(occurrences(schedule, after=after, is_workday=always)) == []


def test_a_schedule_whose_days_are_all_holidays_comes_to_an_end() -> None:
    sundays = Schedule(
        Rhythm.WEEKS,
        time(9),
        date(2026, 3, 2),
        SHANGHAI,
        weekdays=(6,),
        on_holiday=OnHoliday.SKIP,
    )

    after = datetime(2026, 3, 3, tzinfo=UTC)
    assert list(occurrences(sundays, after=after, is_workday=works)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"rhythm": Rhythm.WEEKS, "weekdays": ()},
        {"rhythm": Rhythm.NTH_WEEKDAY, "nth": 6},
        {"rhythm": Rhythm.MONTH_DAY, "month_day": 32},
        {"rhythm": Rhythm.MONTH_DAY, "month_day": 1, "also_on": (0,)},
        {"rhythm": Rhythm.MONTH_DAY, "month_day": 1, "months": (13,)},
        {"rhythm": Rhythm.MONTH_WORKDAY, "nth": 0},
        {"also_at": tuple(time(hour) for hour in range(10, 20))},
        {"rhythm": Rhythm.DAYS, "every": 0},
        {"times": 0},
        {"until": date(2026, 3, 1)},
    ],
)
def test_a_schedule_that_says_nothing_is_refused(wrong: dict[str, object]) -> None:
    sane = Schedule(Rhythm.DAYS, time(9), date(2026, 3, 2), SHANGHAI, weekdays=(0,))

    with pytest.raises(Invalid):
        checked(replace(sane, **wrong))  # type: ignore[arg-type]
