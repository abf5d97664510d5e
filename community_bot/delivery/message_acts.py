"""Acts on messages that are there already, each harmless when done twice."""

from dataclasses import dataclass

from community_bot.delivery.contents import act
from community_bot.delivery.parcels import Button, Entity, Media


@act("pin", is_paced=True)
@dataclass(frozen=True, slots=True)
class Pin:
    """Keep a message at the top of its chat."""

    chat_id: int
    message_id: int
    silent: bool = True


@act("unpin")
@dataclass(frozen=True, slots=True)
class Unpin:
    """Keep it there no longer."""

    chat_id: int
    message_id: int


@act("react", is_slight=True)
@dataclass(frozen=True, slots=True)
class React:
    """Put an emoji on a message; where that is not possible it is no loss."""

    chat_id: int
    message_id: int
    emoji: str


@act("edit_piece", is_paced=True)
@dataclass(frozen=True, slots=True)
class EditPiece:
    """Put other content into a message of ours: its text, or with a file its caption or both.

    `is_caption` says that the message has a file and the text stands under it; `media` takes the
    file's place. Buttons that are left out are taken away.
    """

    chat_id: int
    message_id: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: Media | None = None
    buttons: tuple[Button, ...] = ()
    is_caption: bool = False


@act("delete_messages", is_paced=True)
@dataclass(frozen=True, slots=True)
class DeleteMessages:
    """Take messages of ours away again; Telegram allows it for 48 hours."""

    chat_id: int
    message_ids: tuple[int, ...]
