"""Files that were sent: the same bytes always have the same unique identifier."""

import hashlib
import struct
from dataclasses import dataclass

from community_bot.sandbox.facts import Json
from community_bot.sandbox.refusals import bad

LARGEST_DOWNLOAD = 20 * 1024 * 1024  # Bot API, getFile
LARGEST_UPLOAD = 50 * 1024 * 1024  # Bot API, sending files
LARGEST_PHOTO = 10 * 1024 * 1024
_SIZES = ((90, "s"), (320, "m"), (800, "x"), (1280, "y"), (2560, "w"))
_LONGEST_SUM, _LONGEST_RATIO = 10_000, 20  # Bot API, sendPhoto: width and height
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}

STICKER: Json = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}


@dataclass(slots=True, eq=False)
class StoredFile:
    """One file as one kind of thing; `facts` is what the Bot API says of it in a message."""

    data: bytes
    kind: str
    path: str
    facts: Json
    sizes: list[Json] | None = None

    @property
    def wire(self) -> Json | list[Json]:
        """What stands in a message: an object, of a photo the list of its sizes."""
        return self.facts if self.sizes is None else self.sizes


class Files:
    """Every file of the world, by its identifier and by its path."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def keep(
        self,
        data: bytes,
        kind: str,
        facts: Json | None = None,
        *,
        name: str = "",
        mime_type: str = "",
    ) -> StoredFile:
        """Store bytes as one kind of thing and say what the Bot API says of it."""
        if not data:
            raise bad("file must be non-empty")
        digest = hashlib.sha256(data).hexdigest()
        about = {"name": name, "mime_type": mime_type, **(facts or {})}
        mark = hashlib.sha256(repr((kind, digest, about)).encode()).hexdigest()
        known = self.by_id.get(f"{kind}_{mark[:48]}")
        if known is not None:
            return known
        stored = self._make(data, kind, digest, mark, about)
        for size in stored.sizes or [stored.facts]:
            self.by_id[size["file_id"]] = stored
        self.by_id[f"{kind}_{mark[:48]}"] = stored
        self.by_path[stored.path] = stored
        return stored

    def find(self, file_id: str, kind: str | None = None) -> StoredFile:
        """Find a file that was sent before, as the kind of thing it was sent as."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if kind is not None and stored.kind != kind:
            raise bad(f"can't use file of type {_title(stored.kind)} as {_title(kind)}")
        return stored

    def _make(self, data: bytes, kind: str, digest: str, mark: str, about: Json) -> StoredFile:
        file_id, unique = f"{kind}_{mark[:48]}", f"AQAD{digest[:16]}"
        facts: Json = {"file_id": file_id, "file_unique_id": unique, "file_size": len(data)}
        facts |= {key: value for key, value in about.items() if value not in {"", None}}
        if "name" in facts:
            facts["file_name"] = facts.pop("name")
        ending = _ending(facts.get("file_name"), kind)
        path = f"{_FOLDERS.get(kind, kind)}/file_{mark[:12]}{ending}"
        sizes = photo_sizes(data, mark, digest) if kind == "photo" else None
        return StoredFile(data, kind, path, facts, sizes)


def photo_sizes(data: bytes, mark: str, digest: str) -> list[Json]:
    """Return the sizes in which a photo is kept, the largest last."""
    if len(data) > LARGEST_PHOTO:
        raise bad("too big for a photo")
    width, height = dimensions(data)
    if width + height > _LONGEST_SUM or max(width, height) > _LONGEST_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    sizes: list[Json] = []
    for edge, letter in _SIZES:
        scale = min(1.0, edge / max(width, height))
        sizes.append(
            {
                "file_id": f"photo_{mark[:48]}{letter}",
                "file_unique_id": f"AQAD{digest[:16]}{letter}",
                "file_size": max(1, int(len(data) * scale * scale)),
                "width": max(1, int(width * scale)),
                "height": max(1, int(height * scale)),
            }
        )
        if scale == 1.0:
            break
    return sizes


def dimensions(data: bytes) -> tuple[int, int]:
    """Read width and height from the head of a PNG, GIF, WebP or JPEG."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[16:24]:
        width, height = struct.unpack(">II", data[16:24].rjust(8, b"\0"))
        return width, height
    if data[:6] in {b"GIF87a", b"GIF89a"} and data[6:10]:
        width, height = struct.unpack("<HH", data[6:10].ljust(4, b"\0"))
        return width, height
    if data[:2] == b"\xff\xd8":
        return _jpeg_dimensions(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512
    raise bad("IMAGE_PROCESS_FAILED")


_MARKER = 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG segments that say the size


def _jpeg_dimensions(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == _MARKER:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise bad("IMAGE_PROCESS_FAILED")


def _title(kind: str) -> str:
    return {"video_note": "VideoNote", "voice": "VoiceNote"}.get(kind, kind.title())


def _ending(name: object, kind: str) -> str:
    if isinstance(name, str) and "." in name:
        return "." + name.rsplit(".", 1)[1].lower()
    return {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "sticker": ".webp"}.get(kind, "")
