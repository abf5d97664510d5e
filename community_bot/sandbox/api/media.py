"""Sending files: uploaded, or known by their identifier; one by one and as albums."""

from collections.abc import Callable
from typing import Any

from community_bot.sandbox import wire
from community_bot.sandbox.api.sending import destination, put, send
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Json
from community_bot.sandbox.files import STICKER, StoredFile
from community_bot.sandbox.formatting import caption_of
from community_bot.sandbox.parameters import Parameters, Upload
from community_bot.sandbox.refusals import bad

_FEWEST, _MOST = 2, 10  # Bot API, sendMediaGroup
_ALONE = frozenset({"document", "audio"})
_IN_ALBUMS = frozenset({"photo", "video", "document", "audio"})
_NUMBERS: dict[str, Json] = {
    "video": {"width": 640, "height": 360, "duration": 0},
    "animation": {"width": 320, "height": 320, "duration": 0},
    "video_note": {"length": 240, "duration": 0},
    "voice": {"duration": 0},
    "audio": {"duration": 0},
}


def sender_of(kind: str) -> Callable[[Call], Json]:
    """Return the method that sends one kind of file."""

    def send_file(call: Call) -> Json:
        said = call.parameters
        stored = file_of(call, said.values.get(kind, said.uploads.get(kind)), kind, said)
        content = {kind: stored.wire, **({} if kind == "sticker" else shown(call, said))}
        if kind == "animation":
            content["document"] = stored.facts
        return send(call, content)

    return send_file


def shown(call: Call, said: Parameters) -> Json:
    """Return the caption and how the file is shown."""
    content = caption_of(call.world, said)
    for name, kept in (
        ("has_spoiler", "has_media_spoiler"),
        ("show_caption_above_media", "show_caption_above_media"),
    ):
        if said.flag(name):
            content[kept] = True
    return content


def file_of(call: Call, said: object, kind: str, about: Parameters) -> StoredFile:
    """Find the file that is meant: an upload, an attachment or a known identifier."""
    if isinstance(said, str) and said.startswith("attach://"):
        said = call.parameters.uploads.get(said.removeprefix("attach://"))
    if isinstance(said, Upload):
        return _keep(call, said, kind, about)
    if not isinstance(said, str) or not said:
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    if said.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    return call.world.files.find(said, kind)


def _keep(call: Call, upload: Upload, kind: str, about: Parameters) -> StoredFile:
    files = call.world.files
    if kind == "photo":
        return files.keep(upload.data, kind)
    if kind == "sticker":
        return files.keep(upload.data, kind, STICKER)
    facts: Json = {
        name: about.integer(name, default) for name, default in _NUMBERS.get(kind, {}).items()
    }
    if kind == "audio":
        facts |= {name: about.text(name) for name in ("performer", "title")}
    name = upload.name if kind in {"document", "video", "animation", "audio"} else ""
    mime_type = "" if kind == "video_note" else upload.mime_type
    return files.keep(upload.data, kind, facts, name=name, mime_type=mime_type)


def send_media_group(call: Call) -> list[Json]:
    items = call.parameters.json("media", "media")
    if not isinstance(items, list):
        raise bad("expected an Array of InputMedia")
    contents = [input_media(call, item) for item in items]
    _check_album([item["type"] for item in items])
    to = destination(call)
    group = str(13_000_000_000_000_000 + call.world.number())
    extra = {"media_group_id": group}
    sent = [
        put(call, to, content, extra=extra, count=0 if at else len(contents))
        for at, content in enumerate(contents)
    ]
    return [wire.message(message) for message in sent]


def input_media(call: Call, item: Any) -> Json:  # noqa: ANN401  JSON
    """Read an InputMedia: what it carries and its caption."""
    if not isinstance(item, dict) or "type" not in item:
        raise bad("can't parse InputMedia: Object expected")
    kind = item["type"]
    if kind not in _IN_ALBUMS | {"animation"}:
        raise bad(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    if not item.get("media"):
        raise bad("can't parse InputMedia: media not found")
    about = Parameters(item)
    stored = file_of(call, item["media"], kind, about)
    content = {kind: stored.wire, **shown(call, about)}
    if kind == "animation":
        content["document"] = stored.facts
    return content


def _check_album(kinds: list[str]) -> None:
    if len(kinds) < _FEWEST:
        raise bad("there must be at least 2 media in the album")
    if len(kinds) > _MOST:
        raise bad("too many messages to send as an album")
    if any(kind not in _IN_ALBUMS for kind in kinds):
        raise bad("can't use the media of the specified type in the album")
    if len(set(kinds)) > 1 and _ALONE & set(kinds):
        name = min(_ALONE & set(kinds))
        raise bad(f"{name} can't be mixed with other media types")


METHODS: dict[str, Callable[[Call], Any]] = {
    "sendPhoto": sender_of("photo"),
    "sendDocument": sender_of("document"),
    "sendVideo": sender_of("video"),
    "sendVoice": sender_of("voice"),
    "sendAudio": sender_of("audio"),
    "sendAnimation": sender_of("animation"),
    "sendVideoNote": sender_of("video_note"),
    "sendSticker": sender_of("sticker"),
    "sendMediaGroup": send_media_group,
}
