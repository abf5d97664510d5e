"""Schedules as admins type them."""

import contextlib
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.resources.phrase_rules import lacks_hour, parse
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
        ("工作日早上九点", meant(time(9), TOMORROW, rhythm=Rhythm.WORKDAYS)),
        ("每個工作日 9點半", meant(time(9, 30), TOMORROW, rhythm=Rhythm.WORKDAYS)),
        (
            "周一至周五 18:30",
            meant(time(18, 30), TODAY, rhythm=Rhythm.WEEKS, weekdays=(0, 1, 2, 3, 4)),
        ),
        ("每周一三五 20:00", meant(time(20), TODAY, rhythm=Rhythm.WEEKS, weekdays=(0, 2, 4))),
        ("每周２、４ 20:00", meant(time(20), TODAY, rhythm=Rhythm.WEEKS, weekdays=(1, 3))),
        ("每周二十点", meant(time(10), TOMORROW, rhythm=Rhythm.WEEKS, weekdays=(1,))),
        ("Mondays at 9:00", meant(time(9), TOMORROW, rhythm=Rhythm.WEEKS, weekdays=(0,))),
        (
            "every mon/wed/fri 8pm",
            meant(time(20), TODAY, rhythm=Rhythm.WEEKS, weekdays=(0, 2, 4)),
        ),
        (
            "every second Monday 20:00",
            meant(time(20), TODAY, rhythm=Rhythm.WEEKS, every=2, weekdays=(0,)),
        ),
        (
            "second Monday of the month 20:00",
            meant(time(20), TODAY, rhythm=Rhythm.NTH_WEEKDAY, nth=2, weekdays=(0,)),
        ),
        (
            "每两周一次 20:00 直到12月31日",
            meant(
                time(20),
                TODAY,
                rhythm=Rhythm.WEEKS,
                every=2,
                weekdays=(0,),
                until=date(2026, 12, 31),
            ),
        ),
        (
            "every two weeks on Wednesday at 8pm until Dec 31, skip holidays",
            meant(
                time(20),
                TODAY,
                rhythm=Rhythm.WEEKS,
                every=2,
                weekdays=(2,),
                until=date(2026, 12, 31),
                on_holiday=OnHoliday.SKIP,
            ),
        ),
        (
            "every monday 09:30 for 8 weeks",
            meant(
                time(9, 30),
                TOMORROW,
                rhythm=Rhythm.WEEKS,
                weekdays=(0,),
                until=date(2027, 1, 18),
            ),
        ),
        ("每月最后一天 18点", meant(time(18), TODAY, rhythm=Rhythm.MONTH_DAY, month_day=LAST)),
        (
            "每 2 周周三 20 点，直到 12 月 31 日",
            meant(
                time(20),
                TODAY,
                rhythm=Rhythm.WEEKS,
                every=2,
                weekdays=(2,),
                until=date(2026, 12, 31),
            ),
        ),
        ("12 月 1 日 下午 3 点 15 分", meant(time(15, 15), date(2026, 12, 1))),
        ("月底 18:00", meant(time(18), date(2026, 11, 30))),
        ("明天下午3点", meant(time(15), TOMORROW)),
        ("明早9点一刻", meant(time(9, 15), TOMORROW)),
        ("今晚8点", meant(time(20), TODAY)),
        ("每天中午1点", meant(time(13), TODAY, rhythm=Rhythm.DAYS)),
        ("每天零点", meant(time(0), TOMORROW, rhythm=Rhythm.DAYS)),
        ("每天20点30分", meant(time(20, 30), TODAY, rhythm=Rhythm.DAYS)),
        ("every evening at 8", meant(time(20), TODAY, rhythm=Rhythm.DAYS)),
        ("every tuesday at noon", meant(time(12), TOMORROW, rhythm=Rhythm.WEEKS, weekdays=(1,))),
        ("半小时后", meant(time(12, 30), TODAY)),
        ("in two hours", meant(time(14), TODAY)),
        ("三天后晚上8点", meant(time(20), date(2026, 11, 26))),
        ("下周二 10:00", meant(time(10), date(2026, 12, 1))),
        ("next Tuesday 10:00", meant(time(10), date(2026, 12, 1))),
        ("Dec 1st at 9:30am", meant(time(9, 30), date(2026, 12, 1))),
        ("1 December 2026 09:30", meant(time(9, 30), date(2026, 12, 1))),
        ("12-01 09:30", meant(time(9, 30), date(2026, 12, 1))),
        ("2026-12-01T09:30", meant(time(9, 30), date(2026, 12, 1))),
        (
            "每天9点和18点",
            meant(time(9), TODAY, rhythm=Rhythm.DAYS, also_at=(time(18),)),
        ),
        (
            "每周一、三 下午3点、5点",
            meant(time(15), TODAY, rhythm=Rhythm.WEEKS, weekdays=(0, 2), also_at=(time(17),)),
        ),
        (
            "every day at 9:00 and 18:00",
            meant(time(9), TODAY, rhythm=Rhythm.DAYS, also_at=(time(18),)),
        ),
        (
            "每月1号和15号 10:00",
            meant(time(10), TOMORROW, rhythm=Rhythm.MONTH_DAY, month_day=1, also_on=(15,)),
        ),
        (
            "每月1、11、21号和月底 20点",
            meant(time(20), TODAY, rhythm=Rhythm.MONTH_DAY, month_day=1, also_on=(11, 21, LAST)),
        ),
        (
            "1st and 15th of every month 20:00",
            meant(time(20), TODAY, rhythm=Rhythm.MONTH_DAY, month_day=1, also_on=(15,)),
        ),
        (
            "每月最后一个工作日 17:00",
            meant(time(17), TODAY, rhythm=Rhythm.MONTH_WORKDAY, nth=LAST),
        ),
        (
            "first working day of the month 17:00",
            meant(time(17), TODAY, rhythm=Rhythm.MONTH_WORKDAY, nth=1),
        ),
        (
            "每季度第一天 9:00",
            meant(time(9), TOMORROW, rhythm=Rhythm.MONTH_DAY, month_day=1, months=(1, 4, 7, 10)),
        ),
        (
            "每季度最后一个工作日 17点",
            meant(time(17), TODAY, rhythm=Rhythm.MONTH_WORKDAY, nth=LAST, months=(3, 6, 9, 12)),
        ),
        (
            "last day of every quarter 17:00",
            meant(time(17), TODAY, rhythm=Rhythm.MONTH_DAY, month_day=LAST, months=(3, 6, 9, 12)),
        ),
        (
            "每年3月15日 9:00",
            meant(time(9), date(2027, 3, 15), rhythm=Rhythm.MONTH_DAY, month_day=15, months=(3,)),
        ),
        (
            "every year on Mar 15 09:30",
            meant(
                time(9, 30), date(2027, 3, 15), rhythm=Rhythm.MONTH_DAY, month_day=15, months=(3,)
            ),
        ),
        (
            "每年6月的第一个周一 20:00",
            meant(
                time(20),
                TODAY,
                rhythm=Rhythm.NTH_WEEKDAY,
                nth=1,
                weekdays=(0,),
                months=(6,),
            ),
        ),
        ("2月29日 9:00", meant(time(9), date(2028, 2, 29))),
    ],
)
def test_a_schedule_is_read_as_people_type_it(typed: str, expected: Schedule) -> None:
    assert parse(typed, now=NOW, zone=SHANGHAI) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("every weekday", "no_time"),
        ("每月第一个周一", "no_time"),
        ("每天 25:00", "no_such_hour"),
        ("每天9点到18点", "not_understood"),
        ("每年 9:00", "not_understood"),
        ("每季度15号 9:00", "not_understood"),
        ("每月1号和40号 9:00", "malformed"),
        ("每天9点和25点", "no_such_hour"),
        ("每天 24:00", "midnight"),
        ("每天晚上12点", "midnight"),
        ("随便什么时候", "not_understood"),
        ("每周三次 20:00", "not_understood"),
        ("明天 20:00 三次", "not_understood"),
        ("2020-12-01 09:30", "over"),
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


