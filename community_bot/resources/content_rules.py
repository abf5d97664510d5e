"""What a resource or a post says: checked, put into parts that Telegram takes, and its mark."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from community_bot.errors import Invalid

# Counted in UTF-16 code units (core.telegram.org/bots/api#sendmessage and #sendphoto).
TEXT_UNITS, CAPTION_UNITS = 4096, 1024
ALBUM = 10  # core.telegram.org/bots/api#sendmediagroup
MEDIA = 30
BUTTONS, LABEL_SIGNS, URL_SIGNS = 12, 40, 1000
TITLE_SIGNS = 120


_DIGITS = 10
# Words, a dash, a bar, an arrow or a space of any width, and an address or a resource's number.
_TYPED = re.compile(
    r"(.+?)(?:\s*[-|:：—–－｜=,，>→]+\s*|\s+)(\S+://\S+|t\.me/\S+|#\d+|[^\s.:/#]+(?:\.[^\s.]+)+\S*)"
)


class MediaKind(StrEnum):
    """What Telegram sends a file as."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"
    ANIMATION = "animation"


# What may stand in one album together (core.telegram.org/bots/api#sendmediagroup).
_ALBUM_OF = {
    MediaKind.PHOTO: "seen",
    MediaKind.VIDEO: "seen",
    MediaKind.DOCUMENT: "document",
    MediaKind.AUDIO: "audio",
}
# A name without a dot is nobody's address: Telegram refuses it (Bot API, InlineKeyboardButton).
_LINK = re.compile(r"https?://[^\s/?#]+\.[^\s/?#.]+(?:[/?#]\S*)?|tg://\S+")


@dataclass(frozen=True, slots=True)
class Media:
    """A file that Telegram keeps; `unique_id` is the same for every bot, `file_id` is ours."""

    kind: MediaKind
    file_id: str
    unique_id: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a post: it opens an address, or else a resource of the library."""

    label: str
    url: str | None = None
    resource_id: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A text with its formatting, as the Bot API gives it, with files and buttons."""

    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    media: tuple[Media, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One message, or one album, of a content."""

    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    media: tuple[Media, ...] = ()
    buttons: tuple[Button, ...] = ()


def units(text: str) -> int:
    """Count a text as Telegram does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked(content: Content) -> Content:
    """Return the content if it can be posted; raises Invalid."""
    if not content.text.strip() and not content.media:
        raise Invalid("content", "empty")
    if units(content.text) > TEXT_UNITS:
        raise Invalid("content", "too_long", limit=TEXT_UNITS)
    if len(content.media) > MEDIA:
        raise Invalid("content", "too_many_files", limit=MEDIA)
    if len(content.buttons) > BUTTONS:
        raise Invalid("button", "too_many", limit=BUTTONS)
    for button in content.buttons:
        check_button(button)
    return content


def joined(content: Content, more: Content) -> Content:
    """Return a content with another below it: words under words, files after files."""
    if not content.text or not more.text:
        return replace(
            content,
            text=content.text or more.text,
            entities=content.entities or more.entities,
            media=content.media + more.media,
            buttons=content.buttons + more.buttons,
        )
    gap = "\n\n"
    shift = units(content.text + gap)
    moved = [{**entity, "offset": entity["offset"] + shift} for entity in more.entities]
    return Content(
        text=content.text + gap + more.text,
        entities=(*content.entities, *moved),
        media=content.media + more.media,
        buttons=content.buttons + more.buttons,
    )


def corrected(content: Content, by: Content) -> Content:
    """Return what takes the place of a content: words alone leave its files, and buttons stay."""
    return Content(
        text=by.text,
        entities=by.entities,
        media=by.media or content.media,
        buttons=by.buttons or content.buttons,
    )


def check_button(button: Button) -> None:
    """Raise Invalid for a button that Telegram would refuse or that leads nowhere."""
    if not button.label.strip() or len(button.label) > LABEL_SIGNS:
        raise Invalid("label", "length", limit=LABEL_SIGNS)
    if (button.url is None) == (button.resource_id is None):
        raise Invalid("link", "missing")
    is_link = button.url is None or _LINK.fullmatch(button.url) is not None
    if not is_link or len(button.url or "") > URL_SIGNS or "://" in button.label:
        raise Invalid("link", "malformed")


def button_of(line: str) -> Button:
    """Read `text - https://…`, or `text - #12` for a resource; raises Invalid."""
    found = _TYPED.fullmatch(line.strip())
    if found is None:
        raise Invalid("link", "missing")
    label, target = found[1].strip(), found[2]
    number = target.removeprefix("#")
    if number.isdecimal() and len(number) < _DIGITS:
        button = Button(label, resource_id=int(number))
    else:
        button = Button(label, url=target if "://" in target else f"https://{target}")
    check_button(button)
    return button


def title_of(text: str) -> str:
    """Return the first line of a text, short enough for a list."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= TITLE_SIGNS else f"{line[: TITLE_SIGNS - 1]}…"


def checked_title(text: str) -> str:
    """Return a title in the form in which it is kept; raises Invalid."""
    title = " ".join(text.split())
    if not title or len(title) > TITLE_SIGNS:
        raise Invalid("title", "length", limit=TITLE_SIGNS)
    return title


def parts_of(content: Content) -> tuple[Part, ...]:
    """Return the messages of a content: each can arrive, or fail, by itself.

    A text that fits under the one album or file stands there; a longer one follows by itself,
    and so do buttons that an album cannot have.
    """
    groups = list(_albums(content.media))
    if not groups:
        return (Part(content.text, content.entities, (), content.buttons),)
    takes_text = len(groups) == 1
    takes_buttons = len(groups) == 1 and len(groups[0]) == 1
    if (
        takes_text
        and units(content.text) <= CAPTION_UNITS
        and (takes_buttons or not content.buttons)
    ):
        return (Part(content.text, content.entities, groups[0], content.buttons),)
    files = [Part(media=group) for group in groups]
    if content.text.strip() or not content.buttons:
        last = [Part(content.text, content.entities, (), content.buttons)] if content.text else []
        return (*files, *last)
    return (*files, Part(text=_POINT, buttons=content.buttons))


_POINT = "👇"  # buttons under an album without words stand under a sign of their own


def _albums(media: Iterable[Media]) -> Iterable[tuple[Media, ...]]:
    """Group neighbours that may stand in one album; voices and animations go alone."""
    for _, group in groupby(enumerate(media), key=_together):
        files = [one for _, one in group]
        for at in range(0, len(files), ALBUM):
            yield tuple(files[at : at + ALBUM])


def _together(numbered: tuple[int, Media]) -> object:
    number, one = numbered
    return _ALBUM_OF.get(one.kind, number)


def as_facts(content: Content) -> dict[str, Any]:
    """Return the content as it is kept: plain values, for JSON."""
    facts = asdict(content)
    for media in facts["media"]:
        media["kind"] = media["kind"].value
    return {**facts, "entities": [dict(entity) for entity in content.entities]}


def from_facts(facts: Mapping[str, Any]) -> Content:
    """Return what was kept."""
    return Content(
        text=facts["text"],
        entities=tuple(facts["entities"]),
        media=tuple(
            Media(MediaKind(one["kind"]), one["file_id"], one.get("unique_id", ""))
            for one in facts["media"]
        ),
        buttons=tuple(Button(**one) for one in facts["buttons"]),
    )


def mark_of(*facts: object) -> str:
    """Return a mark that is the same only while nothing of the facts is changed."""
    plain = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
