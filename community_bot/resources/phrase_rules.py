"""Schedules as people type them, in Chinese and in English: words are recognised, none are said.

`每个工作日 09:30`, `每月第一个周一 10:00`, `每两周 周三 20:00 直到 2027-01-01`, `明天 20:00`,
`every weekday 09:30`, `first monday of the month 10:00`, `every 2 weeks on wed 20:00, 10 times`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from community_bot.errors import Invalid
from community_bot.resources.schedule_rules import (
    LAST,
    OnHoliday,
    Rhythm,
    Schedule,
    checked,
)

LONGEST = 200
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_NUMBERS |= {"九": 9, "十": 10, "首": 1, "other": 2, "second": 2}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_ORDINALS |= {"4th": 4, "fifth": 5, "5th": 5, "last": LAST, "最后一": LAST, "最后": LAST}
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_CHINESE_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WORKWEEK, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_FULL_WIDTH = str.maketrans("：，、；０１２３４５６７８９", ":,,;0123456789")
_NUMBER = r"(\d+|[一二两三四五六七八九十]+)"
_DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_PART = r"(?:(上午|早上|早晨|中午|下午|晚上|晚)\s*)?"
_AFTERNOON = {"下午", "晚上", "晚", "pm"}
_DAY_NAME = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_OF_WEEK = r"(?:周|星期|礼拜)"


@dataclass(slots=True)
class Sentence:
    """What is typed, with what has been understood taken out."""

    text: str

    def take(self, pattern: str) -> re.Match[str] | None:
        """Take out the first place that looks so."""
        found = re.search(pattern, self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
        return found


def parse(text: str, *, now: datetime, zone: str) -> Schedule:
    """Read a schedule; raises Invalid where it is not understood to the last word.

    `now` is the moment in the schedule's own zone: "tomorrow" and weeks are counted from it.
    """
    sentence = Sentence(_plain(text))
    at = _time(sentence)
    more = {**_end(sentence, now.date()), **_holidays(sentence)}
    starts_on = _start(sentence, now.date())
    found = _rhythm(sentence, starts_on or _soonest(at, now), is_dated=starts_on is not None)
    if found is None or re.sub(r"[\s,;.]|的|\bon\b|\bat\b|\bthe\b|\bof\b", "", sentence.text):
        raise Invalid("schedule", "not_understood")
    return checked(replace(Schedule(at=at, zone=zone, **found), **more))


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise Invalid("schedule", "not_understood")
    return text.translate(_FULL_WIDTH).lower().strip()


def _time(sentence: Sentence) -> time:
    """Take the time of day: 09:30, 9点半, 下午3点, 晚上八点, 8pm."""
    found = sentence.take(
        rf"{_PART}(\d{{1,2}}):(\d{{2}})\s*(am|pm)?"
        rf"|{_PART}{_NUMBER}[点时](?:(半)|(\d{{1,2}})分?)?"
        r"|\b(\d{1,2})\s*(am|pm)\b"
    )
    if found is None:
        raise Invalid("schedule", "no_time")
    part, hour, minute, half_day, other_part, counted, half, minutes, short, short_half = (
        found.groups()
    )
    value = _number(hour or counted or short)
    halves = {part, half_day, other_part, short_half}
    if halves & _AFTERNOON and value < 12:  # noqa: PLR2004  noon
        value += 12
    elif "am" in halves and value == 12:  # noqa: PLR2004  midnight
        value = 0
    try:
        return time(value, 30 if half else int(minute or minutes or 0))
    except ValueError:
        raise Invalid("schedule", "no_time") from None


def _end(sentence: Sentence, today: date) -> dict[str, Any]:
    """Take when it ends: a last day, or so many times."""
    more: dict[str, Any] = {}
    until = sentence.take(rf"(?:直到|截至|截止到?|到|until|till|through)\s*{_DATE}\s*(?:为止|止)?")
    if until is not None:
        more["until"] = _day(*until.groups())
    times = sentence.take(rf"(?:共|一共|总共|for)?\s*{_NUMBER}\s*(?:次|times|回)")
    if times is not None:
        more["times"] = _number(times[1])
    if "until" in more and more["until"] < today:
        raise Invalid("schedule", "over")
    return more


def _holidays(sentence: Sentence) -> dict[str, Any]:
    """Take what is to be done about holidays."""
    if sentence.take(
        r"(?:遇)?(?:节假日|假日|假期)(?:则)?(?:跳过|不发|除外)|(?:skip(?:ping)?|except) holidays"
    ):
        return {"on_holiday": OnHoliday.SKIP}
    if sentence.take(
        r"遇?(?:节假日|假日|假期)则?(?:顺延|延后|推迟)(?:到下一?个?工作日)?"
        r"|mov(?:e|ing) (?:holidays )?to (?:the )?next workday"
    ):
        return {"on_holiday": OnHoliday.MOVE}
    return {}


def _start(sentence: Sentence, today: date) -> date | None:
    """Take the day on which it begins, or happens."""
    named = {"今天|今晚|today|tonight": 0, "明天|明晚|tomorrow": 1, "后天": 2}
    for words, days in named.items():
        if sentence.take(rf"(?:{words})"):
            return today + timedelta(days=days)
    found = sentence.take(rf"(?:从|自|starting|from)?\s*{_DATE}\s*(?:开始|起)?")
    if found is not None:
        return _day(*found.groups())
    found = sentence.take(r"(?:从|自)?\s*(?<!\d)(\d{1,2})月(\d{1,2})[日号]\s*(?:开始|起)?")
    if found is None:
        return None
    day = _day(str(today.year), *found.groups())
    return day if day >= today else _day(str(today.year + 1), *found.groups())


def _soonest(at: time, now: datetime) -> date:
    """Return today, or tomorrow where the time has gone by."""
    return now.date() if now.time() < at else now.date() + timedelta(days=1)


def _rhythm(sentence: Sentence, first: date, *, is_dated: bool) -> dict[str, Any] | None:
    """Take how the days are found; a day alone, or a time alone, is once."""
    for reading in (_monthly, _workdays, _weekly, _daily):
        found = reading(sentence, first)
        if found is not None:
            return {"starts_on": first, **found}
    once = _next_weekday(sentence, first)
    if once is not None and not is_dated:
        return {"rhythm": Rhythm.ONCE, "starts_on": once}
    return {"rhythm": Rhythm.ONCE, "starts_on": first}


def _monthly(sentence: Sentence, _: date) -> dict[str, Any] | None:
    nth = sentence.take(
        rf"每个?月的?(?:第([一二三四五])个?|(最后一?)个?){_OF_WEEK}([一二三四五六日天])"
    )
    if nth is not None:
        number = LAST if nth[2] else _number(nth[1])
        return _nth(number, _CHINESE_DAYS[nth[3]])
    nth = sentence.take(
        rf"(?:every |each )?(?:the )?({'|'.join(_ORDINALS)}) ({_DAY_NAME})"
        r"(?: of (?:the|every|each) month| every month| monthly)?"
    )
    if nth is not None:
        return _nth(_ORDINALS[nth[1]], _WEEKDAYS[nth[2][:3]])
    if sentence.take(
        r"每个?月的?(?:最后一天|月底|月末)|(?:every |the )?last day of (?:the|every|each) month"
    ):
        return {"rhythm": Rhythm.MONTH_DAY, "month_day": LAST}
    day = sentence.take(
        rf"每个?月的?{_NUMBER}[号日]"
        r"|(?:every month on )?(?:the )?(\d+)(?:st|nd|rd|th)"
        r"(?: of (?:the|every|each) month| every month)?"
    )
    return None if day is None else _month_day(_number(day[1] or day[2]))


def _nth(number: int, weekday: int) -> dict[str, Any]:
    return {"rhythm": Rhythm.NTH_WEEKDAY, "nth": number, "weekdays": (weekday,)}


def _month_day(day: int) -> dict[str, Any]:
    return {"rhythm": Rhythm.MONTH_DAY, "month_day": day}


def _workdays(sentence: Sentence, _: date) -> dict[str, Any] | None:
    if sentence.take(r"每个?工作日|(?:every|each) (?:work(?:ing )?|business )day|workdays"):
        return {"rhythm": Rhythm.WORKDAYS}
    if sentence.take(r"(?:every|each) weekday|weekdays"):
        return {"rhythm": Rhythm.WEEKS, "weekdays": _WORKWEEK}
    if sentence.take(r"每个?周末|(?:every|each) weekend|weekends"):
        return {"rhythm": Rhythm.WEEKS, "weekdays": _WEEKEND}
    return None


def _weekly(sentence: Sentence, _: date) -> dict[str, Any] | None:
    chinese = sentence.take(
        rf"(?:每(隔)?{_NUMBER}个?{_OF_WEEK}的?|每个?|(隔))\s*{_OF_WEEK}"
        rf"([一二三四五六日天](?:[,和及]?\s*{_OF_WEEK}?[一二三四五六日天])*)"
    )
    if chinese is not None:
        every = (_number(chinese[2]) if chinese[2] else 1) + bool(chinese[1] or chinese[3])
        names = [sign for sign in chinese[4] if sign in _CHINESE_DAYS]
        return _weeks(every, [_CHINESE_DAYS[name] for name in names])
    english = sentence.take(
        r"(?:every (?:(\d+|other|second) )?(?:weeks? )?|each |weekly )(?:on )?"
        rf"({_DAY_NAME}(?:(?:,| and)\s*{_DAY_NAME})*)"
    )
    if english is None:
        return None
    every = _number(english[1]) if english[1] else 1
    names = re.findall(_DAY_NAME, english[2])
    return _weeks(every, [_WEEKDAYS[name[:3]] for name in names])


def _weeks(every: int, weekdays: list[int]) -> dict[str, Any]:
    return {"rhythm": Rhythm.WEEKS, "every": every, "weekdays": tuple(sorted(set(weekdays)))}


def _daily(sentence: Sentence, first: date) -> dict[str, Any] | None:
    weeks = sentence.take(rf"每(隔)?{_NUMBER}个?{_OF_WEEK}|every (\d+|other|second) weeks?")
    if weeks is not None:
        return _weeks(_number(weeks[2] or weeks[3]) + bool(weeks[1]), [first.weekday()])
    if sentence.take(rf"隔{_OF_WEEK}"):
        return _weeks(2, [first.weekday()])
    if sentence.take(rf"每个?{_OF_WEEK}|every week|weekly"):
        return _weeks(1, [first.weekday()])
    days = sentence.take(rf"每(隔)?{_NUMBER}[天日]|every (\d+|other|second) days?")
    if days is not None:
        return _days(_number(days[2] or days[3]) + bool(days[1]))
    if sentence.take(r"隔[天日]"):
        return _days(2)
    if sentence.take(r"每[天日]|every ?day|daily|each day"):
        return _days(1)
    return None


def _days(every: int) -> dict[str, Any]:
    return {"rhythm": Rhythm.DAYS, "every": every}


def _next_weekday(sentence: Sentence, first: date) -> date | None:
    """Take a weekday alone: the next one of that name."""
    chinese = sentence.take(rf"(?:这|本)?{_OF_WEEK}([一二三四五六日天])")
    english = None if chinese else sentence.take(rf"(?:this |next )?({_DAY_NAME})")
    if chinese is not None:
        weekday = _CHINESE_DAYS[chinese[1]]
    elif english is not None:
        weekday = _WEEKDAYS[english[1][:3]]
    else:
        return None
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Invalid("schedule", "no_such_day") from None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in _NUMBERS:
        return _NUMBERS[text]
    tens, _, ones = text.partition("十")
    if "十" not in text or any(sign not in _NUMBERS for sign in tens + ones):
        raise Invalid("schedule", "not_understood")
    return 10 * _NUMBERS.get(tens, 1) + _NUMBERS.get(ones, 0)