@pytest.mark.parametrize("typed", ["现在", "马上发", "now", "as soon as possible"])
def test_at_once_is_no_schedule(typed: str) -> None:
    assert parse(typed, now=NOW, zone=SHANGHAI) is None


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ("每月第一个周一", True),
        ("下周二", True),
        ("every two weeks until 31 December", True),
        ("每天 20:00", False),
        ("随便什么时候", False),
        ("", False),
    ],
)
def test_days_without_a_time_of_day_are_told_from_what_is_not_understood(
    typed: str, *, lacks: bool
) -> None:
    assert lacks_hour(typed, now=NOW) is lacks


def test_weeks_are_counted_from_the_next_day_that_was_named() -> None:
    wednesday = NOW + timedelta(days=2)

    found = parse("每4周 周一 09:00", now=wednesday, zone=SHANGHAI)

    assert found == meant(time(9), date(2026, 11, 30), rhythm=Rhythm.WEEKS, every=4, weekdays=(0,))


@given(
    st.text(
        alphabet=(
            "每月周第一二三十最后工作日天个隔下底次共 0123456789:-/年号点半晚上"
            "until every week for days"
        ),
        max_size=40,
    )
)
def test_nothing_that_is_typed_is_an_error_of_ours(typed: str) -> None:
    with contextlib.suppress(Invalid):
        parse(typed, now=NOW, zone=SHANGHAI)
