"""Times of day as people type them: 09:30, 9点半, 下午三点一刻, 8pm, at noon, 半小时后."""

import re
from datetime import datetime, time, timedelta

from community_bot.errors import Invalid
from community_bot.resources.sentence_rules import NUMBER, Sentence, number

NOON = 12
_PART = (
    r"(?:(?P<part>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|夜里|晚"
    r"|morning|afternoon|evening|night)(?: at)?\s*)?"
)
_HALF_DAY = (
    r"(?:\s*(?P<half>[ap]\.?m\b\.?)|\s+in the (?P<phase>morning|afternoon|evening)"
    r"|\s+(?P<night>at night))?"
)
_LATER_HALF = {"下午", "傍晚", "晚上", "晚间", "夜里", "晚"}
_LATER_HALF |= {"afternoon", "evening", "night", "at night", "pm"}
_NIGHT = {"晚上", "晚间", "夜里", "晚", "night", "at night", "evening"}
_MORNING = {"凌晨", "清晨", "早上", "早晨", "早", "morning", "am"}
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_NAMED = {
    r"\b(?:at )?midnight\b|(?:午夜|零点|(?<!\d)0点)(?!\d|半|[一三]刻)(?:整|钟)?": time(0),
    r"\b(?:at )?noon\b|正午|中午(?!\s*[\d一二两十])": time(NOON),
}
_WRITTEN = r"(?<![\d:.])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::00)?(?![\d:.])"
_MORE = rf"(?:(?P<quarter>半|一刻|三刻)|(?P<minute>{NUMBER})分?)?"
# 09:30 and 9:30pm; 9点半; 8pm; at 9. The words beside them say which half of the day is meant.
_CLOCKS = (
    rf"(?:\bat\s*)?{_PART}{_WRITTEN}{_HALF_DAY}",
    rf"{_PART}(?P<hour>{NUMBER})[点时](?:钟|整)?{_MORE}",
    r"(?:\bat\s*)?(?<![\d:.])(?P<hour>\d{1,2})\s*(?P<half>[ap]\.?m\b\.?)",
    rf"{_PART}\bat\s*(?P<hour>\d{{1,2}})(?![\d:.]){_HALF_DAY}",
)
_SPANS = (
    (rf"({NUMBER})个半(?:小时|钟头)(?:以后|之后|后)", 60, 30),
    (r"半个?(?:小时|钟头)(?:以后|之后|后)|\bin half an hour\b", 0, 30),
    (rf"({NUMBER})个?(?:小时|钟头)(?:以后|之后|后)|\bin ({NUMBER}|an?) hours?\b", 60, 0),
    (rf"({NUMBER})分钟?(?:以后|之后|后)|\bin ({NUMBER}|a) min(?:ute)?s?\b", 1, 0),
)
_TAKEN = "\x01"  # where a time stood, until all are found
_LONGEST = 60 * 24 * 366  # minutes


def take_hours(sentence: Sentence) -> list[time]:
    """Take the times of day, 9点和18点; none where none is said.

    A half of the day is said once: 下午3点和5点 are both of the afternoon. Raises Invalid where
    there is no such time.
    """
    found: list[time] = []
    halves: set[str] = set()
    while (said := _take_hour(sentence, halves)) is not None:
        at, halves = said
        found.append(at)
    sentence.reword(rf"{_TAKEN}(?:\s*(?:[,和及与跟&/]|以及|还有|and)?\s*{_TAKEN})*", " ")
    return sorted(set(found))


def _take_hour(sentence: Sentence, before: set[str]) -> tuple[time, set[str]] | None:
    for pattern, at in _NAMED.items():
        if sentence.take(pattern, _TAKEN):
            return at, set()
    found = next((found for one in _CLOCKS if (found := sentence.take(one, _TAKEN))), None)
    if found is None:
        return None
    said = found.groupdict()
    halves = {_half_day(said[key]) for key in ("part", "half", "phase", "night") if said.get(key)}
    halves = halves or before
    quarter = _QUARTERS.get(said.get("quarter") or "", 0)
    at = _time(number(said["hour"]), quarter or number(said.get("minute") or "0"), halves)
    return at, halves


def take_moment(sentence: Sentence, now: datetime) -> datetime | None:
    """Take a time that is counted from now: 半小时后, in two hours."""
    for pattern, each, more in _SPANS:
        found = sentence.take(pattern)
        if found is None:
            continue
        counted = next((one for one in found.groups() if one), "a")
        minutes = each * (1 if counted in ("a", "an") else number(counted)) + more
        if not 0 < minutes <= _LONGEST:
            raise Invalid("schedule", "not_understood")
        later = now + timedelta(minutes=minutes)
        return later.replace(second=0, microsecond=0) + timedelta(minutes=later.second > 0)
    return None


def _half_day(word: str) -> str:
    return re.sub(r"\.", "", word)


def _time(hour: int, minute: int, halves: set[str]) -> time:
    if (hour == NOON and halves & _NIGHT) or (hour == 2 * NOON and minute == 0):
        raise Invalid("schedule", "midnight")
    if (halves & _LATER_HALF and hour < NOON) or ("中午" in halves and hour < 3):  # noqa: PLR2004  下午 begins
        hour += NOON
    elif halves & _MORNING and hour == NOON:
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        raise Invalid("schedule", "no_such_hour") from None
