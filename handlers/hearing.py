"""A message as the core keeps it: what kind it is, its words and formatting, its file."""

from telegram import Message, MessageEntity

from community_bot.errors import Invalid
from community_bot.tickets.facts import Said
from handlers.context import topic_of
from handlers.routing import is_command

# What can be copied from one chat to another, by Telegram's names; a message with an animation has
# a document too, and a venue a location (core.telegram.org/bots/api#message).
KINDS = (
    "text",
    "photo",
    "video",
    "animation",
    "document",
    "voice",
    "audio",
    "video_note",
    "sticker",
    "venue",
    "location",
    "contact",
)


def kind_of(message: Message) -> str | None:
    """Return what a message consists of; None for what cannot be carried to anybody."""
    return next((kind for kind in KINDS if getattr(message, kind)), None)


def said_of(message: Message, *, without: str = "") -> Said:
    """Return a message as it came, but for what it begins with.

    Raises Invalid for a poll, a game and whatever else cannot be carried.
    """
    kind = kind_of(message)
    if kind is None:
        raise Invalid("question", "unsupported")
    entities = message.entities or message.caption_entities
    said = Said(
        chat_id=message.chat_id,
        message_id=message.message_id,
        content="location" if kind == "venue" else kind,
        text=message.text or message.caption or None,
        entities=tuple(one.to_dict() for one in entities),
        file_id=_file_of(message, kind),
        media_group_id=message.media_group_id,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        forum_topic_id=topic_of(message),
    )
    return said.without(without)


def command_of(message: Message) -> str:
    """Return the command with which a message begins, as it was typed."""
    return (message.text or "").split(maxsplit=1)[0] if is_command(message) else ""


def name_in(message: Message, bot_username: str) -> str:
    """Return the mention of the bot as it was typed, if it is mentioned."""
    named = f"@{bot_username}".lower()
    found = message.parse_entities([MessageEntity.MENTION]) or message.parse_caption_entities(
        [MessageEntity.MENTION]
    )
    return next((text for text in found.values() if text.lower() == named), "")


def _file_of(message: Message, kind: str) -> str | None:
    if kind == "photo":
        return message.photo[-1].file_id
    return getattr(getattr(message, kind), "file_id", None)
