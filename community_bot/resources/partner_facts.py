"""What the directory tells its callers: partners as staff and as members see them, and cases."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.resources.facts import Level
from community_bot.resources.introduction_rules import IntroductionState
from community_bot.resources.partner_rules import PartnerKind, PartnerState


@dataclass(frozen=True, slots=True)
class Tag:
    """A market or a subject of partners, under a number short enough for a button."""

    topic_id: int
    code: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner whole, as staff see it; `rating` is None where too few members have rated."""

    partner_id: int
    kind: PartnerKind
    state: PartnerState
    name: str
    contact: str
    about: str
    tags: tuple[Tag, ...]
    least_tier: str | None
    ratings: int
    rating: float | None


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner in a list; a locked one shows its name and the way up, and nothing else."""

    partner_id: int
    kind: PartnerKind
    name: str
    is_locked: bool
    rating: float | None


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner as one member sees it, without the contact; of a locked one not even the tags."""

    partner_id: int
    kind: PartnerKind
    name: str
    about: str
    tags: tuple[Tag, ...]
    is_locked: bool
    level: Level | None
    ratings: int
    rating: float | None
    open_introduction: int | None  # the member's own case that is under way
    may_rate: bool
    own_stars: int | None


@dataclass(frozen=True, slots=True)
class Directory:
    """The front page: how many partners of each kind there are, and by which tags."""

    kinds: tuple[tuple[PartnerKind, int], ...]
    tags: tuple[tuple[Tag, int], ...]
    partners: int


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """Some partners of a kind or with a tag; pages are counted from nought."""

    kind: PartnerKind | None
    tag: Tag | None
    lines: tuple[PartnerLine, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Introduction:
    """A case: who wants to meet whom and why, by when it is seen to, and what became of it."""

    introduction_id: int
    partner_id: int
    partner_name: str
    member_id: int
    wish: str
    state: IntroductionState
    asked_at: datetime
    due_at: datetime
    taken_by: int | None
    decided_by: int | None
    decided_at: datetime | None
    reply: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case with what staff need to settle it."""

    introduction: Introduction
    member_name: str
    taken_by_name: str | None
    contact: str
    is_late: bool
