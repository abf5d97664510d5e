"""How often, as people type it: 每周一三五, 每月最后一天, every other Friday, first Monday."""

import re
from datetime import date, timedelta
from typing import Any

from community_bot.errors import Invalid
from community_bot.resources.day_rules import CHINESE_DAY, DAY_NAME, OF_WEEK, weekday_of
from community_bot.resources.schedule_rules import LAST, Rhythm
from community_bot.resources.sentence_rules import NUMBER, Sentence, number

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_ORDINALS |= {"4th": 4, "fifth": 5, "5th": 5, "last": LAST}
_WORKWEEK, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_EACH = r"(?:every|each)"
_OF_MONTH = r"(?: (?:of|in) (?:the|every|each|a) month| every month| each month| monthly)"
_TO = r"\s*(?:到|至|-|~|to|through|thru)\s*"
_CHINESE_LIST = rf"{CHINESE_DAY}(?:(?:[,和及与跟]|\s)*{OF_WEEK}?{CHINESE_DAY})*(?![\d:月])"
_ENGLISH_LIST = rf"{DAY_NAME}(?:(?:\s*[,/&]\s*|\s+and\s+|\s+)(?:and )?{DAY_NAME})*"
_ORDINAL = "|".join(_ORDINALS)
_NTH_OF_MONTH = rf"(?:\b(?:on|{_EACH}) )?(?:the )?\b({_ORDINAL}) ({DAY_NAME}){_OF_MONTH}"
# Every second Monday is every other one, as long as nobody speaks of months.
_NTH = (
    rf"(?:\b(?:on|{_EACH}) )?(?:the )?\b(?!(?<=every )second)(?!(?<=each )second)({_ORDINAL}) "
    rf"({DAY_NAME})"
)
_YEARLY = rf"每年的?|\b{_EACH} year\b(?: on)?|\b(?:yearly|annually)\b(?: on)?"
_OF_QUARTER = r" (?:of|in) (?:the|every|each|a) quarter"
_DAY_OF_MONTH = rf"(?:{NUMBER}[号日]?|最后一天|月底|月末|底|末)"
_DAYS_OF_MONTH = rf"{_DAY_OF_MONTH}(?:\s*(?:[,和及与跟/]|以及)\s*{_DAY_OF_MONTH})+"
_TH = r"\d+(?:st|nd|rd|th)\b"
_THS = rf"(?:the )?{_TH}(?:(?:\s*[,&]\s*|\s+and\s+|\s*,\s*and\s+)(?:the )?{_TH})+"
# 每两周一次 is every two weeks; 每周三次 would be three days that nobody has named.
_OFTEN = rf"(每(?:隔?{NUMBER})?个?(?:{OF_WEEK}|[天日月]))\s*(一|1)次"


def take_rhythm(sentence: Sentence, first: date, *, is_dated: bool) -> dict[str, Any]:
    """Take how the days are found; a day alone, or a time alone, is once."""
    if is_dated and sentence.take(_YEARLY):
        return {**_month_day(first.day), "months": (first.month,), "starts_on": first}
    months = _months(sentence)
    for reading in (_monthly, _ranged, _workdays, _weekly, _daily):
        found = reading(sentence, first)
        if found is not None:
            return {"starts_on": _begin(found, first, is_dated=is_dated), **months, **found}
    once = None if is_dated else _next_weekday(sentence, first)
    return {"rhythm": Rhythm.ONCE, "starts_on": once or first}


def _months(sentence: Sentence) -> dict[str, Any]:
    """Take in which months: what is said of a quarter, or of one month, is of each of these."""
    of_year = re.search(rf"每年的?({NUMBER})月份?的?(?=第|最后|首|底|末)", sentence.text)
    if of_year is not None:
        sentence.reword(re.escape(of_year[0]), "每月")
        return {"months": (number(of_year[1]),)}
    found = re.search(r"每个?季度?的?(?=第一|首|最后|底|末)", sentence.text)
    if found is not None:
        sentence.reword(re.escape(found[0]), "每月")
    elif re.search(_OF_QUARTER, sentence.text):
        sentence.reword(_OF_QUARTER, " of every month")
    else:
        return {}
    is_last = re.search(r"最后|每月[底末]|\blast\b", sentence.text)
    return {"months": (3, 6, 9, 12) if is_last else (1, 4, 7, 10)}


def _begin(found: dict[str, Any], first: date, *, is_dated: bool) -> date:
    """Return the day from which weeks are counted: the next of those that were named is the first.

    Every four weeks on Monday, said on a Wednesday, begins on the Monday to come.
    """
    if is_dated or found["rhythm"] is not Rhythm.WEEKS or found["every"] == 1:
        return first
    is_over = max(found["weekdays"]) < first.weekday()
    return first + timedelta(days=7 - first.weekday()) if is_over else first


