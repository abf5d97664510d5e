"""Parcels: content made by people, which is carried as it is."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from community_bot.delivery.contents import parcel

Entity: TypeAlias = dict[
    str, Any
]  # as Telegram writes it: core.telegram.org/bots/api#messageentity


class MediaKind(StrEnum):
    """The files that Telegram shows each in its own way."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"
    ANIMATION = "animation"


@dataclass(frozen=True, slots=True)
class Media:
    """A file that Telegram has already, by the id under which this bot knows it."""

    kind: MediaKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens a link, or is pressed and tells us its data."""

    label: str
    url: str | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a copy says instead: under the file of the message, or all by itself."""

    text: str
    entities: tuple[Entity, ...] = ()
    is_caption: bool = False


@parcel("copies")
@dataclass(frozen=True, slots=True)
class Copies:
    """Messages that are somewhere else, copied without their sender's name; albums stay albums.

    Several at once cannot reply to a message: core.telegram.org/bots/api#copymessages.
    `wording` are other words that a single one goes with.
    """

    from_chat_id: int
    message_ids: tuple[int, ...]
    reply_to: int | None = None
    silent: bool = False
    protect: bool = False
    wording: Wording | None = None

    def parts(self) -> list["Copies"]:
        """Return what can be copied by one call each, in the order in which it was written."""
        ids = sorted(set(self.message_ids))
        return [
            replace(self, message_ids=tuple(ids[start : start + MOST_COPIES]))
            for start in range(0, len(ids), MOST_COPIES)
        ]


@parcel("piece")
@dataclass(frozen=True, slots=True)
class Piece:
    """A text with its formatting, files and buttons; `protect` forbids to pass it on.

    What is too much for one message is promised as several, one after another: the files first,
    then the text, the buttons under the last. Buttons stand one below another.
    """

    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: tuple[Media, ...] = ()
    buttons: tuple[Button, ...] = ()
    reply_to: int | None = None
    silent: bool = False
    protect: bool = False


MOST_COPIES = 100  # core.telegram.org/bots/api#copymessages
