"""The queue and one's own tickets: lists in the private chat, most urgent first."""

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.tickets.view_queries import View
from handlers.context import Context, Inbound
from handlers.keyboards import desk_page as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import desk as texts

DESK = (Role.MENTOR, Role.ADMIN)


async def queue(inbound: Inbound, context: Context) -> None:
    """Show what nobody has taken yet."""
    await _show(inbound, context, View.UNCLAIMED, 0)


async def mine(inbound: Inbound, context: Context) -> None:
    await _show(inbound, context, View.MINE, 0)


async def turn(inbound: Inbound, context: Context) -> None:
    """Show another list or another page of it."""
    try:
        view = View(inbound.pressed.word(0))
    except ValueError:
        raise Invalid("button", "broken") from None
    await _show(inbound, context, view, inbound.pressed.number(1))


async def _show(inbound: Inbound, context: Context, view: View, number: int) -> None:
    community, _ = context.community, inbound.words
    found = await community.tickets.views.queue(inbound.actor, view=view, number=number)
    keyboard = keys.queue(_, view, found.page, community.config.community.zone)
    await show(inbound, context, Screen(texts.queue(_, view, found), keyboard))


AREA: Area = (
    on_command("queue", queue, *DESK),
    on_link("queue", queue, *DESK),
    on_command("mine", mine, *DESK),
    on_link("mine", mine, *DESK),
    on_press("queue", "list", turn, *DESK),
)