def reword_often(sentence: Sentence) -> None:
    """Say 每两周一次 as 每两周; raises Invalid for 每周三次, which names no days."""
    sentence.reword(_OFTEN, r"\1 ")
    sentence.reword(rf"\bonce (?:a|per|every|each) (?=day|week|month|{NUMBER})", "every ")
    if re.search(rf"每个?(?:{OF_WEEK}|[天日月])\s*{NUMBER}次", sentence.text):
        raise Invalid("schedule", "not_understood")


def _monthly(sentence: Sentence, first: date) -> dict[str, Any] | None:
    return _workday_of_month(sentence) or _days_of_month(sentence) or _day_of_month(sentence, first)


def _workday_of_month(sentence: Sentence) -> dict[str, Any] | None:
    """Take 每月最后一个工作日, the first working day of the month."""
    found = sentence.take(
        rf"每个?月的?\s*(?:第({NUMBER})个?|(最后一?)个?|(首)个?)工作日"
    ) or sentence.take(
        rf"(?:\b(?:on|{_EACH}) )?(?:the )?\b({_ORDINAL}) (?:work(?:ing )?|business |week)day"
        rf"{_OF_MONTH}"
    )
    if found is None:
        return None
    said = [one for one in found.groups() if one]
    nth = LAST if said[0].startswith("最后") else 1 if said[0] == "首" else _nth_of(said[0])
    return {"rhythm": Rhythm.MONTH_WORKDAY, "nth": nth}


def _nth_of(word: str) -> int:
    return _ORDINALS[word] if word in _ORDINALS else number(word)


def _days_of_month(sentence: Sentence) -> dict[str, Any] | None:
    """Take 每月1号和15号, the 1st and 15th of every month."""
    found = sentence.take(
        rf"每个?月的?\s*({_DAYS_OF_MONTH})"
        rf"|\b(?:{_EACH} month|monthly)(?: on)? ({_THS})|(?:\bon )?({_THS}){_OF_MONTH}"
    )
    if found is None:
        return None
    said = re.findall(rf"{NUMBER}|最后一天|底|末", next(one for one in found.groups() if one))
    days = [LAST if one in ("最后一天", "底", "末") else number(one) for one in said]
    first, *more = dict.fromkeys(days)
    return {**_month_day(first), "also_on": tuple(more)}


def _day_of_month(sentence: Sentence, first: date) -> dict[str, Any] | None:
    nth = sentence.take(
        rf"每个?月的?\s*(?:第({NUMBER})个?|(最后一?)个?|(首)个?){OF_WEEK}({CHINESE_DAY})"
    )
    if nth is not None:
        which = LAST if nth[2] else 1 if nth[3] else number(nth[1])
        return _nth(which, weekday_of(nth[4]))
    nth = sentence.take(_NTH_OF_MONTH) or sentence.take(_NTH)
    if nth is not None:
        return _nth(_ORDINALS[nth[1]], weekday_of(nth[2]))
    if sentence.take(
        r"每个?月的?\s*(?:最后一天|月底|月末|底|末)"
        rf"|(?:\b{_EACH} |\bon )?(?:the )?last day{_OF_MONTH}|\b{_EACH} month end"
        rf"|(?:the )?end of {_EACH} month"
    ):
        return _month_day(LAST)
    if sentence.take(rf"每个?月的?\s*(?:第一天|首日)|(?:the )?first day{_OF_MONTH}"):
        return _month_day(1)
    day = sentence.take(
        rf"每个?月的?\s*({NUMBER})[号日]"
        rf"|\b(?:{_EACH} month|monthly)(?: on)? (?:the )?(\d+)(?:st|nd|rd|th)"
        rf"|(?:\bon )?(?:\bthe )?\b(\d+)(?:st|nd|rd|th){_OF_MONTH}"
    )
    if day is not None:
        return _month_day(number(day[1] or day[2] or day[3]))
    if sentence.take(rf"每个?月(?!\s*\d)|\b{_EACH} month\b|\bmonthly\b"):
        return _month_day(first.day)
    return None


def _nth(which: int, weekday: int) -> dict[str, Any]:
    return {"rhythm": Rhythm.NTH_WEEKDAY, "nth": which, "weekdays": (weekday,)}


def _month_day(day: int) -> dict[str, Any]:
    return {"rhythm": Rhythm.MONTH_DAY, "month_day": day}


def _ranged(sentence: Sentence, _: date) -> dict[str, Any] | None:
    """Take 每周一到周五, Monday to Friday."""
    found = sentence.take(
        rf"每?个?{OF_WEEK}({CHINESE_DAY}){_TO}{OF_WEEK}?({CHINESE_DAY})(?![\d:月])"
        rf"|(?:\b{_EACH} |\bfrom )?\b({DAY_NAME}){_TO}({DAY_NAME})"
    )
    if found is None:
        return None
    begin, end = weekday_of(found[1] or found[3]), weekday_of(found[2] or found[4])
    return _weeks(1, [(begin + days) % 7 for days in range((end - begin) % 7 + 1)])


