"""Schedules as people type them, in Chinese and in English: words are recognised, none are said.

`每个工作日9点半`, `每周一三五 20:00`, `每月第一个周一 10:00`, `每两周一次 20:00 直到12月31日`,
`每天9点和18点`, `每月1号和15号 10:00`, `每季度最后一个工作日 17:00`, `每年3月15日 9:00`,
`明天下午3点`, `下周二 10:00`, `every weekday 09:30`, `every two weeks on wed 8pm until Dec 31`.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from community_bot.errors import Invalid
from community_bot.resources.day_rules import DATE, OF_WEEK, day_of, take_day
from community_bot.resources.hour_rules import take_hours, take_moment
from community_bot.resources.rhythm_rules import reword_often, take_rhythm
from community_bot.resources.schedule_rules import (
    MOST_EVERY,
    MOST_TIMES,
    OnHoliday,
    Rhythm,
    Schedule,
    checked,
    hours_of,
)
from community_bot.resources.sentence_rules import NUMBER, Sentence, number, sentence_of

_NOW = (
    r"现在|马上|立刻|立即|尽快|now|right now|at once|immediately|asap"
    r"|as soon as (?:possible|it is confirmed)"
)
_FILLING = re.compile(
    r"[\s,;.!]|的|在|于|都|就|发布|发送|推送|发出|发|吧|\b(?:on|at|the|of|and|post|send)\b"
)
# Short for two words each, so that the day and the part of the day are read by themselves.
_SHORT = (
    (r"明(早|晚)(?!上)", r"明天\1"),
    (r"今(早|晚)(?!上)", r"今天\1"),
    (r"后(早|晚)(?!上)", r"后天\1"),
    (r"每(早|晚)(?!上)", r"每天\1"),
    (r"每(早上|晚上)", r"每天\1"),
    (r"每?逢", "每"),
    (r"(?<=[号日\d][,和及与跟])月[底末]", "最后一天"),
    (r"((?:周|星期|礼拜)[一二三四五六日天])(?=[一二两三四五六七八九十]+[点时])", r"\1 "),
    (r"\btonight\b", "today night"),
    (r"\bthis (morning|afternoon|evening)\b", r"today \1"),
    (r"\b(every|each) (morning|afternoon|evening|night)\b", r"\1 day \2"),
    (r"(?<=\d)t(?=\d)", " "),
)
_HOLIDAYS = r"(?:法定|公共)?(?:节假日|假日|假期|节日|放假)"
_PUBLIC = r"(?:(?:public|bank) )?holidays"
_SKIPPED = (
    rf"(?:遇到?|碰到)?{_HOLIDAYS}(?:期间)?(?:则|就)?(?:跳过|不发|除外|停发|暂停|取消)"
    rf"|(?:跳过|不含|避开|除了?|不包括){_HOLIDAYS}(?:以外|之外|外)?"
    rf"|(?:skip(?:ping)?|except(?: on| for)?|not on|no|without) {_PUBLIC}"
)
_MOVED = (
    rf"(?:遇到?|碰到)?{_HOLIDAYS}(?:期间)?(?:则|就)?(?:顺延|延后|推迟|后移)(?:[到至]?下一?个?工作日)?"
    rf"|mov(?:e|ed|ing) (?:{_PUBLIC} )?to (?:the )?next work(?:ing )?day(?: on holidays)?"
)
_UNTIL = r"(?:一直)?(?:直到|截至|截止到?|持续到|到|至|until|till?|through|ending|ends)(?: on)?"
_UP_TO = r"(?:为止|止|之前|以前|前|结束)"


def parse(text: str, *, now: datetime, zone: str) -> Schedule | None:
    """Read a schedule; None for "at once". Raises Invalid where a word is not understood.

    `now` is the moment in the schedule's own zone: "tomorrow" and weeks are counted from it.
    """
    sentence = sentence_of(text)
    if re.fullmatch(rf"(?:{_NOW})(?:发送|发布|发)?[.!]*", sentence.text):
        return None
    later = take_moment(sentence, now)
    if later is not None:
        _check_rest(sentence)
        return Schedule(Rhythm.ONCE, later.time(), later.date(), zone)
    found, hours = _read(sentence, now)
    if not hours:
        raise Invalid("schedule", "no_time")
    at, *also = hours
    schedule = checked(Schedule(at=at, zone=zone, also_at=tuple(also), **found))
    if schedule.rhythm is Rhythm.ONCE:
        _check_ahead(schedule, now)
    return schedule


def lacks_hour(text: str, *, now: datetime) -> bool:
    """Say whether all is understood, and only the time of day is not said."""
    try:
        _, hours = _read(sentence_of(text), now)
    except Invalid:
        return False
    return not hours


def is_hour(text: str) -> bool:
    """Say whether a time of day is all that is typed."""
    try:
        sentence = sentence_of(text)
        hours = take_hours(sentence)
        _check_rest(sentence)
    except Invalid:
        return False
    return bool(hours)


def _read(sentence: Sentence, now: datetime) -> tuple[dict[str, Any], list[time]]:
    """Return the days, and the times of day where any is said."""
    today = now.date()
    if not _FILLING.sub("", sentence.text):
        raise Invalid("schedule", "not_understood")
    for pattern, words in _SHORT:
        sentence.reword(pattern, words)
    reword_often(sentence)
    more = {**_until(sentence, today), **_holidays(sentence)}
    times, days = _times(sentence), _span(sentence)
    day = take_day(sentence, today)
    hours = take_hours(sentence)
    first = day or _soonest(hours, now)
    found = {**take_rhythm(sentence, first, is_dated=day is not None), **times, **more}
    if days is not None:
        found["until"] = found["starts_on"] + days - timedelta(days=1)
    _check_rest(sentence)
    if found["rhythm"] is Rhythm.ONCE and {"until", "times"} & found.keys():
        raise Invalid("schedule", "not_understood")
    return found, hours


def _check_rest(sentence: Sentence) -> None:
    if _FILLING.sub("", sentence.text):
        raise Invalid("schedule", "not_understood")


def _check_ahead(schedule: Schedule, now: datetime) -> None:
    if datetime.combine(schedule.starts_on, hours_of(schedule)[-1]) <= now.replace(tzinfo=None):
        raise Invalid("schedule", "over")


def _until(sentence: Sentence, today: date) -> dict[str, Any]:
    """Take the last day."""
    found = sentence.take(rf"{_UNTIL}\s*(?P<day>{DATE})\s*{_UP_TO}?") or sentence.take(
        rf"(?P<day>{DATE})\s*{_UP_TO}"
    )
    if found is None:
        return {}
    until = day_of(found["day"], today)
    if until < today:
        raise Invalid("schedule", "over")
    return {"until": until}


def _times(sentence: Sentence) -> dict[str, Any]:
    """Take how often in all."""
    found = sentence.take(
        rf"(?:一共|总共|共|连续|重复|连发|发|for)?\s*({NUMBER})\s*(?:次|遍|回|times\b)"
        r"|\b[x×]\s?(\d+)\b"
    )
    return {} if found is None else {"times": number(found[1] or found[2])}


def _span(sentence: Sentence) -> timedelta | None:
    """Take for how many days or weeks."""
    found = sentence.take(
        rf"(?:连续|持续|一共|共)\s*({NUMBER})(?:个?({OF_WEEK})|天)"
        rf"|\bfor ({NUMBER}) (?:(weeks?)|days?)\b"
    )
    if found is None:
        return None
    days = number(found[1] or found[3]) * (7 if found[2] or found[4] else 1)
    if not 0 < days <= MOST_EVERY * MOST_TIMES:
        raise Invalid("schedule", "malformed")
    return timedelta(days=days)


def _holidays(sentence: Sentence) -> dict[str, Any]:
    """Take what is to be done about holidays."""
    if sentence.take(_MOVED):
        return {"on_holiday": OnHoliday.MOVE}
    return {"on_holiday": OnHoliday.SKIP} if sentence.take(_SKIPPED) else {}


def _soonest(hours: list[time], now: datetime) -> date:
    """Return today, or tomorrow where the last of the times has gone by."""
    is_over = bool(hours) and hours[-1] <= now.time()
    return now.date() + timedelta(days=is_over)
