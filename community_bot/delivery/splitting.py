"""Splitting what is too much for one message: texts between their words, files into albums.

Telegram counts in UTF-16 units: an emoji is two (core.telegram.org/api/entities#utf-16).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from community_bot.delivery.parcels import Entity, Media, MediaKind, Piece

LONGEST_TEXT = 4096  # core.telegram.org/bots/api#sendmessage
LONGEST_CAPTION = 1024  # core.telegram.org/bots/api#sendphoto
LONGEST_TOPIC = 128  # core.telegram.org/bots/api#createforumtopic
LARGEST_ALBUM = 10  # core.telegram.org/bots/api#sendmediagroup
UNIT = 2  # bytes
_CODE = "utf-16-le"
# What may stand in one album: photos and videos mixed, documents and audio each among themselves.
_ALBUMS = {
    MediaKind.PHOTO: "pictures",
    MediaKind.VIDEO: "pictures",
    MediaKind.DOCUMENT: "documents",
    MediaKind.AUDIO: "audio",
}


def length(text: str) -> int:
    """Return how long Telegram finds a text."""
    return len(text.encode(_CODE)) // UNIT


def topic_name(said: str) -> str:
    """Return as much of a name as a topic can have; an emoji is never cut in two."""
    return said.encode(_CODE)[: LONGEST_TOPIC * UNIT].decode(_CODE, "ignore")


def parts_of(piece: Piece) -> list[Piece]:
    """Return the messages that a piece becomes: the files, then the text, the buttons last.

    Raises ValueError for buttons that hang on nothing, and for a piece that says nothing.
    """
    albums = list(_albums(piece.media))
    fits = len(albums) == 1 and length(piece.text) <= LONGEST_CAPTION
    is_whole = fits and not (piece.buttons and len(albums[0]) > 1)
    bare = replace(piece, text="", entities=(), media=(), buttons=())
    if is_whole:
        return [piece]
    if not piece.text and (piece.buttons or not albums):
        raise ValueError("buttons need a text, or one file, to stand under")
    parts = [replace(bare, media=album) for album in albums]
    parts += [
        replace(bare, text=text, entities=entities)
        for text, entities in split(piece.text, piece.entities)
    ]
    parts[-1] = replace(parts[-1], buttons=piece.buttons)
    return [parts[0], *(replace(part, reply_to=None) for part in parts[1:])]


def split(
    text: str, entities: Sequence[Entity] = (), most: int = LONGEST_TEXT
) -> Iterator[tuple[str, tuple[Entity, ...]]]:
    """Yield pieces of a text with the entities of each; only an entity too long is cut itself."""
    encoded = text.encode(_CODE)
    start, end = 0, len(encoded) // UNIT
    while start < end:
        stop = end if end - start <= most else _stop(encoded, entities, start, start + most)
        said = encoded[start * UNIT : stop * UNIT].decode(_CODE)
        if said.strip():
            yield said, _within(entities, start, stop)
        start = stop


def _stop(encoded: bytes, entities: Sequence[Entity], start: int, latest: int) -> int:
    """Return where to cut: before an entity rather than in it, at a line's or a word's end."""
    if not _is_between_characters(encoded, latest):
        latest -= 1
    whole = latest
    while cut_at := [
        one["offset"] for one in entities if one["offset"] < whole < one["offset"] + one["length"]
    ]:
        whole = min(cut_at)
    if whole <= start:
        return latest
    for mark in ("\n", " "):
        at = _last(encoded, mark, start, whole)
        if at > start + (whole - start) // 2 and not _cuts(entities, at):
            return at
    return whole


def _last(encoded: bytes, mark: str, start: int, stop: int) -> int:
    """Return the place behind the last mark, or the start where there is none."""
    said = encoded[start * UNIT : stop * UNIT].decode(_CODE)
    return start + length(said[: said.rfind(mark) + 1])


def _is_between_characters(encoded: bytes, at: int) -> bool:
    """Say whether no surrogate pair is cut here."""
    high = int.from_bytes(encoded[(at - 1) * UNIT : at * UNIT], "little")
    return not 0xD800 <= high <= 0xDBFF  # noqa: PLR2004  the first halves of surrogate pairs


def _cuts(entities: Sequence[Entity], at: int) -> bool:
    return any(one["offset"] < at < one["offset"] + one["length"] for one in entities)


def _within(entities: Sequence[Entity], start: int, stop: int) -> tuple[Entity, ...]:
    """Return the entities of a part, counted from its own beginning."""
    found = []
    for one in entities:
        begin = max(one["offset"], start)
        end = min(one["offset"] + one["length"], stop)
        if begin < end:
            found.append({**one, "offset": begin - start, "length": end - begin})
    return tuple(found)


def _albums(media: Sequence[Media]) -> Iterator[tuple[Media, ...]]:
    """Yield files that go together, in the order in which they were given."""
    album: list[Media] = []
    for one in media:
        goes_with = (
            album and one.kind in _ALBUMS and _ALBUMS[one.kind] == _ALBUMS.get(album[0].kind)
        )
        if album and (not goes_with or len(album) == LARGEST_ALBUM):
            yield tuple(album)
            album = []
        album.append(one)
    if album:
        yield tuple(album)
