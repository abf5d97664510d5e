"""What digests tell their callers: how a member hears of news, and what is new for them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.resources.digest_rules import Pace
from community_bot.resources.facts import LibraryTopic


@dataclass(frozen=True, slots=True)
class Hearing:
    """How often somebody hears of what, and when nothing rings; the same twice: no quiet hours."""

    pace: Pace
    zone: ZoneInfo
    quiet_from: int  # in minutes of the day, on the clock of the zone
    quiet_until: int
    next_at: datetime | None
    topics: tuple[LibraryTopic, ...]


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A resource that is new."""

    resource_id: int
    title: str


@dataclass(frozen=True, slots=True)
class DigestTopic:
    """A topic because of which somebody hears of something."""

    topic_id: int
    code: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """Something new about a topic that somebody follows, once for each such topic."""

    line: DigestLine
    topic: DigestTopic
    least_tier: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """Whose digest is due, and up to when they have been told of everything."""

    member_id: int
    pace: Pace
    told_until: datetime
    next_at: datetime
