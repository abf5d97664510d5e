"""What is put into the engine and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where a document was found by a query."""

    QUESTION = "question"
    ALIAS = "alias"
    LEARNT = "learnt"  # a wording that led members to it before; never shown to others
    BODY = "body"


class Verdict(StrEnum):
    """What may be said of a search as a whole."""

    ANSWERS = "answers"  # the first hit answers it
    PERHAPS = "perhaps"  # one of these, perhaps
    NOTHING = "nothing"  # nothing fits


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found: an entry, a resource, a snippet.

    `weight` over 1 lifts it among equals, under 1 lowers it. No topics or markets: it fits all.
    """

    key: str
    question: str
    aliases: tuple[str, ...] = ()
    body: str = ""
    kind: str = "faq"
    topics: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Why:
    """Why a document was found, in facts that may be shown to the one who searched.

    `shared` are units of the searcher's own query; no wording of anybody else is among them.
    """

    part: Part
    shared: tuple[str, ...]  # what stands in both
    by_sound: tuple[str, ...]  # what only sounds alike
    rank: float  # rarity of what is shared, against the length
    order: float  # how much stands in the same order
    body: float  # how much of the query the body holds
    confirmations: float  # strength of what was learnt for this wording
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One document that was found."""

    key: str
    score: float
    confidence: float  # the chance that this one answers the query, by what was measured
    part: Part
    why: Why


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found, the likeliest first, and what may be said of it."""

    hits: tuple[Hit, ...]
    verdict: Verdict