def _workdays(sentence: Sentence, _: date) -> dict[str, Any] | None:
    if sentence.take(rf"每?个?工作日|(?:\b{_EACH} )?\b(?:work(?:ing )?|business )days?\b"):
        return {"rhythm": Rhythm.WORKDAYS}
    if sentence.take(rf"(?:\b(?:{_EACH}|on) )?\bweekdays?\b"):
        return _weeks(1, _WORKWEEK)
    if sentence.take(rf"每个?周末|\b{_EACH} weekend\b|\b(?:on )?weekends\b"):
        return _weeks(1, _WEEKEND)
    return None


def _weekly(sentence: Sentence, first: date) -> dict[str, Any] | None:
    every = _every(sentence)
    chinese = (
        sentence.take(rf"(?:每个?)?{OF_WEEK}({_CHINESE_LIST})") if _is_many(sentence) else None
    )
    if chinese is None and every is not None:
        chinese = sentence.take(rf"{OF_WEEK}({_CHINESE_LIST})")
    if chinese is not None:
        names = re.findall(CHINESE_DAY, chinese[1])
        return _weeks(every or 1, [weekday_of(name) for name in names])
    plural = rf"(?:\bon )?({_ENGLISH_LIST})" if every is not None else _ENGLISH_WEEKLY
    english = sentence.take(plural)
    if english is not None:
        names = re.findall(DAY_NAME, next(one for one in english.groups() if one))
        return _weeks(every or 1, [weekday_of(name) for name in names])
    return None if every is None else _weeks(every, [first.weekday()])


# Every Monday, Mondays, Mon and Thu; Monday alone is the next one.
_ENGLISH_WEEKLY = (
    rf"\b{_EACH} ({_ENGLISH_LIST})"
    rf"|(?:\bon )?\b({DAY_NAME}(?:(?:\s*[,/&]\s*|\s+and\s+|\s+)(?:and )?{DAY_NAME})+)"
    r"|(?:\bon )?\b((?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
)


def _is_many(sentence: Sentence) -> bool:
    """Say whether weekdays are meant again and again: 每周三, 周二和周四; 周三 is the next one."""
    return bool(
        re.search(rf"每个?{OF_WEEK}{CHINESE_DAY}", sentence.text)
        or re.search(
            rf"{OF_WEEK}{CHINESE_DAY}(?:[,和及与跟]|\s)*{OF_WEEK}?{CHINESE_DAY}", sentence.text
        )
    )


def _every(sentence: Sentence) -> int | None:
    """Take how many weeks apart, where that is said."""
    found = sentence.take(
        rf"每(隔?)({NUMBER})个?{OF_WEEK}(?!{CHINESE_DAY})(?:的)?"
        rf"|每(隔?)({NUMBER})个?{OF_WEEK}的?(?={OF_WEEK})"
        rf"|每(隔?)({NUMBER})个(?={OF_WEEK}{CHINESE_DAY})"
    )
    if found is not None:
        counted = number(found[2] or found[4] or found[6])
        return counted + bool(found[1] or found[3] or found[5])
    if sentence.take(
        rf"(?:每?隔|双){OF_WEEK}的?(?=\s*{OF_WEEK})|(?:每?隔|双)(?={OF_WEEK}{CHINESE_DAY})"
        rf"|每?隔{OF_WEEK}|\b(?:{_EACH} (?:other|second) week|bi-?weekly|{_EACH} fortnight"
        r"|fortnightly)\b(?: on)?"
        rf"|\b{_EACH} (?:other|second) (?={DAY_NAME})"
    ):
        return 2
    found = sentence.take(rf"\b{_EACH} ({NUMBER}) weeks?\b(?: on)?")
    if found is not None:
        return number(found[1])
    if sentence.take(rf"每个?{OF_WEEK}(?!\s*{CHINESE_DAY})|\b(?:{_EACH} week|weekly)\b(?: on)?"):
        return 1
    return None


def _weeks(every: int, weekdays: list[int] | tuple[int, ...]) -> dict[str, Any]:
    return {"rhythm": Rhythm.WEEKS, "every": every, "weekdays": tuple(sorted(set(weekdays)))}


def _daily(sentence: Sentence, _: date) -> dict[str, Any] | None:
    days = sentence.take(rf"每(隔)?({NUMBER})[天日]|\b{_EACH} ({NUMBER}) days\b")
    if days is not None:
        return _days(number(days[2] or days[3]) + bool(days[1]))
    if sentence.take(rf"每?隔[天日]|\b{_EACH} (?:other|second) day\b"):
        return _days(2)
    if sentence.take(rf"每[天日]|天天|\b{_EACH} ?day\b|\bdaily\b"):
        return _days(1)
    return None


def _days(every: int) -> dict[str, Any]:
    return {"rhythm": Rhythm.DAYS, "every": every}


def _next_weekday(sentence: Sentence, first: date) -> date | None:
    """Take a weekday alone: the next one of that name."""
    found = sentence.take(rf"{OF_WEEK}({CHINESE_DAY})(?!\d)|(?:\bon )?\b({DAY_NAME})")
    if found is None:
        return None
    weekday = weekday_of(found[1] or found[2])
    return first + timedelta(days=(weekday - first.weekday()) % 7)
