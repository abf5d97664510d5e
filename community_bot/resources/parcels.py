"""What leaves us for a recipient of a run: its content, a correction of it, its withdrawal."""

from dataclasses import dataclass

from community_bot.delivery.contents import act, parcel
from community_bot.delivery.message_acts import DeleteMessages, EditPiece
from community_bot.delivery.parcels import Button, Copies, Media, MediaKind, Piece
from community_bot.resources import content_rules
from community_bot.resources.content_rules import Part

POST, CORRECTION, WITHDRAWAL, ARCHIVING = "post", "post_correction", "post_withdrawal", "archiving"
RESOURCE = "resource"


@parcel(POST)
@dataclass(frozen=True, slots=True)
class PostPart(Piece):
    """One part of a post for one recipient."""

    copy_id: int = 0


@act(CORRECTION, is_paced=True)
@dataclass(frozen=True, slots=True)
class Correction(EditPiece):
    """What a recipient has already, with other words."""

    copy_id: int = 0


@act(WITHDRAWAL, is_paced=True)
@dataclass(frozen=True, slots=True)
class Withdrawal(DeleteMessages):
    """What a recipient has already, taken away again."""

    copy_id: int = 0


@parcel(ARCHIVING)
@dataclass(frozen=True, slots=True)
class Archiving(Copies):
    """The messages of a resource, on their way into the archive channel."""

    resource_version_id: int = 0


@parcel(RESOURCE)
@dataclass(frozen=True, slots=True)
class ResourcePart(Piece):
    """One part of a resource for somebody who has opened it."""

    resource_id: int = 0


def opened_part(part: Part, *, resource_id: int, is_protected: bool) -> ResourcePart:
    """Return a part as it leaves for whoever has opened its resource."""
    return ResourcePart(
        text=part.text,
        entities=tuple(dict(entity) for entity in part.entities),
        media=media_of(part),
        buttons=tuple(
            Button(one.label, url=one.url)
            if one.url is not None
            else Button(one.label, data=f"library:open:{one.resource_id}:~")
            for one in part.buttons
        ),
        protect=is_protected,
        resource_id=resource_id,
    )


def part_for(
    part: Part, *, run_id: int, copy_id: int, is_silent: bool, is_protected: bool
) -> PostPart:
    """Return a part as it leaves for one recipient."""
    return PostPart(
        text=part.text,
        entities=tuple(dict(entity) for entity in part.entities),
        media=media_of(part),
        buttons=buttons_of(part, run_id),
        silent=is_silent,
        protect=is_protected,
        copy_id=copy_id,
    )


def media_of(part: Part) -> tuple[Media, ...]:
    return tuple(Media(MediaKind(one.kind.value), one.file_id) for one in part.media)


def buttons_of(part: Part, run_id: int) -> tuple[Button, ...]:
    """Return the buttons: those to the library come back to us, as handlers/callbacks reads them.

    They stand under something that is kept, so their answer comes below it.
    """
    return tuple(
        Button(one.label, url=one.url)
        if one.url is not None
        else Button(one.label, data=f"opened:post:{run_id}:{number}:~")
        for number, one in enumerate(part.buttons)
    )


def correction_of(
    part: Part, *, run_id: int, copy_id: int, chat_id: int, message_id: int
) -> Correction:
    """Return what puts a part's words into a message that was sent already."""
    files = media_of(part)
    is_alone = len(files) == 1 and part.media[0].kind is not content_rules.MediaKind.VOICE
    return Correction(
        chat_id=chat_id,
        message_id=message_id,
        text=part.text,
        entities=tuple(dict(entity) for entity in part.entities),
        media=files[0] if is_alone else None,
        buttons=buttons_of(part, run_id),
        is_caption=bool(files),
        copy_id=copy_id,
    )
