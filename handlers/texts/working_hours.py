"""Words for the calendar of working hours, and for refusals about it."""

from zoneinfo import ZoneInfo

from community_bot.business_time.notices import HolidaysUnknown
from handlers.texts.words import Html, Words, bold, lines


def holidays_unknown(_: Words, told: HolidaysUnknown, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("📅 The public holidays of {year} are missing", year=str(told.year))),
        _(
            "I do not know them yet, so promised answer times count every weekday of that year "
            "as a working day."
        ),
        "",
        _(
            "They are announced each November: update the program then, or enter the days "
            "yourself under /desk, in the working calendar."
        ),
        _.count("One day is set by hand.", "{n} days are set by hand.", told.entered)
        if told.entered
        else None,
    )


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words of refusals by field and reason."""
    return {
        ("hours", "form"): _(
            "Please type hours like 09:30-12:00, several with commas between them; "
            "24:00 is the latest end."
        ),
        ("hours", "order"): _("These hours end before they begin. Please type them again."),
        ("hours", "overlap"): _("Two of these times overlap. Please type them again."),
        ("calendar_day", "past"): _("That day is over. Please choose today or a later day."),
        ("calendar_day", "far"): _(
            "That day is more than two years ahead. Is the year right? Please choose another."
        ),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {"calendar_day": _("Nothing was set for that day; it is as usual already.")}
