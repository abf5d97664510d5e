"""Days as people type them: 12月1日, 下周二, 三天后, Dec 1, next Friday, the end of the year."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

from community_bot.errors import Invalid
from community_bot.resources.sentence_rules import NUMBER, Sentence, number

OF_WEEK = r"(?:周|星期|礼拜)"
DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
CHINESE_DAY = "[一二三四五六日天1-7]"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:,?\s*(20\d\d)\b)?"
_TH = r"(?:st|nd|rd|th)?"
# Each with where its year, month and day stand; a day without a year is the next one.
_FORMS = (
    (r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)[日号]?", (1, 2, 3)),
    (r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})[日号]?", (0, 1, 2)),
    (rf"\b(\d{{1,2}}){_TH}(?: of)? {_MONTH}{_YEAR}(?!\w)", (3, 2, 1)),
    (rf"\b{_MONTH} (?:the )?(\d{{1,2}})(?![\d:]){_TH}{_YEAR}(?!\w)", (3, 1, 2)),
    (r"(?<![\d:/-])(\d{1,2})[-/](\d{1,2})(?![\d:/-])", (0, 1, 2)),
)
_ENDS = (
    (r"(?:今年)?年底|年末|(?:the )?end of (?:the|this) year|year'?s end", 12),
    (r"(?<!每)(?<!每个)(?<!每月)(?<!每个月)(?<!每月的)(?:这个|本)?月底|(?:本|这个)月末", 0),
    (r"\b(?:the )?end of (?:the |this )?month\b", 0),
)
_NAMED = (
    (r"大后天", 3),
    (r"后天|(?:the )?day after tomorrow", 2),
    (r"明[天日]|\btomorrow\b", 1),
    (r"今[天日]|\btoday\b", 0),
)
_LEAP = 9  # years in which 29 February comes, whatever century begins
DATE = "|".join(
    re.sub(r"\((?!\?)", "(?:", pattern)
    for pattern, _ in (*_FORMS, *((pattern, 0) for pattern, _ in _ENDS))
)


def weekday_of(name: str) -> int:
    """Return a weekday, counted from Monday as 0, of 一, 日, 3, tue or Tuesdays."""
    if name in _CHINESE_DAYS:
        return _CHINESE_DAYS[name]
    return int(name) - 1 if name.isdecimal() else _DAY_NAMES.index(name[:3])


def take_day(sentence: Sentence, today: date) -> date | None:
    """Take the day on which it begins, or happens."""
    for pattern, days in _NAMED:
        if sentence.take(rf"(?:从|自|\bfrom )?(?:{pattern})\s*(?:开始|起)?"):
            return _later(today, days)
    for reading in (_counted, _of_next_week, _in_month):
        day = reading(sentence, today)
        if day is not None:
            return day
    beginning = r"(?:从|自|\b(?:starting|beginning|from|since)(?: on)?\s*)?"
    found = sentence.take(rf"{beginning}(?P<day>{DATE})\s*(?:开始|起|onwards)?")
    return None if found is None else day_of(found["day"], today)


def day_of(text: str, today: date) -> date:
    """Read a day that looks like DATE; raises Invalid for 30 February."""
    for pattern, (year, month, day) in _FORMS:
        found = re.fullmatch(pattern, text.strip())
        if found is not None:
            named = found[month] if month else ""
            number_of_month = _month(named)
            years = [int(found[year])] if year and found[year] else []
            return _next(years, number_of_month, int(found[day]), today)
    for pattern, month in _ENDS:
        if re.fullmatch(pattern, text.strip()):
            return _last_of(today.year, month or today.month)
    raise Invalid("schedule", "no_such_day")


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.index(text[:3]) + 1


def _next(years: Iterable[int], month: int, day: int, today: date) -> date:
    """Return a day of one of these years, or the first of its name that is not over."""
    for year in years or range(today.year, today.year + _LEAP):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if years or found >= today:
            return found
    raise Invalid("schedule", "no_such_day")


def _counted(sentence: Sentence, today: date) -> date | None:
    found = sentence.take(rf"({NUMBER})天(?:以后|之后|后)|\bin ({NUMBER}|a) days?\b")
    if found is not None:
        return _later(today, _count(found[1] or found[2]))
    found = sentence.take(rf"({NUMBER})个?{OF_WEEK}(?:以后|之后|后)|\bin ({NUMBER}|a) weeks?\b")
    return None if found is None else _later(today, 7 * _count(found[1] or found[2]))


def _of_next_week(sentence: Sentence, today: date) -> date | None:
    """Take 下周二, 本周五, next Tuesday, 下周开始: weeks begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    found = sentence.take(
        rf"(下+|这|本)一?个?{OF_WEEK}({CHINESE_DAY})(?!\d)|\b(next|this) ({DAY_NAME})"
    )
    if found is not None:
        weeks = found[1].count("下") if found[1] else int(found[3] == "next")
        return _later(monday, 7 * weeks + weekday_of(found[2] or found[4]))
    found = sentence.take(
        rf"(?:从|自)?下个?{OF_WEEK}(?:开始|起)|\b(?:starting|beginning|from) next week\b"
    )
    return None if found is None else _later(monday, 7)


def _in_month(sentence: Sentence, today: date) -> date | None:
    """Take 下个月1号, 本月25日, and 25号 alone, which is the next one."""
    found = sentence.take(r"(下个?|这个|本)月(\d{1,2})[日号]")
    if found is not None:
        month = today.year * 12 + today.month - 1 + found[1].startswith("下")
        return _next([month // 12], month % 12 + 1, int(found[2]), today)
    found = None if re.search("月", sentence.text) else sentence.take(r"(?<!\d)(\d{1,2})[日号]")
    if found is None:
        return None
    for months in range(today.year * 12 + today.month - 1, today.year * 12 + today.month + 12):
        length = calendar.monthrange(months // 12, months % 12 + 1)[1]
        if 0 < int(found[1]) <= length:
            day = date(months // 12, months % 12 + 1, int(found[1]))
            if day >= today:
                return day
    raise Invalid("schedule", "no_such_day")


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _count(text: str) -> int:
    return 1 if text == "a" else number(text)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Invalid("schedule", "no_such_day") from None
