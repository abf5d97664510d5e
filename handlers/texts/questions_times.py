"""When an answer is promised, as a clock time that stays true however late it is read."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from handlers.texts.words import Html, Words, bold


def by(_: Words, at: datetime, zone: ZoneInfo, now: datetime | None = None) -> Html:
    """Return 今天（11月22日）15:30 or 11月23日（周一）10:00; the date is always in it."""
    days = None if now is None else at.astimezone(zone).date() - now.astimezone(zone).date()
    facts = {"day": day(at, zone, _.locale), "clock": clock(at, zone, _.locale)}
    if days == timedelta():
        return bold(_("today ({day}), {clock}", **facts))
    if days == timedelta(days=1):
        return bold(_("tomorrow ({day}), {clock}", **facts))
    return bold(_("{day} ({weekday}), {clock}", weekday=weekday(at, zone, _.locale), **facts))


def day(at: datetime, zone: tzinfo, locale: str) -> str:
    """Return 11月22日: within the year everybody knows which one is meant."""
    pattern = "M月d日" if locale.startswith("zh") else "d MMM"
    return format_datetime(at, pattern, tzinfo=zone, locale=locale)


def weekday(at: datetime, zone: tzinfo, locale: str) -> str:
    return format_datetime(at, "EEE", tzinfo=zone, locale=locale)


def clock(at: datetime, zone: tzinfo, locale: str) -> str:
    return format_datetime(at, "HH:mm", tzinfo=zone, locale=locale)
