"""Handing an entry of the FAQ over to whoever is to look after it."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import kb as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import kb as texts


async def owners(inbound: Inbound, context: Context) -> None:
    """Offer everybody who may look after an entry."""
    number = inbound.pressed.number(0)
    editors = await context.community.faq.publishing.editors(inbound.actor)
    keyboard = keys.owners(inbound.words, number, editors)
    await show(inbound, context, Screen(texts.owners(inbound.words), keyboard))


async def hand_over(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    entry = await context.community.faq.publishing.hand_over(
        inbound.actor, entry_id=number, owner_id=inbound.pressed.number(1)
    )
    text = texts.handed_over(inbound.words, entry)
    await show(inbound, context, Screen(text, keys.back(inbound.words, number)))


AREA: Area = (
    on_press("kb", "owners", owners, Role.ADMIN),
    on_press("kb", "give", hand_over, Role.ADMIN),
)
