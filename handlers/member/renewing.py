"""Renewing: one tap from a reminder to the plans that lead on."""

from handlers.context import Context, Inbound
from handlers.keyboards import ending as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import ending as texts


async def renew(inbound: Inbound, context: Context) -> None:
    """Show how to go on: the tier somebody has or had, and the ones above it."""
    community = context.community
    found = await community.window.ways_on(inbound.actor)
    text = texts.renewing(inbound.words, found.standing, community.config.community.zone)
    keyboard = keys.renewing(inbound.words, found.offers, found.held)
    await show(inbound, context, Screen(text, keyboard))


AREA: Area = (on_press("me", "renew", renew),)
