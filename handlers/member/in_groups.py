"""Commands in a group: personal things are shown in the private chat, one tap away."""

from telegram.ext import CommandHandler, filters

from handlers.commands import COMMANDS
from handlers.context import Context, Inbound, guarded
from handlers.keyboards import home as keys
from handlers.replies import Screen, send
from handlers.routing import Area
from handlers.texts import home as texts


async def to_private(inbound: Inbound, context: Context) -> None:
    """Point to the private chat, at the very screen that was asked for."""
    command = inbound.text.split("@", 1)[0].split()[0].lstrip("/").lower()
    keyboard = keys.in_private(inbound.words, context.bot.username, command)
    await send(inbound, context, Screen(texts.open_in_private(inbound.words), keyboard))


AREA: Area = (
    CommandHandler(
        [command.name for command in COMMANDS],
        guarded(to_private),
        filters=filters.ChatType.GROUPS
        & filters.UpdateType.MESSAGE
        & ~filters.IS_AUTOMATIC_FORWARD,
    ),
)
