"""Working hours as people write them: "09:30-12:00", several a day, 24:00 as an end."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from community_bot.errors import Invalid

_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~]\s*(\d{1,2}):(\d{2})")
_MINUTES_OF_AN_HOUR = 60
_MINUTES_OF_A_DAY = 24 * _MINUTES_OF_AN_HOUR


def interval(text: str) -> tuple[int, int]:
    """Return from and until in minutes since midnight; raises Invalid, which says why."""
    # A Chinese keyboard writes full-width digits, colons and dashes.
    found = _INTERVAL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Invalid("hours", "form", given=text)
    first, last = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if first is None or last is None or first == _MINUTES_OF_A_DAY:
        raise Invalid("hours", "form", given=text)
    if first >= last:
        raise Invalid("hours", "order", given=text)
    return first, last


def intervals(texts: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return the intervals of a day in order; raises Invalid where two of them overlap."""
    found = sorted((interval(text), text) for text in texts)
    for (earlier, _), (later, text) in pairwise(found):
        if later[0] < earlier[1]:
            raise Invalid("hours", "overlap", given=text)
    return tuple(one for one, _ in found)


def in_words(hours: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Write intervals as they are read: 570 to 720 is 09:30-12:00."""
    return tuple(f"{_clock(first)}-{_clock(last)}" for first, last in hours)


def _minutes(hour: str, minute: str) -> int | None:
    if int(minute) >= _MINUTES_OF_AN_HOUR:
        return None
    total = int(hour) * _MINUTES_OF_AN_HOUR + int(minute)
    return total if total <= _MINUTES_OF_A_DAY else None


def _clock(minutes: int) -> str:
    return "{:02}:{:02}".format(*divmod(minutes, _MINUTES_OF_AN_HOUR))
