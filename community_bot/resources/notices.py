"""What the room tells people: how a post fares, what needs a decision, what they missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community_bot.delivery.contents import notice


@notice("post_waiting")
@dataclass(frozen=True, slots=True)
class PostWaiting:
    """To other admins: a post for many people waits for a second person."""

    post_id: int
    mark: str
    title: str
    by_name: str
    people: int


@notice("post_tried")
@dataclass(frozen=True, slots=True)
class PostTried:
    """To an admin, below a post as it will look: what would happen if it were confirmed now.

    `is_waiting`: it has been confirmed, and this admin is asked to agree.
    """

    post_id: int
    mark: str
    is_waiting: bool
    people: int
    unreachable: int
    below_tier: int
    places: int
    messages: int
    takes: timedelta
    next_times: tuple[datetime, ...]
    needs_second: bool
    place_titles: tuple[str, ...] = ()
    open_titles: tuple[str, ...] = ()  # of these, into which more people look than it is for


@notice("post_approved")
@dataclass(frozen=True, slots=True)
class PostApproved:
    """To whoever composed a post: a second person agreed, and it is planned."""

    post_id: int
    title: str
    by_name: str
    next_at: datetime | None


@notice("post_returned")
@dataclass(frozen=True, slots=True)
class PostReturned:
    """To whoever composed a post: a second person wants it changed."""

    post_id: int
    title: str
    by_name: str
    reason: str


@notice("preflight_trouble")
@dataclass(frozen=True, slots=True)
class PreflightTrouble:
    """To whoever composed a post: it cannot go out as it is; `troubles` are codes with numbers."""

    run_id: int
    post_id: int
    title: str
    due_at: datetime
    troubles: tuple[str, ...]


@notice("time_missed")
@dataclass(frozen=True, slots=True)
class TimeMissed:
    """To whoever composed a post: its time was missed; asked for what to do, or told of it."""

    run_id: int
    post_id: int
    title: str
    due_at: datetime
    is_asked: bool
    times: int


@notice("post_late")
@dataclass(frozen=True, slots=True)
class PostLate:
    """To a recipient, above a post that comes late: when it was meant to come."""

    due_at: datetime


@notice("run_stopped")
@dataclass(frozen=True, slots=True)
class RunStopped:
    """To whoever composed a post: too many copies were refused, so the others wait."""

    run_id: int
    title: str
    failed: int
    settled: int
    waiting: int
    reason: str


@notice("run_corrected")
@dataclass(frozen=True, slots=True)
class RunCorrected:
    """To the other admins: words that two had agreed to become others, at once."""

    run_id: int
    title: str
    by_name: str
    people: int
    text: str


@notice("run_progress")
@dataclass(frozen=True, slots=True)
class RunProgress:
    """To whoever composed a post: how far it is; a live card."""

    run_id: int
    title: str
    state: str
    mending: str | None
    people: int
    waiting: int
    sent: int
    unreachable: int
    uncertain: int
    failed: int
    skipped: int
    cancelled: int
    per_second: float
    time_left: timedelta | None
    reason: str | None
    withdrawn: int = 0
    resting: int = 0  # of those who wait: until their quiet hours are over


@notice("missed_meanwhile")
@dataclass(frozen=True, slots=True)
class MissedMeanwhile:
    """To somebody whose membership is back: what went out while they were away."""

    posts: int
    titles: tuple[str, ...]
    since: datetime
