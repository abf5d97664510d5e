"""Digests: how often a member hears of what is new, and when by their own clock."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid

AT = time(9)  # o'clock where the member lives
MONDAY = 0
DAY, WEEK = timedelta(days=1), timedelta(days=7)


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
