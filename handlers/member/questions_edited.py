"""Edits of messages that belong to a question: the copies say what the message says now."""

from telegram.ext import MessageHandler, filters

from handlers.context import Context, Inbound, guarded
from handlers.hearing import command_of, kind_of, name_in, said_of
from handlers.routing import Area


async def edited(inbound: Inbound, context: Context) -> None:
    """Take an edit by whoever wrote the message, member or mentor, wherever it stands."""
    message = inbound.message
    if message is not None and kind_of(message) is not None:
        head = command_of(message) or name_in(message, context.bot.username)
        amending = context.community.tickets.amending
        await amending.edited(inbound.actor, said=said_of(message), head=head)


_EDITED = filters.UpdateType.EDITED_MESSAGE & ~filters.ChatType.CHANNEL
AREA: Area = (MessageHandler(_EDITED, guarded(edited)),)
