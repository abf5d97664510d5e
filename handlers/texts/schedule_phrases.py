"""When a post goes out, in the words in which people say it."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_day_names, get_month_names

from community_bot.resources.schedule_rules import LAST, OnHoliday, Rhythm, Schedule, hours_of
from handlers.texts.words import Html, Words, lines

_DAYS, _MONTHS = 7, 12
_FEBRUARY = 2
_LEAP_YEAR = 2028  # every day of the calendar has a name in it


def phrase(_: Words, of: Schedule | None) -> Html:
    """Return 每两周的周三 20:00，到 2027年1月1日为止; no schedule: as soon as it is confirmed."""
    if of is None:
        return _("at once, when it is confirmed")
    return Html(_("; ").join([_rhythm(_, of), *_ends(_, of), *_holidays(_, of)]))


def examples(_: Words) -> Html:
    """Return what can be typed: once, again and again, by the month, and when it ends."""
    return lines(
        _(
            "<code>tomorrow 3pm</code> · <code>next tuesday 10:00</code> · "
            "<code>in two hours</code> · <code>Dec 1 09:30</code>"
        ),
        _("<code>every workday 09:30</code> · <code>every mon, wed and fri 20:00</code>"),
        _(
            "<code>first monday of the month 10:00</code> · "
            "<code>last day of the month 18:00</code>"
        ),
        _("<code>every day 9:00 and 18:00</code> · <code>1st and 15th of every month 10:00</code>"),
        _(
            "<code>last workday of the month 17:00</code> · "
            "<code>first day of every quarter 10:00</code> · "
            "<code>every year on Mar 15 09:30</code>"
        ),
        _("<code>every two weeks on wed 20:00 until Dec 31, skip holidays</code>"),
    )


def moments(_: Words, at: tuple[datetime, ...], zone: ZoneInfo, *, year: int | None = None) -> Html:
    """Return 2026年12月29日 周二 09:30、2027年1月5日 周二 09:30: a year stands where it changes.

    `year` is the one that has been named already.
    """
    years = [year, *(one.astimezone(zone).year for one in at)]
    shown = [
        _moment(_, one, zone, with_year=now != before)
        for one, before, now in zip(at, years, years[1:], strict=False)
    ]
    return Html(_(", ").join(shown))


def _moment(_: Words, at: datetime, zone: ZoneInfo, *, with_year: bool) -> str:
    pattern = f"{day_pattern(_, with_year=with_year)} HH:mm"
    if not _.locale.startswith("zh"):
        pattern = f"{day_pattern(_, with_year=with_year)}, HH:mm"
    return format_datetime(at, pattern, tzinfo=zone, locale=_.locale)


def day_pattern(_: Words, *, with_year: bool) -> str:
    """Return how a day is written with its weekday."""
    if _.locale.startswith("zh"):
        return "yyyy年M月d日 EEE" if with_year else "M月d日 EEE"
    return "EEE d MMM yyyy" if with_year else "EEE d MMM"


def span(_: Words, of: timedelta) -> Html:
    """Return about how long something takes."""
    seconds = max(0, round(of.total_seconds()))
    if seconds < 60:  # noqa: PLR2004  a minute
        return _.count("about a second", "about {n} seconds", max(1, seconds))
    minutes = -(-seconds // 60)
    if minutes < 100:  # noqa: PLR2004  people still count in minutes
        return _.count("about a minute", "about {n} minutes", minutes)
    return _.count("about an hour", "about {n} hours", -(-minutes // 60))


def _rhythm(_: Words, of: Schedule) -> Html:
    facts = {"at": _clocks(_, of), "n": of.every, "days": _weekdays(_, of.weekdays)}
    if of.rhythm is Rhythm.ONCE:
        day = format_date(of.starts_on, _day_pattern(_), locale=_.locale)
        return _("once: {day}, {at}", day=day, at=facts["at"])
    if of.rhythm is Rhythm.WORKDAYS:
        return _("every workday, {at}", **facts)
    if of.rhythm is Rhythm.DAYS:
        return (
            _("every day, {at}", **facts) if of.every == 1 else _("every {n} days, {at}", **facts)
        )
    if of.rhythm is Rhythm.WEEKS:
        every = _("every week on {days}, {at}", **facts)
        return every if of.every == 1 else _("every {n} weeks on {days}, {at}", **facts)
    if of.rhythm is Rhythm.MONTH_DAY and _is_yearly(of):
        last = monthrange(_LEAP_YEAR, of.months[0])[1]
        called = date(_LEAP_YEAR, of.months[0], min(of.month_day, last))
        pattern = "M月d日" if _.locale.startswith("zh") else "d MMMM"
        named = format_date(called, pattern, locale=_.locale)
        if of.months[0] == _FEBRUARY and called.day == last:
            return _(
                "every year on {day}, in other years on the 28th, {at}", day=named, at=facts["at"]
            )
        return _("every year on {day}, {at}", day=named, at=facts["at"])
    if of.months:
        names = get_month_names("abbreviated", locale=_.locale)
        months = _.plain(", ").join(names[(one - 1) % _MONTHS + 1] for one in of.months)
        return _("in {months} only: {rhythm}", months=months, rhythm=_monthly(_, of, facts))
    return _monthly(_, of, facts)


def _is_yearly(of: Schedule) -> bool:
    """Say whether it is one day of the calendar, which people call by its name."""
    return len(of.months) == 1 and not of.also_on and of.month_day != LAST


def _monthly(_: Words, of: Schedule, facts: dict[str, object]) -> Html:
    if of.rhythm is Rhythm.MONTH_WORKDAY:
        if of.nth == LAST:
            return _("the last workday of each month, {at}", **facts)
        return _("workday number {nth} of each month, {at}", nth=of.nth, **facts)
    if of.rhythm is Rhythm.NTH_WEEKDAY:
        if of.nth == LAST:
            return _("the last {days} of each month, {at}", **facts)
        return _("{days} number {nth} of each month, {at}", nth=of.nth, **facts)
    wanted = sorted({of.month_day, *of.also_on} - {LAST})
    days = _.plain(", ").join(map(str, wanted))
    if LAST not in (of.month_day, *of.also_on):
        return _("day {day} of each month, {at}", day=days, **facts)
    if wanted:
        return _("day {day} and the last day of each month, {at}", day=days, **facts)
    return _("the last day of each month, {at}", **facts)


def _ends(_: Words, of: Schedule) -> list[Html]:
    found = []
    if of.until is not None:
        day = format_date(of.until, _day_pattern(_), locale=_.locale)
        found.append(_("until {day}", day=day))
    if of.times is not None:
        found.append(_.count("once in all", "{n} times in all", of.times))
    return found


def _holidays(_: Words, of: Schedule) -> list[Html]:
    known = {
        OnHoliday.SKIP: _("not on holidays"),
        OnHoliday.MOVE: _("moved to the next workday on holidays"),
    }
    return [known[of.on_holiday]] if of.on_holiday in known else []


def _weekdays(_: Words, weekdays: tuple[int, ...]) -> str:
    names = get_day_names("abbreviated", locale=_.locale)
    return _.plain(", ").join(names[one % _DAYS] for one in weekdays)


def _clocks(_: Words, of: Schedule) -> str:
    return _.plain(", ").join(format_time(at, "HH:mm", locale=_.locale) for at in hours_of(of))


def _day_pattern(_: Words) -> str:
    return "yyyy年M月d日" if _.locale.startswith("zh") else "d MMM yyyy"
