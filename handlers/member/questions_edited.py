"""Edits of messages that belong to a question: the copies say what the message says now."""

from telegram.ext import MessageHandler, filters

from handlers.context import Context, Inbound, guarded
from handlers.hearing import kind_of, said_of
from handlers.routing import Area, is_command


async def edited(inbound: Inbound, context: Context) -> None:
    """Take an edit by whoever wrote the message, member or mentor, wherever it stands."""
    message = inbound.message
    if message is not None and kind_of(message) is not None:
        command = inbound.text.split(maxsplit=1)[0] if is_command(message) else ""
        said = said_of(message, without=command)
        await context.community.tickets.amending.edited(inbound.actor, said=said)


_EDITED = filters.UpdateType.EDITED_MESSAGE & ~filters.ChatType.CHANNEL
AREA: Area = (MessageHandler(_EDITED, guarded(edited)),)
