"""Buttons under a post: that somebody pressed one is counted, and what it leads to is sent."""

from handlers.context import Context, Inbound
from handlers.keyboards import library as keys
from handlers.replies import Screen, acknowledge, aside, make_sure_of_private_chat
from handlers.routing import Area, on_press
from handlers.texts import library as texts
from handlers.texts import posts_opened as opened_texts

TRIED = 0  # what stands for the run in a post that an admin tries on


async def opened(inbound: Inbound, context: Context) -> None:
    """Send the resource behind a button to whoever pressed it, or show them the way up."""
    run_id, button = inbound.pressed.number(0), inbound.pressed.number(1)
    if run_id == TRIED:
        await acknowledge(inbound, opened_texts.tried_on(inbound.words))
        return
    await make_sure_of_private_chat(inbound, context)
    reading = context.community.resources.reading
    found = await reading.pressed(inbound.actor, run_id=run_id, button=button)
    view = await reading.open(inbound.actor, resource_id=found.resource_id or 0)
    if view.is_locked:
        screen = Screen(texts.locked(inbound.words, view), keys.locked(inbound.words))
        await aside(inbound, context, screen, toast=opened_texts.in_private(inbound.words))
    else:
        here, there = texts.on_its_way(inbound.words), opened_texts.on_its_way(inbound.words)
        await acknowledge(inbound, here if inbound.is_private else there)


AREA: Area = (on_press("opened", "post", opened),)
