"""Waiting lists: joining one, seeing where one stands, leaving it."""

from community_bot.billing.waitlist import Line
from handlers.context import Context, Inbound
from handlers.keyboards import waitlist as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import waitlist as texts


async def look(inbound: Inbound, context: Context) -> None:
    tier_code = inbound.pressed.word(0)
    await _show(
        inbound, context, await context.community.waitlist.line(inbound.actor, tier_code=tier_code)
    )


async def look_again(inbound: Inbound, context: Context) -> None:
    """Show the list that a notice was about."""
    number = inbound.pressed.number(0)
    line = await context.community.waitlist.line_of(inbound.actor, place_id=number)
    await _show(inbound, context, line)


async def join(inbound: Inbound, context: Context) -> None:
    tier_code = inbound.pressed.word(0)
    await _show(
        inbound, context, await context.community.waitlist.join(inbound.actor, tier_code=tier_code)
    )


async def leave(inbound: Inbound, context: Context) -> None:
    tier_code = inbound.pressed.word(0)
    await _show(
        inbound, context, await context.community.waitlist.leave(inbound.actor, tier_code=tier_code)
    )


async def _show(inbound: Inbound, context: Context, line: Line) -> None:
    zone = context.community.config.community.zone
    screen = Screen(texts.line(inbound.words, line, zone), keys.line(inbound.words, line))
    await show(inbound, context, screen)


AREA: Area = (
    on_press("waitlist", "look", look),
    on_press("waitlist", "place", look_again),
    on_press("waitlist", "join", join),
    on_press("waitlist", "leave", leave),
)
