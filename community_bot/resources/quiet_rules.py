"""Quiet hours: when a member's own clock says that nothing may ring."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from community_bot.errors import Invalid

MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From and until in minutes of the day, on the clock of a zone; the night may be in between."""

    zone: str
    from_minute: int
    until_minute: int


def checked(hours: QuietHours) -> QuietHours:
    """Return the hours if they say something; raises Invalid."""
    try:
        ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("zone", "unknown") from None
    minutes = (hours.from_minute, hours.until_minute)
    if not all(0 <= minute < MINUTES_OF_A_DAY for minute in minutes):
        raise Invalid("quiet_hours", "malformed")
    return hours


def end_of_quiet(hours: QuietHours, at: datetime) -> datetime | None:
    """Return when the quiet that holds at a moment ends; None where it is not quiet then."""
    zone = ZoneInfo(hours.zone)
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    begin, end = hours.from_minute, hours.until_minute
    is_quiet = begin <= minute < end if begin <= end else minute >= begin or minute < end
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1) if begin > end and minute >= begin else local.date()
    midnight = datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=zone)
    return midnight.astimezone(UTC)
