"""A message as what a resource or a post says: words with formatting, files, buttons with links."""

from typing import Protocol

from telegram import Message

from community_bot.errors import Invalid
from community_bot.resources.content_rules import Button, Content, Media, MediaKind

# A message with an animation has a document too (core.telegram.org/bots/api#message).
_KINDS = (
    MediaKind.VIDEO,
    MediaKind.ANIMATION,
    MediaKind.DOCUMENT,
    MediaKind.VOICE,
    MediaKind.AUDIO,
)


class _File(Protocol):
    file_id: str
    file_unique_id: str


def content_of(message: Message | None) -> Content:
    """Return what a message says; raises Invalid for a sticker, a poll and whatever is neither."""
    media = _media(message) if message else ()
    text = (message.text or message.caption or "") if message else ""
    if message is None or not (text or media):
        raise Invalid("content", "unsupported")
    entities = message.entities or message.caption_entities
    return Content(
        text=text,
        entities=tuple(one.to_dict() for one in entities),
        media=media,
        buttons=_buttons(message),
    )


def _media(message: Message) -> tuple[Media, ...]:
    if message.photo:
        return (_kept(MediaKind.PHOTO, message.photo[-1]),)
    for kind in _KINDS:
        file: _File | None = getattr(message, kind.value)
        if file is not None:
            return (_kept(kind, file),)
    return ()


def _kept(kind: MediaKind, file: _File) -> Media:
    return Media(kind, file.file_id, file.file_unique_id)


def _buttons(message: Message) -> tuple[Button, ...]:
    """Return the buttons of a forwarded message that open addresses; others lead to its bot."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return tuple(Button(key.text, url=key.url) for row in rows for key in row if key.url)
