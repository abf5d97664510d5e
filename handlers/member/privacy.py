"""Somebody's own data: what is kept, all of it as a file, and the wish to have it deleted."""

from community_bot.billing.cards import exported
from handlers.context import Context, Inbound
from handlers.keyboards import privacy as keys
from handlers.replies import Screen, send_file, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import privacy as texts

FILE = "my-data.json"


async def privacy(inbound: Inbound, context: Context) -> None:
    contact = context.community.config.community.contact
    text = texts.privacy(inbound.words, contact=contact)
    await show(inbound, context, Screen(text, keys.privacy(inbound.words)))


async def export(inbound: Inbound, context: Context) -> None:
    """Send everything that is known of the actor."""
    own = inbound.actor.member_id
    card = await context.community.cards.of(inbound.actor, member_id=own)
    screen = Screen(texts.export_caption(inbound.words), keys.back(inbound.words))
    await send_file(inbound, context, exported(card), name=FILE, screen=screen)


async def ask_deletion(inbound: Inbound, context: Context) -> None:
    """Say what deletion means, before it is asked for."""
    screen = Screen(texts.deletion_sure(inbound.words), keys.deletion_sure(inbound.words))
    await show(inbound, context, screen)


async def deletion(inbound: Inbound, context: Context) -> None:
    await context.community.privacy.ask_deletion(inbound.actor)
    screen = Screen(texts.deletion_sent(inbound.words), keys.back(inbound.words))
    await show(inbound, context, screen)


AREA: Area = (
    on_command("privacy", privacy),
    on_link("privacy", privacy),
    on_press("privacy", "show", privacy),
    on_press("privacy", "export", export),
    on_press("privacy", "delete", ask_deletion),
    on_press("privacy", "really", deletion),
)
