"""Schedules as admins type them."""

import contextlib
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.resources.phrase_rules import parse
from community_bot.resources.schedule_rules import LAST, OnHoliday, Rhythm, Schedule

SHANGHAI = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo(SHANGHAI))  # a Monday
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def meant(at: time, starts_on: date, **more: object) -> Schedule:
    rhythm = more.pop("rhythm", Rhythm.ONCE)
    return Schedule(rhythm, at, starts_on, SHANGHAI, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("每个工作日 09:30", meant(time(9, 30), TOMORROW, rhythm=Rhythm.WORKDAYS)),
        (
            "every weekday 09:30",
            meant(time(9, 30), TOMORROW, rhythm=Rhythm.WEEKS, weekdays=(0, 1, 2, 3, 4)),
        ),
        (
            "每月第一个周一 10:00",
            meant(time(10), TOMORROW, rhythm=Rhythm.NTH_WEEKDAY, nth=1, weekdays=(0,)),
        ),
        (
            "first Monday of the month 10:00",
            meant(time(10), TOMORROW, rhythm=Rhythm.NTH_WEEKDAY, nth=1, weekdays=(0,)),
        ),
        (
            "每月最后一个周五 晚上8点",
            meant(time(20), TODAY, rhythm=Rhythm.NTH_WEEKDAY, nth=LAST, weekdays=(4,)),
        ),
        (
            "每两周 周三 20:00 直到 2027-01-01",
            meant(
                time(20),
                TODAY,
                rhythm=Rhythm.WEEKS,
                every=2,
                weekdays=(2,),
                until=date(2027, 1, 1),
            ),
        ),
        (
            "every 2 weeks on wed 20:00 until 2027-01-01",
            meant(
                time(20),
                TODAY,
                rhythm=Rhythm.WEEKS,
                every=2,
                weekdays=(2,),
                until=date(2027, 1, 1),
            ),
        ),
        (
            "every other friday at 8pm, 10 times",
            meant(time(20), TODAY, rhythm=Rhythm.WEEKS, every=2, weekdays=(4,), times=10),
        ),
        (
            "每周一、三、五 14:00 共 12 次",
            meant(time(14), TODAY, rhythm=Rhythm.WEEKS, weekdays=(0, 2, 4), times=12),
        ),
        ("隔周三 20:00", meant(time(20), TODAY, rhythm=Rhythm.WEEKS, every=2, weekdays=(2,))),
        ("每天 20：00", meant(time(20), TODAY, rhythm=Rhythm.DAYS)),
        ("每三天 9点半", meant(time(9, 30), TOMORROW, rhythm=Rhythm.DAYS, every=3)),
        ("every 3 days 9am", meant(time(9), TOMORROW, rhythm=Rhythm.DAYS, every=3)),
        (
            "每月15号 10:00 遇节假日顺延",
            meant(
                time(10),
                TOMORROW,
                rhythm=Rhythm.MONTH_DAY,
                month_day=15,
                on_holiday=OnHoliday.MOVE,
            ),
        ),
        (
            "last day of the month 18:00 skip holidays",
            meant(
                time(18),
                TODAY,
                rhythm=Rhythm.MONTH_DAY,
                month_day=LAST,
                on_holiday=OnHoliday.SKIP,
            ),
        ),
        ("明天 20:00", meant(time(20), TOMORROW)),
        ("tomorrow 20:00", meant(time(20), TOMORROW)),
        ("20:00", meant(time(20), TODAY)),
        ("9:00", meant(time(9), TOMORROW)),
        ("2026-12-01 09:30", meant(time(9, 30), date(2026, 12, 1))),
        ("12月1日 下午3点", meant(time(15), date(2026, 12, 1))),
        ("周五 晚上八点", meant(time(20), date(2026, 11, 27))),
        ("friday 20:00", meant(time(20), date(2026, 11, 27))),
    ],
)
def test_a_schedule_is_read_as_people_type_it(typed: str, expected: Schedule) -> None:
    assert parse(typed, now=NOW, zone=SHANGHAI) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("every weekday", "no_time"),
        ("每天 25:00", "no_time"),
        ("whenever 09:30", "not_understood"),
        ("每天 20:00 除了下雨", "not_understood"),
        ("2026-13-01 09:30", "no_such_day"),
        ("每天 09:00 直到 2020-01-01", "over"),
        ("每天 20:00 " + "x" * 300, "not_understood"),
    ],
)
def test_what_is_not_understood_to_the_last_word_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(typed, now=NOW, zone=SHANGHAI)

    assert refused.value.reason == reason


@given(
    st.text(
        alphabet="每月周第一二三最后工作日天个隔 0123456789:年号点半晚上until every week",
        max_size=30,
    )
)
def test_nothing_that_is_typed_is_an_error_of_ours(typed: str) -> None:
    with contextlib.suppress(Invalid):
        parse(typed, now=NOW, zone=SHANGHAI)
