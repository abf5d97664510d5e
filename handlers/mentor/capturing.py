"""A message in a group becomes a ticket: a mentor replies to it with /ticket."""

from telegram import Message
from telegram.ext import CommandHandler, MessageHandler, filters

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from handlers.context import Context, Inbound, guarded, person_of
from handlers.hearing import said_of
from handlers.routing import Area
from handlers.texts.desk_steps import CAPTURE

DESK = (Role.MENTOR, Role.ADMIN)
HERE = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE


async def capture(inbound: Inbound, context: Context) -> None:
    """Open a ticket for who wrote the message; they are told, there and in private."""
    message = inbound.message.reply_to_message if inbound.message else None
    if message is None or message.forum_topic_created is not None:
        raise Invalid("capture", "reply")
    author = await _author(message, context)
    await context.community.tickets.capturing.capture(
        inbound.actor, said=said_of(message), member_id=author
    )


async def _author(message: Message, context: Context) -> int:
    """Return who wrote a message; a bot, a channel and an anonymous admin are nobody to answer."""
    user = message.from_user
    if user is None or user.is_bot or message.sender_chat is not None:
        raise Invalid("capture", "author")
    return (await context.community.people.meet(person_of(user))).member_id


AREA: Area = (
    CommandHandler("ticket", guarded(capture, *DESK), filters=HERE),
    MessageHandler(HERE & filters.REPLY & filters.Regex(CAPTURE), guarded(capture, *DESK)),
)
