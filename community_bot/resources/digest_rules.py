"""Digests: how often a member hears of what is new, and when by their own clock."""

import re
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid

AT = time(9)  # o'clock where the member lives
MONDAY = 0
DAY = timedelta(days=1)
# 22:30-7:00, with the signs that phones put in place of a hyphen and a colon.
_HOURS = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至]\s*(\d{1,2})[:：](\d{2})")
LAST_HOUR, LAST_MINUTE = 23, 59


class Pace(StrEnum):
    """How often somebody wants to hear of what is new."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


USUAL = Pace.WEEKLY  # for whoever follows a topic and has chosen nothing


def pace_of(value: str) -> Pace:
    """Read a pace from a button; raises Invalid."""
    try:
        return Pace(value)
    except ValueError:
        raise Invalid("button", "broken") from None


def hours_of(text: str) -> tuple[int, int]:
    """Read from when to when nothing may ring, in minutes of the day; raises Invalid."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise Invalid("quiet_hours", "malformed")
    begin, begin_minute, end, end_minute = (int(part) for part in found.groups())
    if max(begin, end) > LAST_HOUR or max(begin_minute, end_minute) > LAST_MINUTE:
        raise Invalid("quiet_hours", "malformed")
    return begin * 60 + begin_minute, end * 60 + end_minute


def next_digest(pace: Pace, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Return the first moment after another at which a digest is due; None for never."""
    if pace is Pace.NEVER:
        return None
    day = after.astimezone(zone).date()
    while True:
        at = datetime.combine(day, AT, tzinfo=zone).astimezone(UTC)
        if at > after and (pace is Pace.DAILY or day.weekday() == MONDAY):
            return at
        day += DAY
