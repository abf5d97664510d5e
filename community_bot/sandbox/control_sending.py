"""What a person sends from the page: words, pictures, files, a voice, an album."""

from collections.abc import Callable
from typing import Any

from community_bot.sandbox.control_input import Input, Upload, wanted
from community_bot.sandbox.control_rights import may_write
from community_bot.sandbox.facts import GENERAL, Chat, Json, Message, Person
from community_bot.sandbox.files import LARGEST_DOWNLOAD
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.world import World

MOST_FILES = 10  # of an album (Bot API, sendMediaGroup)
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_Send = Callable[["Where", Upload, str, Json], Message]


class Where:
    """Who sends, into which chat and topic, in answer to what."""

    def __init__(self, given: Input) -> None:
        self.world: World = given.world
        self.person: Person = given.person()
        self.chat: Chat = given.chat()
        self.reply_to: Message | None = given.optional_message("reply_to")
        thread = given.optional_number("thread")
        if thread is not None and thread not in self.chat.topics:
            raise wanted("thread", "a topic of this chat")
        self.thread = None if thread == GENERAL else thread
        if not may_write(self.world, self.person, self.chat):
            raise Refused(403, "chat: this person may not write in it")

    @property
    def options(self) -> dict[str, Any]:
        return {"topic": self.thread, "reply_to": self.reply_to}


def send(given: Input) -> Json:
    """Send words, or files with words under the first of them."""
    text, where = given.text("text", "").strip(), Where(given)
    if not given.uploads:
        if not text:
            raise wanted("text", "something to say")
        return _sent([where.world.send_text(where.person, where.chat, text, **where.options)])
    if len(given.uploads) > MOST_FILES:
        raise wanted("file", f"at most {MOST_FILES} at a time")
    if any(len(each.data) > LARGEST_DOWNLOAD for each in given.uploads):
        raise wanted("file", "at most 20 MB each")
    senders = [_sender(given, each) for each in given.uploads]
    return _sent(_send_each(where, given.uploads, senders, text))


def _send_each(
    where: Where, uploads: tuple[Upload, ...], senders: list[_Send], text: str
) -> list[Message]:
    """Files of one kind are an album; Telegram's apps never mix documents with pictures."""
    alike = len(uploads) > 1 and len({each is _send_document for each in senders}) == 1
    group = str(13_000_000_000_000_000 + where.world.number())
    extra = {"media_group_id": group} if alike else {}
    return [
        sender(where, upload, "" if at else text, dict(extra))
        for at, (upload, sender) in enumerate(zip(uploads, senders, strict=True))
    ]


def contact(given: Input) -> Json:
    """Share one's own phone number, as a key of a reply keyboard asks for it."""
    where = Where(given)
    number = f"+86138{where.person.id % 10**8:08d}"
    sent = where.world.send_contact(
        where.person, where.chat, number, where.person.first_name, **where.options
    )
    return _sent([sent])


def location(given: Input) -> Json:
    """Send a place: the middle of Yiwu, where half of all small goods come from."""
    where = Where(given)
    sent = where.world.send_location(where.person, where.chat, 29.3068, 120.0751, **where.options)
    return _sent([sent])


def _sender(given: Input, upload: Upload) -> _Send:
    kind = given.text("as", "auto")
    if kind not in {"auto", "document", "voice"}:
        raise wanted("as", "auto, document or voice")
    if kind == "voice":
        duration = given.optional_number("duration") or 1
        return lambda *facts: _send_voice(*facts, duration=duration)
    if kind == "auto" and upload.mime_type in _PICTURES:
        return _send_photo
    return _send_video if kind == "auto" and upload.mime_type == "video/mp4" else _send_document


def _send_photo(where: Where, upload: Upload, caption: str, extra: Json) -> Message:
    return where.world.send_photo(
        where.person, where.chat, upload.data, caption, extra=extra, **where.options
    )


def _send_video(where: Where, upload: Upload, caption: str, extra: Json) -> Message:
    return where.world.send_video(
        where.person, where.chat, upload.data, caption, extra=extra, **where.options
    )


def _send_voice(
    where: Where, upload: Upload, caption: str, extra: Json, *, duration: int
) -> Message:
    return where.world.send_voice(
        where.person,
        where.chat,
        upload.data,
        caption,
        duration=duration,
        extra=extra,
        **where.options,
    )


def _send_document(where: Where, upload: Upload, caption: str, extra: Json) -> Message:
    return where.world.send_document(
        where.person,
        where.chat,
        upload.data,
        caption,
        name=upload.name,
        mime_type=upload.mime_type,
        extra=extra,
        **where.options,
    )


def _sent(messages: list[Message]) -> Json:
    return {"messages": [each.message_id for each in messages]}
