"""Business time: golden vectors, clock changes, and a comparison with counting by the minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from community_bot.business_time import holidays
from community_bot.business_time.rules import CLOSED, Calendar, Hours, composed

SHANGHAI, LOS_ANGELES = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
OFFICE: Hours = ((570, 720), (810, 1110))  # 09:30-12:00 and 13:30-18:30
AROUND_THE_CLOCK: Hours = ((0, 1440),)
WORK_WEEK = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED)
ALWAYS = (AROUND_THE_CLOCK,) * 7
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(scope="module")
def china() -> Calendar:
    public = holidays.china()
    return composed(
        SHANGHAI,
        WORK_WEEK,
        usual=OFFICE,
        closed=public.closed,
        made_up=public.made_up,
        known_until=public.known_until,
    )


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-02-13 18:00", "2026-02-14 14:30"),  # Saturday is a make-up workday
        ("2026-02-14 10:00", "2026-02-14 15:30"),  # lunch is left out
        ("2026-09-30 17:30", "2026-10-08 14:00"),  # the week of the National Day
        ("2026-10-10 09:00", "2026-10-10 15:00"),  # a make-up workday, before it opens
        ("2026-03-06 12:30", "2026-03-06 17:30"),  # asked at lunch
        ("2026-03-02 09:30", "2026-03-02 15:00"),
        ("2026-03-06 18:30", "2026-03-09 15:00"),  # asked at the very end of a Friday
    ],
)
def test_four_working_hours_end_when_people_expect(china: Calendar, start: str, due: str) -> None:
    assert china.add(at(start), 4 * HOUR) == at(due)
    assert china.between(at(start), at(due)) == 4 * HOUR


def test_every_holiday_and_make_up_day_of_the_year_is_known(china: Calendar) -> None:
    weekdays = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    unlike = [day for day in weekdays if bool(china.hours_of(day)) != (day.weekday() < 5)]

    assert len(unlike) == 25
    assert {day for day in unlike if day.weekday() >= 5} == {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }


def test_years_that_are_not_announced_have_their_weekdays(china: Calendar) -> None:
    assert china.covers(2026)
    assert not china.covers(2027)
    assert china.is_open(at("2027-10-01 10:00"))  # a Friday
    assert not china.is_open(at("2027-10-02 10:00"))
    assert Calendar(SHANGHAI, WORK_WEEK).covers(2100)


def test_what_ends_at_closing_time_is_due_then_and_not_the_next_morning(china: Calendar) -> None:
    assert china.add(at("2026-03-02 09:30"), 2.5 * HOUR) == at("2026-03-02 12:00")
    assert china.add(at("2026-03-02 13:30"), 5 * HOUR) == at("2026-03-02 18:30")


def test_a_calendar_says_when_it_opens_next(china: Calendar) -> None:
    assert china.next_opening(at("2026-03-02 10:00")) == at("2026-03-02 10:00")
    assert china.next_opening(at("2026-03-02 12:00")) == at("2026-03-02 13:30")
    assert china.next_opening(at("2026-09-30 18:30")) == at("2026-10-08 09:30")
    assert china.is_open(at("2026-03-02 09:30"))
    assert not china.is_open(at("2026-03-02 12:00"))


def test_around_the_clock_nothing_is_lost_at_midnight() -> None:
    calendar = Calendar(SHANGHAI, ALWAYS)
    start = at("2026-03-06 22:13")

    assert calendar.add(start, 30 * HOUR) == start + 30 * HOUR
    assert calendar.between(start, start + 1000 * HOUR) == 1000 * HOUR


def test_seconds_are_counted() -> None:
    calendar = Calendar(SHANGHAI, WORK_WEEK)
    start = at("2026-03-02 11:59:59.5")

    assert calendar.add(start, timedelta(seconds=1)) == at("2026-03-02 13:30:00.5")
    assert calendar.between(start, at("2026-03-02 13:30:00.5")) == timedelta(seconds=1)


def test_counting_back_is_negative(china: Calendar) -> None:
    assert china.between(at("2026-03-02 18:00"), at("2026-03-02 11:00")) == -5.5 * HOUR
    with pytest.raises(ValueError, match="forward"):
        china.add(at("2026-03-02 18:00"), -HOUR)


def test_a_calendar_that_never_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="open"):
        Calendar(SHANGHAI, (CLOSED,) * 7)


@pytest.mark.parametrize(
    ("hours", "day", "open_for"),
    [
        (AROUND_THE_CLOCK, "2026-03-08", 23 * HOUR),  # the clock goes from 02:00 to 03:00
        (AROUND_THE_CLOCK, "2026-11-01", 25 * HOUR),  # and from 02:00 back to 01:00
        (((60, 150),), "2026-03-08", HOUR),  # 01:00-02:30, of which half an hour never comes
        (((120, 180),), "2026-03-08", timedelta()),  # 02:00-03:00 never comes
        (((60, 120),), "2026-11-01", 2 * HOUR),  # 01:00-02:00 comes twice
        (((540, 1020),), "2026-03-08", 8 * HOUR),
        (((540, 1020),), "2026-11-01", 8 * HOUR),
    ],
)
def test_a_change_of_the_clock_is_counted_as_the_wall_shows_it(
    hours: Hours, day: str, open_for: timedelta
) -> None:
    calendar = Calendar(LOS_ANGELES, (hours,) * 7)
    start = at(day, LOS_ANGELES)

    assert calendar.between(start, start + timedelta(days=1)) == open_for


def test_working_hours_go_on_over_a_change_of_the_clock() -> None:
    calendar = Calendar(LOS_ANGELES, ALWAYS)

    assert calendar.add(at("2026-03-08 01:30", LOS_ANGELES), HOUR) == at(
        "2026-03-08 03:30", LOS_ANGELES
    )
    assert calendar.add(at("2026-11-01 00:30", LOS_ANGELES), 2 * HOUR) == at(
        "2026-11-01 01:30", LOS_ANGELES
    ).replace(fold=1).astimezone(UTC)


ZONES = ["Asia/Shanghai", "America/Los_Angeles", "Africa/Cairo", "Australia/Lord_Howe", "UTC"]
FIRST = {
    zone: datetime(2026, month, day, tzinfo=UTC)
    for zone, month, day in zip(ZONES, (2, 3, 4, 4, 5), (12, 6, 22, 3, 1), strict=True)
}
DAYS = 7


def _joined(edges: list[int]) -> Hours:
    ordered = sorted(edges)
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


some_hours = st.lists(st.integers(0, 1440), max_size=6, unique=True).map(_joined)
calendars = st.builds(
    lambda zone, week, dates: Calendar(ZoneInfo(zone), (*week, OFFICE), dates),
    st.sampled_from(ZONES),
    st.tuples(*[some_hours] * 6),
    st.dictionaries(st.dates(date(2026, 2, 10), date(2026, 5, 10)), some_hours, max_size=9),
)


def open_minutes(calendar: Calendar, start: datetime) -> list[datetime]:
    """Ask the clock on the wall of every minute of some days: the slow and certain way."""
    found = []
    for number in range(DAYS * 1440):
        moment = start + number * MINUTE
        local = moment.astimezone(calendar.zone)
        minute = local.hour * 60 + local.minute
        day = calendar.dates.get(local.date(), calendar.week[local.weekday()])
        if any(first <= minute < last for first, last in day):
            found.append(moment)
    return found


@settings(max_examples=60, deadline=None)
@given(calendars, st.integers(0, DAYS * 1440), st.integers(0, DAYS * 1440))
@example(Calendar(LOS_ANGELES, (((60, 150),),) * 7), 0, 3000)
def test_it_counts_as_somebody_counts_minute_by_minute(
    calendar: Calendar, one: int, other: int
) -> None:
    first = FIRST[calendar.zone.key]
    begin, end = sorted((one, other))
    counted = open_minutes(calendar, first)

    between = [moment for moment in counted if begin <= (moment - first) // MINUTE < end]

    start = first + begin * MINUTE
    assert calendar.between(start, first + end * MINUTE) == len(between) * MINUTE
    if between:
        assert calendar.next_opening(start) == between[0]
        assert calendar.add(start, len(between) * MINUTE) == between[-1] + MINUTE
        assert calendar.is_open(between[-1])


@settings(max_examples=200)
@given(
    st.lists(st.integers(0, 60 * 24 * 400), min_size=3, max_size=3),
    st.integers(0, 60 * 200),
)
def test_working_time_adds_up(china: Calendar, minutes: list[int], amount: int) -> None:
    a, b, c = (at("2026-01-01 00:00") + number * MINUTE for number in sorted(minutes))
    length = amount * MINUTE

    assert china.between(a, b) + china.between(b, c) == china.between(a, c)
    assert china.between(a, china.add(a, length)) == length
    assert all(
        china.add(earlier, length) <= china.add(later, length)
        for earlier, later in pairwise([a, b, c])
    )


def test_a_day_is_worked_out_once() -> None:
    calendar = Calendar(SHANGHAI, WORK_WEEK)
    start = at("2026-03-06 17:13")
    due = calendar.add(start, 8 * HOUR)
    known = dict(calendar._spans)

    assert calendar.add(start, 8 * HOUR) == due
    assert list(known) == [date(2026, 3, number) for number in range(6, 10)]
    assert all(calendar._spans[day] is spans for day, spans in known.items())
