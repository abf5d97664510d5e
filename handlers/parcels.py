"""Parcels on their way to Telegram: messages that are copied, and pieces that people have made."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import ChatMigrated

from community_bot.delivery.letters import Letter, Receipt
from community_bot.delivery.parcels import Button, Copies, Entity, Media, MediaKind, Piece
from community_bot.errors import BadContent, MessageGone
from handlers.gate import Bot, Turn

# Basic groups are the only chats that move; supergroups have longer ids, people positive ones.
SUPERGROUPS_BELOW = -1_000_000_000_000
InAlbum: TypeAlias = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio
IN_ALBUM: dict[MediaKind, type[InAlbum]] = {
    MediaKind.PHOTO: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
    MediaKind.DOCUMENT: InputMediaDocument,
    MediaKind.AUDIO: InputMediaAudio,
}


async def carry(bot: Bot, parcel: object, letter: Letter) -> Receipt:
    """Send a parcel by one call."""
    match parcel:
        case Copies():
            return await _copy(bot, parcel, letter)
        case Piece():
            return await _send(bot, parcel, letter)
        case _:
            raise BadContent(f"nobody knows how to carry {type(parcel).__name__}")


def weight_of(letter: Letter) -> int:
    """Count the messages that a parcel becomes."""
    facts = letter.facts
    return max(1, *(len(facts.get(name) or ()) for name in ("message_ids", "media")))


def keyboard_of(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Put buttons one below another."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.label, url=one.url, callback_data=one.data)] for one in buttons]
    )


def entities_of(entities: Sequence[Entity]) -> list[MessageEntity]:
    """Read formatting as Telegram wrote it; nothing has left yet when it cannot be read."""
    try:
        return [MessageEntity.de_json(one, None) for one in entities]
    except (KeyError, TypeError, ValueError) as error:
        raise BadContent(f"formatting that cannot be read: {error!r}") from error


def input_of(media: Media, text: str, entities: Sequence[Entity]) -> InAlbum | InputMediaAnimation:
    """Return a file that takes the place of another one."""
    if media.kind is MediaKind.ANIMATION:
        said = entities_of(entities)
        return InputMediaAnimation(media.file_id, caption=text or None, caption_entities=said)
    return _in_album(media, text, entities)


def _in_album(media: Media, text: str = "", entities: Sequence[Entity] = ()) -> InAlbum:
    kind = IN_ALBUM.get(media.kind)
    if kind is None:
        raise BadContent(f"{media.kind} goes into no album and takes no other file's place")
    return kind(media.file_id, caption=text or None, caption_entities=entities_of(entities))


async def _copy(bot: Bot, copies: Copies, letter: Letter) -> Receipt:
    try:
        if len(copies.message_ids) == 1:
            return await _copy_one(bot, copies, letter)
        copied = await bot.copy_messages(
            from_chat_id=copies.from_chat_id,
            message_ids=copies.message_ids,
            **_delivered(letter, copies),
        )
    except ChatMigrated as error:
        # Telegram does not say which of the two chats has moved. Taking the one for the other
        # would readdress what waits for a person to a group.
        if _may_move(copies.from_chat_id) or not _may_move(letter.chat_id):
            raise MessageGone("the chat to copy from has moved") from error
        raise
    ids = tuple(one.message_id for one in copied)
    return Receipt(ids, missing=len(copies.message_ids) - len(ids))


async def _copy_one(bot: Bot, copies: Copies, letter: Letter) -> Receipt:
    words = copies.wording
    how = _delivered(letter, copies) | {"reply_parameters": reply(copies.reply_to)}
    if words is not None and not words.is_caption:
        said = await bot.send_message(text=words.text, entities=entities_of(words.entities), **how)
        return Receipt((said.message_id,))
    if words is not None:
        how |= {"caption": words.text, "caption_entities": entities_of(words.entities)}
    copied = await bot.copy_message(
        from_chat_id=copies.from_chat_id, message_id=copies.message_ids[0], **how
    )
    return Receipt((copied.message_id,))


async def _send(bot: Bot, piece: Piece, letter: Letter) -> Receipt:
    common = _delivered(letter, piece) | {"reply_parameters": reply(piece.reply_to)}
    if len(piece.media) > 1:
        first, *others = piece.media
        album = [_in_album(first, piece.text, piece.entities), *map(_in_album, others)]
        sent = await bot.send_media_group(media=album, **common)
        return Receipt(tuple(message.message_id for message in sent))
    common |= {"reply_markup": keyboard_of(piece.buttons)}
    if not piece.media:
        text, entities = piece.text, entities_of(piece.entities)
        message = await bot.send_message(text=text, entities=entities, **common)
        return Receipt((message.message_id,))
    (media,) = piece.media
    send = _senders(bot)[media.kind]
    said = {"caption": piece.text or None, "caption_entities": entities_of(piece.entities)}
    message = await send(**{media.kind.value: media.file_id}, **said, **common)
    return Receipt((message.message_id,))


def _senders(bot: Bot) -> dict[MediaKind, Callable[..., Awaitable[Message]]]:
    return {
        MediaKind.PHOTO: bot.send_photo,
        MediaKind.VIDEO: bot.send_video,
        MediaKind.DOCUMENT: bot.send_document,
        MediaKind.AUDIO: bot.send_audio,
        MediaKind.VOICE: bot.send_voice,
        MediaKind.ANIMATION: bot.send_animation,
    }


def _may_move(chat_id: int) -> bool:
    return SUPERGROUPS_BELOW < chat_id < 0


def _delivered(letter: Letter, parcel: Copies | Piece) -> dict[str, Any]:
    """Return what every call of PTB's is told: to whom, and how."""
    return {
        "chat_id": letter.chat_id,
        "message_thread_id": letter.topic_id,
        "disable_notification": parcel.silent or None,
        "protect_content": parcel.protect or None,
        "rate_limit_args": Turn(letter.lane, admitted=True),
    }


def reply(message_id: int | None) -> ReplyParameters | None:
    """Reply to a message; where that one is gone, send all the same."""
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)
