"""Mirroring: what a copy is to say after the message it was made of has changed."""

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.message_acts import EditPiece
from community_bot.delivery.parcels import Media, MediaKind
from community_bot.delivery.rules import Doubt
from community_bot.tickets.facts import Relay, Said

_WORDLESS = ("sticker", "video_note", "location", "contact", "dice")


def mirrored(relay: Relay, before: Said, now: Said, *, version: int) -> Promise | None:
    """Promise to put the new words, or the new file, into a copy that has arrived.

    None where there is no copy yet, and for a voice or a sticker, which have no words.
    """
    if relay.message_id is None or before.content in _WORDLESS:
        return None
    is_new_file = now.file_id is not None and now.file_id != before.file_id
    edit = EditPiece(
        chat_id=relay.chat_id,
        message_id=relay.message_id,
        text=now.text or "",
        entities=tuple(dict(one) for one in now.entities),
        media=_media(now) if is_new_file else None,
        is_caption=now.content != "text",
    )
    return Promise(
        edit,
        chat_id=relay.chat_id,
        lane=Lane.DESK,
        once_key=f"mirror:{relay.relay_id}:{version}",
        doubt=Doubt.REPEAT,
        keep=False,
    )


def _media(said: Said) -> Media | None:
    if said.file_id is None or said.content not in set(MediaKind):
        return None
    return Media(MediaKind(said.content), said.file_id)
