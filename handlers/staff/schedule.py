"""The schedule: what goes out when, as text and as a picture, and what is done about one plan."""

from asyncio import to_thread
from datetime import date

from community_bot.errors import Invalid
from community_bot.insight import calendars
from community_bot.people.roles import Role
from community_bot.resources.rules import PostState
from handlers.composing import card_of, names_of, preview_of
from handlers.context import Context, Inbound
from handlers.keyboards import posts_runs as runs_keys
from handlers.keyboards import schedule as keys
from handlers.replies import Screen, acknowledge, send, send_picture, show
from handlers.routing import Area, on_command, on_press
from handlers.texts import posts_confirming as posts_texts
from handlers.texts import posts_runs as runs_texts
from handlers.texts import schedule as texts

WEEKS, PICTURED, MOST = 2, 4, 15


async def home(inbound: Inbound, context: Context) -> None:
    await _show(inbound, context, None)


async def weeks(inbound: Inbound, context: Context) -> None:
    """Turn to other weeks."""
    await _show(inbound, context, _day(inbound))


async def _show(inbound: Inbound, context: Context, from_: date | None) -> None:
    resources = context.community.resources
    calendar = await resources.planning.calendar(inbound.actor, weeks=WEEKS, from_=from_)
    planned = await resources.posts.planned(inbound.actor)
    held = [one for one in planned if one.state is PostState.PAUSED]
    text = texts.calendar(inbound.words, calendar, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.calendar(inbound.words, calendar, held)))


async def picture(inbound: Inbound, context: Context) -> None:
    """Show the weeks as a picture; it is drawn beside the loop, for it takes a while."""
    zone = context.community.config.community.zone
    calendar = await context.community.resources.planning.calendar(
        inbound.actor, weeks=PICTURED, from_=_day(inbound)
    )
    today = context.community.clock.now().astimezone(zone).date()
    drawn = await to_thread(calendars.draw, calendar, zone, today)
    screen = Screen(texts.picture(inbound.words, calendar), keys.picture(inbound.words))
    await send_picture(inbound, context, drawn, screen)


async def plan(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await _plan(inbound, context, inbound.pressed.number(0)))


async def _plan(inbound: Inbound, context: Context, post_id: int) -> Screen:
    preview = await preview_of(inbound, context, post_id)
    text = texts.plan(inbound.words, preview, await names_of(context))
    return Screen(text, keys.plan(inbound.words, preview.post))


async def pause(inbound: Inbound, context: Context) -> None:
    post_id = inbound.pressed.number(0)
    await context.community.resources.posts.pause(inbound.actor, post_id=post_id)
    await show(inbound, context, await _plan(inbound, context, post_id))


async def resume(inbound: Inbound, context: Context) -> None:
    post_id = inbound.pressed.number(0)
    await context.community.resources.posts.resume(inbound.actor, post_id=post_id)
    await show(inbound, context, await _plan(inbound, context, post_id))


async def cancel_sure(inbound: Inbound, context: Context) -> None:
    post_id = inbound.pressed.number(0)
    post = await context.community.resources.composing.one(inbound.actor, post_id=post_id)
    text = texts.cancel_sure(inbound.words, post.title)
    await show(inbound, context, Screen(text, keys.sure(inbound.words, post_id)))


async def cancel(inbound: Inbound, context: Context) -> None:
    post_id = inbound.pressed.number(0)
    await context.community.resources.posts.cancel(inbound.actor, post_id=post_id)
    await show(inbound, context, await _plan(inbound, context, post_id))


async def replace(inbound: Inbound, context: Context) -> None:
    """Begin a draft that takes the place of a plan when it is confirmed."""
    await _duplicate(inbound, context, is_replacing=True)


async def copy(inbound: Inbound, context: Context) -> None:
    await _duplicate(inbound, context, is_replacing=False)


async def _duplicate(inbound: Inbound, context: Context, *, is_replacing: bool) -> None:
    post = await context.community.resources.composing.duplicate(
        inbound.actor, post_id=inbound.pressed.number(0), is_replacing=is_replacing
    )
    await send(inbound, context, await card_of(inbound, context, post.post_id))


async def try_on(inbound: Inbound, context: Context) -> None:
    """Send the post to whoever asks, exactly as it will look."""
    await context.community.resources.trying.show(inbound.actor, post_id=inbound.pressed.number(0))
    await acknowledge(inbound, posts_texts.shown_below(inbound.words))


async def runs(inbound: Inbound, context: Context) -> None:
    """Show what went out lately, of one post or of all."""
    post_id = inbound.pressed.number(0) if inbound.pressed.args else None
    found = await context.community.resources.steering.newest(inbound.actor, post_id=post_id)
    zone = context.community.config.community.zone
    text = runs_texts.runs(inbound.words, found[:MOST], zone)
    await show(inbound, context, Screen(text, runs_keys.runs(inbound.words, found[:MOST])))


def _day(inbound: Inbound) -> date:
    try:
        return date.fromisoformat(inbound.pressed.word(0))
    except ValueError:
        raise Invalid("button", "broken") from None


AREA: Area = (
    on_command("schedule", home, Role.ADMIN),
    on_press("schedule", "home", home, Role.ADMIN),
    on_press("schedule", "weeks", weeks, Role.ADMIN),
    on_press("schedule", "picture", picture, Role.ADMIN),
    on_press("schedule", "post", plan, Role.ADMIN),
    on_press("schedule", "pause", pause, Role.ADMIN),
    on_press("schedule", "resume", resume, Role.ADMIN),
    on_press("schedule", "cancel", cancel_sure, Role.ADMIN),
    on_press("schedule", "yescancel", cancel, Role.ADMIN),
    on_press("schedule", "replace", replace, Role.ADMIN),
    on_press("schedule", "copy", copy, Role.ADMIN),
    on_press("schedule", "show", try_on, Role.ADMIN),
    on_press("schedule", "runs", runs, Role.ADMIN),
)
