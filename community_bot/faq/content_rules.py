"""What an entry says: checked, put into one form, and compared with what it said before."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.faq.markup_rules import plain, tidy

QUESTION_SIGNS = 200
BODY_SIGNS = 3000  # seen; with heading and footing it stays below Telegram's 4096
BODY_STORED = 12_000  # with formatting
ALIASES, ALIAS_SIGNS = 60, 200
TOPICS, TOPIC_SIGNS = 8, 32
MARKETS = 20
MEDIA = 10  # an album holds no more (core.telegram.org/bots/api#sendmediagroup)
EVERYWHERE = "ALL"  # said of an entry for every market, and kept as no market at all
NONE = "-"  # typed where nothing is meant
_ANSWER = frozenset({"question", "body", "media", "markets"})
_MARKET = re.compile(r"[A-Z]{2,8}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class EntryKind(StrEnum):
    """Who an entry is for."""

    FAQ = "faq"  # members
    SNIPPET = "snippet"  # staff alone: what mentors say again and again


class MediaKind(StrEnum):
    """What Telegram sends a file as."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or file that belongs to an answer."""

    kind: MediaKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, and for whom; `body` is Telegram HTML, `least_tier` None is everybody."""

    question: str
    body: str
    kind: EntryKind = EntryKind.FAQ
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    least_tier: str | None = None
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two contents in one field: lines that went, lines that came."""

    field: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def checked(content: Content) -> Content:
    """Return the content in the form in which it is kept; raises Invalid."""
    question = " ".join(_clean(content.question).split())
    # Tidying reads &#13; as the sign that it names, and a stray tag may lead a line.
    body = _clean(tidy(_clean(_lines_of_today(content.body)))).strip()
    if not question:
        raise Invalid("question", "empty")
    if len(question) > QUESTION_SIGNS:
        raise Invalid("question", "too_long", limit=QUESTION_SIGNS)
    _check_body(body, content.media)
    return replace(
        content,
        question=question,
        body=body,
        aliases=_aliases(content.aliases, question),
        topics=_topics(content.topics),
        markets=_markets(content.markets),
        least_tier=_clean(content.least_tier or "").strip() or None,
    )


def differences(before: Content, after: Content) -> tuple[Change, ...]:
    """Return what changed, field by field, as lines."""
    return tuple(
        _change(field.name, old, new)
        for field in fields(Content)
        if (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    )


def answers_anew(fields: Iterable[str]) -> bool:
    """Say whether a change of these fields changed the answer, and not only how it is found."""
    return not _ANSWER.isdisjoint(fields)


def typed_into(content: Content, field: str, text: str) -> Content:
    """Return the content with what was typed for one field; a dash empties a list."""
    parts = () if text.strip() == NONE else split_list(text)
    match field:
        case "question":
            return replace(content, question=text)
        case "aliases":
            return replace(content, aliases=parts)
        case "topics":
            return replace(content, topics=parts)
        case "markets":
            return replace(content, markets=parts)
        case _:
            raise Invalid("button", "broken")


def split_list(text: str) -> tuple[str, ...]:
    """Read a list as people type it: with commas of either width, semicolons or new lines."""
    return tuple(part.strip() for part in re.split(r"[,，、;；\n]", text) if part.strip())


def _check_body(body: str, media: tuple[Media, ...]) -> None:
    if not plain(body).strip():
        raise Invalid("body", "empty")
    if len(plain(body)) > BODY_SIGNS or len(body) > BODY_STORED:
        raise Invalid("body", "too_long", limit=BODY_SIGNS)
    if len(media) > MEDIA:
        raise Invalid("media", "too_many", limit=MEDIA)


def _aliases(given: Iterable[str], question: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for alias in given:
        one = " ".join(_clean(alias).split())
        if one and one.casefold() != question.casefold():
            found.setdefault(one.casefold(), one)
    aliases = tuple(found.values())
    if len(aliases) > ALIASES or any(len(alias) > ALIAS_SIGNS for alias in aliases):
        raise Invalid("aliases", "too_many", limit=ALIASES)
    return aliases


def _topics(given: Iterable[str]) -> tuple[str, ...]:
    named = (_clean(one).strip().lower() for one in given)
    topics = tuple(dict.fromkeys(filter(None, named)))
    if len(topics) > TOPICS or any(len(topic) > TOPIC_SIGNS for topic in topics):
        raise Invalid("topics", "too_many", limit=TOPICS)
    return topics


def _markets(given: Iterable[str]) -> tuple[str, ...]:
    markets = tuple(dict.fromkeys(one.strip().upper() for one in given if one.strip()))
    if EVERYWHERE in markets:
        return ()
    if len(markets) > MARKETS or not all(_MARKET.fullmatch(market) for market in markets):
        raise Invalid("markets", "malformed")
    return markets


def _lines_of_today(text: str) -> str:
    """Return the text with the line ends of other systems in our form."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _change(field: str, old: object, new: object) -> Change:
    gone, come = [], []
    for line in difflib.ndiff(_lines(old), _lines(new)):
        if line.startswith("- "):
            gone.append(line[2:])
        elif line.startswith("+ "):
            come.append(line[2:])
    return Change(field, tuple(gone), tuple(come))


def _lines(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [one.file_id if isinstance(one, Media) else str(one) for one in value]
    return [] if value is None else str(value).splitlines()
