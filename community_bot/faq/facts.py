"""What the room tells its callers: frozen facts, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from community_bot.faq.content_rules import Change, Content, EntryKind, Media
from community_bot.faq.documents import Verdict
from community_bot.faq.rules import Doubted, EntryState


@dataclass(frozen=True, slots=True)
class Level:
    """A tier as far as the FAQ has to know it: how high it is and what it is called."""

    code: str
    rank: int
    name: Mapping[str, str]  # by language: zh, en


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whole, as staff see it."""

    entry_id: int
    state: EntryState
    version: int
    content: Content
    owner_id: int | None
    owner_name: str | None
    review_every: timedelta | None
    review_at: datetime | None
    verified_at: datetime | None
    verified_by: int | None
    verifier_name: str | None
    doubted_for: Doubted | None
    published_at: datetime | None
    made_by: int
    source_ticket_id: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Findable:
    """As much of an entry as searching needs; whether members find it is for its state to say."""

    entry_id: int
    state: EntryState
    kind: EntryKind
    question: str
    body: str
    aliases: Sequence[str]
    topics: Sequence[str]
    markets: Sequence[str]
    least_tier: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """What an entry said from one save on, who saved it, and what was different."""

    entry_id: int
    version: int
    saved_at: datetime
    saved_by: int
    saver_name: str | None
    content: Content
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: its title, and whether the reader may open it."""

    entry_id: int
    question: str
    is_locked: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class View:
    """An entry as one reader sees it. A locked one has no body and no media, only the way up."""

    entry_id: int
    version: int
    kind: EntryKind
    question: str
    body: str
    media: tuple[Media, ...]
    markets: tuple[str, ...]
    is_stale: bool
    verified_at: datetime | None
    verifier_name: str | None
    is_locked: bool
    is_paid: bool  # it has a least tier: not everybody may read it
    level: Level | None
    matching: str | None  # the part that fits what was searched, in plain text
    search_id: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search says: an answer at once, a list, or nothing."""

    search_id: int | None
    verdict: Verdict
    lines: tuple[Line, ...]
    answer: View | None


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry that was archived, and what is there that may say the same now."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Entries that everybody may read, and whether more of them follow."""

    views: tuple[View, ...]
    is_more: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with as many entries as there are to read."""

    topic_id: int
    code: str
    entries: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the entries of a topic; pages are counted from nought."""

    topic: Topic
    lines: tuple[Line, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Shared:
    """An entry for everybody in a group to see; `view` None: it was shown there a moment ago."""

    entry_id: int
    question: str
    view: View | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How often an entry was read and voted on, over all its versions."""

    reads: int
    up: int
    down: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was searched in vain, under the number of the newest such search.

    `nearest` is the entry of which it may be another wording.
    """

    search_id: int
    wording: str
    members: int
    searches: int
    last_at: datetime
    nearest: Line | None = None


@dataclass(frozen=True, slots=True)
class GapPage:
    """Some of what was searched in vain, most wanted first; pages are counted from nought."""

    gaps: tuple[Gap, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """A group of words that mean the same, as the community's own staff have said."""

    term_id: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a change of rules about a topic would mark, and how many readers would hear of it."""

    topic_id: int
    code: str
    entries: tuple[tuple[int, str], ...]  # number and question
    readers: int


@dataclass(frozen=True, slots=True)
class Swept:
    """How many answers a change of rules has marked, and how many readers hear of it."""

    marked: int
    told: int
