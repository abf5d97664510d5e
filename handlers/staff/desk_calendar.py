"""The calendar of work: a month to look at, and days that are closed or have other hours."""

from datetime import date

from community_bot.business_time.facts import Day
from community_bot.errors import Invalid
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import desk_office as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import desk_office as texts

HOURS = "calendar_hours"
YEARS = range(2000, 3000)  # that a button may name


async def month(inbound: Inbound, context: Context) -> None:
    """Show a month: the one that the button names, else this one."""
    if len(inbound.pressed.args) > 1:
        year, number = inbound.pressed.number(0), inbound.pressed.number(1)
    else:
        today = context.community.clock.now().astimezone(context.community.config.community.zone)
        year, number = today.year, today.month
    if _date(f"{year:04}-{number:02}-01").year not in YEARS:
        raise Invalid("button", "broken")
    of = await context.community.business_time.month(year=year, month=number)
    await show(
        inbound,
        context,
        Screen(texts.calendar(inbound.words, of), keys.calendar(inbound.words, of)),
    )


async def day(inbound: Inbound, context: Context) -> None:
    of = await _day(context, _date(inbound.pressed.word(0)))
    await show(inbound, context, _screen(inbound, of))


async def close(inbound: Inbound, context: Context) -> None:
    """Let a day count for nothing."""
    at = _date(inbound.pressed.word(0))
    await context.community.business_time.close(inbound.actor, day=at)
    await show(inbound, context, _screen(inbound, await _day(context, at)))


async def usual(inbound: Inbound, context: Context) -> None:
    """Let a day be again what its weekday and the holidays make it."""
    at = _date(inbound.pressed.word(0))
    await context.community.business_time.restore(inbound.actor, day=at)
    await show(inbound, context, _screen(inbound, await _day(context, at)))


async def ask_hours(inbound: Inbound, context: Context) -> None:
    at = _date(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, HOURS, day=at.isoformat())
    text = texts.hours_wanted(inbound.words, at)
    await show(inbound, context, Screen(text, keys.back_to(inbound.words, at)))


async def hours(inbound: Inbound, context: Context) -> None:
    """Give a day the hours that were typed."""
    at = _date(str((await asked(inbound, context))["day"]))
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.business_time.open(actor, day=at, hours=typed(inbound))
    await send(inbound, context, _screen(inbound, await _day(context, at)))


def _screen(inbound: Inbound, of: Day) -> Screen:
    return Screen(texts.day(inbound.words, of), keys.day(inbound.words, of))


async def _day(context: Context, at: date) -> Day:
    found = await context.community.business_time.month(year=at.year, month=at.month)
    return found.days[at.day - 1]


def _date(written: str) -> date:
    """Read a date from a button; raises Invalid for a forged one."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Invalid("button", "broken") from None


AREA: Area = (
    on_press("office", "month", month, Role.ADMIN),
    on_press("office", "day", day, Role.ADMIN),
    on_press("office", "close", close, Role.ADMIN),
    on_press("office", "usual", usual, Role.ADMIN),
    on_press("office", "hours", ask_hours, Role.ADMIN),
)
STEPS: Steps = reserved({HOURS: hours}, Role.ADMIN)
