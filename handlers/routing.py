"""How an area says what it answers to: commands, buttons and replies, each with who may use it."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from community_bot.people.roles import Role
from handlers.context import Context, Handle, guarded

Handler = BaseHandler[Update, Context, None]
PRIVATE_MESSAGE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def on_command(name: str, handle: Handle, *needs: Role) -> Handler:
    """Answer a command in the private chat."""
    return CommandHandler(name, guarded(handle, *needs), filters=PRIVATE_MESSAGE)


def on_press(area: str, verb: str, handle: Handle, *needs: Role) -> Handler:
    """Answer a button `area:verb:...`, wherever it was pressed."""
    return CallbackQueryHandler(guarded(handle, *needs), pattern=rf"^{area}:{verb}(:|$)")


def on_message(kind: filters.BaseFilter, handle: Handle, *needs: Role) -> Handler:
    """Answer a private message of a kind; edits are not messages."""
    return MessageHandler(kind & PRIVATE_MESSAGE, guarded(handle, *needs))


Area = Sequence[Handler]
