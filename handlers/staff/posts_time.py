"""When a post goes out: by a button, or typed as people say it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from community_bot.errors import Invalid
from community_bot.people.roles import Actor, Role
from community_bot.resources.phrase_rules import is_hour, lacks_hour, parse
from community_bot.resources.schedule_rules import Missed, OnHoliday, Rhythm, Schedule
from handlers.composing import card_of, change, names_of, preview_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import posts_choosing as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import posts as texts

TIME = "post_time"
EVENING, MORNING = time(20, 0), time(9, 30)
HOURS = {f"{at:%H%M}": at for at in keys.HOURS}
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = 0


async def times(inbound: Inbound, context: Context) -> None:
    """Offer times; what is typed next is one as well."""
    post_id = inbound.pressed.number(0)
    preview = await preview_of(inbound, context, post_id)
    await context.community.drafts.begin(
        inbound.actor, TIME, post_id=post_id, revision=preview.post.revision
    )
    is_evening = _local(context).time() >= EVENING
    keyboard = keys.times(inbound.words, preview.post, is_evening=is_evening)
    text = texts.time_wanted(inbound.words, preview, await names_of(context))
    await show(inbound, context, Screen(text, keyboard))


async def choose(inbound: Inbound, context: Context) -> None:
    """Take the time of a button."""
    found = TIMES.get(inbound.pressed.word(2))
    if found is None:
        raise Invalid("button", "broken")
    await _press(inbound, context, found(_local(context), _zone(context)))
    await show(inbound, context, await card_of(inbound, context, inbound.pressed.number(0)))


async def take(inbound: Inbound, context: Context) -> None:
    """Take a time as it was typed; days without a time of day are kept until it comes."""
    about = await asked(inbound, context)
    words = _in_full(typed(inbound), str(about.get("words", "")))
    if lacks_hour(words, now=_local(context)):
        await _ask_hour(inbound, context, about, words)
        return
    post_id = await _take(inbound, context, about, words)
    await send(inbound, context, await card_of(inbound, context, post_id))


async def take_hour(inbound: Inbound, context: Context) -> None:
    """Take the time of day of a button, for the days that were typed before it."""
    about = await asked(inbound, context)
    at = HOURS.get(inbound.pressed.word(0))
    if at is None or "words" not in about:
        raise Invalid("button", "broken")
    post_id = await _take(inbound, context, about, f"{about['words']} {at:%H:%M}")
    await show(inbound, context, await card_of(inbound, context, post_id))


async def _ask_hour(inbound: Inbound, context: Context, about: dict[str, Any], words: str) -> None:
    await context.community.drafts.begin(inbound.actor, TIME, **{**about, "words": words})
    keyboard = keys.hours(inbound.words, int(about["post_id"]))
    await send(inbound, context, Screen(texts.hour_wanted(inbound.words, words), keyboard))


async def _take(inbound: Inbound, context: Context, about: dict[str, Any], words: str) -> int:
    post_id, revision = int(about["post_id"]), int(about["revision"])
    schedule = parse(words, now=_local(context), zone=_zone(context))
    actor = context.community.drafts.finishing(inbound.actor)
    await _plan(context, actor, post_id, revision, schedule)
    return post_id


def _in_full(words: str, before: str) -> str:
    """Return what was typed, with the days before it where it is a time of day alone."""
    return f"{before} {words}" if before and is_hour(words) else words


async def turn_holidays(inbound: Inbound, context: Context) -> None:
    schedule = await _schedule(inbound, context)
    after = _after(list(OnHoliday), schedule.on_holiday)
    await _press(inbound, context, replace(schedule, on_holiday=after))
    await times(inbound, context)


async def turn_missed(inbound: Inbound, context: Context) -> None:
    schedule = await _schedule(inbound, context)
    after = _after(list(Missed), schedule.missed)
    await _press(inbound, context, replace(schedule, missed=after))
    await times(inbound, context)


async def _press(inbound: Inbound, context: Context, schedule: Schedule | None) -> None:
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    await _plan(context, inbound.actor, post_id, revision, schedule)


async def _plan(
    context: Context, actor: Actor, post_id: int, revision: int, schedule: Schedule | None
) -> None:
    """Save a schedule that has a time to come; raises Invalid for yesterday."""
    composing = context.community.resources.composing
    await composing.check_ahead(actor, schedule)
    await change(context, actor, post_id=post_id, revision=revision, schedule=schedule)


async def _schedule(inbound: Inbound, context: Context) -> Schedule:
    composing = context.community.resources.composing
    post = await composing.one(inbound.actor, post_id=inbound.pressed.number(0))
    if post.composed.schedule is None:
        raise Invalid("button", "broken")
    return post.composed.schedule


def _once(at: time, day: date, zone: str) -> Schedule:
    return Schedule(Rhythm.ONCE, at, day, zone)


def _in_an_hour(now: datetime, zone: str) -> Schedule:
    at = (now + HOUR).replace(second=0, microsecond=0)
    return _once(at.time(), at.date(), zone)


def _mondays(now: datetime, zone: str) -> Schedule:
    return Schedule(Rhythm.WEEKS, MORNING, now.date(), zone, weekdays=(MONDAY,))


TIMES: dict[str, Callable[[datetime, str], Schedule | None]] = {
    "now": lambda _now, _zone: None,
    "hour": _in_an_hour,
    "tonight": lambda now, zone: _once(EVENING, now.date(), zone),
    "evening": lambda now, zone: _once(EVENING, now.date() + DAY, zone),
    "tomorrow": lambda now, zone: _once(MORNING, now.date() + DAY, zone),
    "workdays": lambda now, zone: Schedule(Rhythm.WORKDAYS, MORNING, now.date(), zone),
    "mondays": _mondays,
}
_Choice = TypeVar("_Choice")


def _after(of: list[_Choice], one: _Choice) -> _Choice:
    """Return the choice behind another, and the first behind the last."""
    return of[(of.index(one) + 1) % len(of)]


def _local(context: Context) -> datetime:
    return context.community.clock.now().astimezone(context.community.config.community.zone)


def _zone(context: Context) -> str:
    return context.community.config.community.timezone


AREA: Area = (
    on_press("post", "times", times, Role.ADMIN),
    on_press("post", "time", choose, Role.ADMIN),
    on_press("post", "yeshour", take_hour, Role.ADMIN),
    on_press("post", "holidays", turn_holidays, Role.ADMIN),
    on_press("post", "missed", turn_missed, Role.ADMIN),
)
STEPS: Steps = reserved({TIME: take}, Role.ADMIN)
