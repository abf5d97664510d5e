"""What the room tells its callers: frozen facts, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from community_bot.resources.audience_rules import Audience
from community_bot.resources.content_rules import Content, Part
from community_bot.resources.rules import CopyState, PostState, ResourceState, RunState
from community_bot.resources.schedule_rules import Schedule
from community_bot.resources.topic_rules import TopicKind


@dataclass(frozen=True, slots=True)
class Level:
    """A tier as far as the room has to know it."""

    code: str
    rank: int
    name: Mapping[str, str]  # by language: zh, en
    opens: frozenset[str]  # the roles of places that it opens


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource whole, as staff see it."""

    resource_id: int
    state: ResourceState
    version: int
    title: str
    content: Content
    topics: tuple[str, ...]
    least_tier: str | None
    is_hidden: bool
    author_id: int
    made_at: datetime
    published_at: datetime | None
    is_archived_copy_kept: bool


@dataclass(frozen=True, slots=True)
class ResourceVersion:
    """What a resource said from one save on."""

    version: int
    title: str
    content: Content
    saved_by: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A resource in a list: a locked one shows its title and the way up, and nothing else."""

    resource_id: int
    title: str
    is_locked: bool
    level: Level | None


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource as one reader sees it; a locked one has no parts."""

    resource_id: int
    title: str
    topics: tuple[str, ...]
    published_at: datetime | None
    parts: tuple[Part, ...]
    is_locked: bool
    level: Level | None
    is_protected: bool


@dataclass(frozen=True, slots=True)
class LibraryTopic:
    """A topic with as many resources as there are to see, and whether the reader follows it."""

    topic_id: int
    code: str
    kind: TopicKind
    resources: int
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some of the resources of a topic, or the newest of all; pages are counted from nought."""

    topic: LibraryTopic | None
    lines: tuple[ResourceLine, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post goes besides private chats: a bound space, or one topic of a forum."""

    chat_id: int
    topic_id: int | None = None
    topic_name: str | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """What an admin composes: what, for whom, where, when. No schedule: as soon as confirmed.

    `audience` None: it goes to places alone. A teaser may stand where people below the least tier
    can see it. `heeds_quiet`: a member's quiet hours put it off.
    """

    content: Content
    title: str = ""
    resource_id: int | None = None
    topics: tuple[str, ...] = ()
    least_tier: str | None = None
    is_teaser: bool = False
    audience: Audience | None = None
    places: tuple[Place, ...] = ()
    schedule: Schedule | None = None
    is_silent: bool = False
    is_protected: bool = False
    heeds_quiet: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    """A post and where its plan is; `mark` is of what was confirmed, word for word."""

    post_id: int
    state: PostState
    revision: int
    composed: Composition
    is_template: bool
    replaces: int | None
    made_by: int
    next_at: datetime | None
    mark: str | None
    submitted_by: int | None
    approved_by: int | None

    @property
    def title(self) -> str:
        return self.composed.title


@dataclass(frozen=True, slots=True)
class Preview:
    """What a post would do if it were confirmed now."""

    post: Post
    parts: tuple[Part, ...]
    people: int
    unreachable: int
    below_tier: int
    messages: int
    takes: timedelta
    next_times: tuple[datetime, ...]
    needs_second: bool
    wrong_places: tuple[Place, ...]  # places that people below the least tier can see
    open_places: tuple[Place, ...]  # places that more people can see than get it in private
    is_protected: bool
    clashes: tuple["Planned", ...]
    mark: str  # hand it back with the confirmation: it holds for exactly this


@dataclass(frozen=True, slots=True)
class Planned:
    """One time at which something goes out."""

    post_id: int
    title: str
    at: datetime
    is_private: bool
    is_exact: bool  # a run that stands, not a time that was computed ahead


@dataclass(frozen=True, slots=True)
class Calendar:
    """What goes out in the coming weeks; `clashes` are pairs that meet, `empty` are Mondays."""

    from_: date
    weeks: int
    planned: tuple[Planned, ...]
    clashes: tuple[tuple[Planned, Planned], ...]
    empty: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is, in recipients; `sent` means that Telegram named the message."""

    waiting: int = 0
    sent: int = 0
    unreachable: int = 0
    uncertain: int = 0
    failed: int = 0
    skipped: int = 0
    cancelled: int = 0

    @property
    def all(self) -> int:
        return (
            self.waiting
            + self.sent
            + self.unreachable
            + self.uncertain
            + self.failed
            + self.skipped
            + self.cancelled
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One occurrence of a post and how far it is."""

    run_id: int
    post_id: int
    title: str
    due_at: datetime
    state: RunState
    is_late: bool
    again_of: int | None
    is_agreed: bool  # a second person agreed to its post
    reason: str | None
    troubles: tuple[str, ...]
    begun_at: datetime | None
    finished_at: datetime | None
    mending: str | None
    revision: int
    tally: Tally
    per_second: float
    time_left: timedelta | None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a run: by state and reason, and who pressed what; sent never means read."""

    run: Run
    reasons: tuple[tuple[CopyState, str, int], ...]
    opened: int
    opened_by_button: Mapping[int, int]
    opened_by_tier: Mapping[str, int]
    not_mended: int  # copies that a correction or a withdrawal could not reach
    withdrawn: int  # recipients from whom everything was taken back


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that is, or is not, true of a person."""

    criterion: str
    is_true: bool
    is_excluding: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Why a person did, or did not, get a post."""

    member_id: int
    state: CopyState | None
    reason: str | None
    settled_at: datetime | None
    because: tuple[Because, ...]
    is_reachable: bool
    is_entitled: bool
    is_private: bool  # it went to people at all
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicReach:
    """How many copies about a topic arrived, and how many people pressed something there."""

    topic: str
    sent: int
    opened: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What a pressed button leads to: an address, or a resource of the library."""

    url: str | None
    resource_id: int | None
