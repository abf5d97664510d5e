"""A ticket's page in the private chat of whoever works on it, for every area of the desk."""

from community_bot.membership.spaces import DESK
from handlers.context import Context, Inbound
from handlers.keyboards import desk_page as keys
from handlers.replies import Screen, aside
from handlers.texts import desk as texts
from handlers.texts import desk_steps


async def show_page(inbound: Inbound, context: Context, ticket_id: int) -> None:
    """Show a ticket as it is now, with what this person may do with it."""
    await tell_aside(inbound, context, await page_of(inbound, context, ticket_id))


async def page_of(inbound: Inbound, context: Context, ticket_id: int) -> Screen:
    community, _ = context.community, inbound.words
    views, zone = community.tickets.views, community.config.community.zone
    ticket = await views.ticket(inbound.actor, ticket_id=ticket_id)
    card = await views.card(inbound.actor, ticket_id=ticket_id)
    paused_until = await community.tickets.pausing.until(inbound.actor, ticket_id=ticket_id)
    text = texts.ticket_page(_, card, zone, community.clock.now(), paused_until)
    keyboard = keys.page(_, ticket, card, inbound.actor, is_paused=paused_until is not None)
    return Screen(text, keyboard)


async def tell_aside(inbound: Inbound, context: Context, screen: Screen) -> None:
    """Answer in the private chat, and say so where it was asked."""
    await aside(inbound, context, screen, toast=desk_steps.in_private(inbound.words))


async def is_at_desk(context: Context, chat_id: int) -> bool:
    """Say whether a chat is one of the mentors' places."""
    spaces = await context.community.spaces.all()
    return any(one.chat_id == chat_id and one.role == DESK for one in spaces)
