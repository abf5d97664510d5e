"""A settled ticket becomes a draft of the FAQ: one tap, and a look at what is there already."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.desk_page import tell_aside
from handlers.keyboards import desk_entries as keys
from handlers.replies import Screen
from handlers.routing import Area, on_press
from handlers.texts import desk_writing as texts

DESK = (Role.MENTOR, Role.ADMIN)


async def promote(inbound: Inbound, context: Context) -> None:
    """Make the draft, unless there are entries that may say the same."""
    number, _ = inbound.pressed.number(0), inbound.words
    similar = await context.community.tickets.promoting.similar(inbound.actor, ticket_id=number)
    if similar:
        screen = Screen(texts.alike(_, number, similar), keys.alike(_, number, similar))
        await tell_aside(inbound, context, screen)
        return
    await another(inbound, context)


async def another(inbound: Inbound, context: Context) -> None:
    """Make a draft of its own."""
    entry_id = await context.community.tickets.promoting.promote(
        inbound.actor, ticket_id=inbound.pressed.number(0)
    )
    await _promoted(inbound, context, entry_id)


async def renew(inbound: Inbound, context: Context) -> None:
    """Let the answer be the newest version of an entry."""
    entry_id = await context.community.tickets.promoting.renew(
        inbound.actor, ticket_id=inbound.pressed.number(0), entry_id=inbound.pressed.number(1)
    )
    await _promoted(inbound, context, entry_id)


async def _promoted(inbound: Inbound, context: Context, entry_id: int) -> None:
    _ = inbound.words
    screen = Screen(texts.promoted(_, entry_id), keys.promoted(_, entry_id))
    await tell_aside(inbound, context, screen)


AREA: Area = (
    on_press("desk", "promote", promote, *DESK),
    on_press("desk", "another", another, *DESK),
    on_press("desk", "renew", renew, *DESK),
)
