"""What may become of resources, posts, runs and copies, as tables, and the figures that decide."""

from datetime import timedelta
from enum import StrEnum

from community_bot.machine import Machine


class ResourceState(StrEnum):
    """Where a resource of the library is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ResourceEvent(StrEnum):
    """What happens to a resource."""

    PUBLISH = "publish"
    ARCHIVE = "archive"
    RESTORE = "restore"


RESOURCE = Machine(
    "resource",
    ResourceState.DRAFT,
    {
        (ResourceState.DRAFT, ResourceEvent.PUBLISH): ResourceState.PUBLISHED,
        (ResourceState.DRAFT, ResourceEvent.ARCHIVE): ResourceState.ARCHIVED,
        (ResourceState.PUBLISHED, ResourceEvent.ARCHIVE): ResourceState.ARCHIVED,
        (ResourceState.ARCHIVED, ResourceEvent.RESTORE): ResourceState.DRAFT,
    },
)


class PostState(StrEnum):
    """Where the plan of a post is; what was confirmed is never changed, only replaced."""

    DRAFT = "draft"
    WAITING_APPROVAL = "waiting_approval"
    SCHEDULED = "scheduled"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class PostEvent(StrEnum):
    """What happens to a post."""

    SUBMIT = "submit"
    SCHEDULE = "schedule"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    CANCEL = "cancel"


_P, _PE = PostState, PostEvent
POST = Machine(
    "post",
    PostState.DRAFT,
    {
        (_P.DRAFT, _PE.CHANGE): _P.DRAFT,
        (_P.DRAFT, _PE.SUBMIT): _P.WAITING_APPROVAL,
        (_P.DRAFT, _PE.SCHEDULE): _P.SCHEDULED,
        (_P.DRAFT, _PE.CANCEL): _P.CANCELLED,
        (_P.WAITING_APPROVAL, _PE.CHANGE): _P.DRAFT,
        (_P.WAITING_APPROVAL, _PE.SCHEDULE): _P.SCHEDULED,
        (_P.WAITING_APPROVAL, _PE.CANCEL): _P.CANCELLED,
        (_P.SCHEDULED, _PE.PAUSE): _P.PAUSED,
        (_P.SCHEDULED, _PE.FINISH): _P.DONE,
        (_P.SCHEDULED, _PE.CANCEL): _P.CANCELLED,
        (_P.PAUSED, _PE.RESUME): _P.SCHEDULED,
        (_P.PAUSED, _PE.CANCEL): _P.CANCELLED,
    },
)


class RunState(StrEnum):
    """Where one occurrence of a post is."""

    PLANNED = "planned"
    PREFLIGHT_FAILED = "preflight_failed"
    ASKING = "asking"  # its time was missed, and the admin decides
    EXPANDING = "expanding"
    CANARY = "canary"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class RunEvent(StrEnum):
    """What happens to a run."""

    FAIL_PREFLIGHT = "fail_preflight"
    CLEAR = "clear"  # the preflight finds nothing any more, or a person says: send nevertheless
    ASK = "ask"
    SKIP = "skip"
    EXPAND = "expand"
    BEGIN = "begin"
    PASS = "pass"  # noqa: S105  the canary passes; no password
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"


_R, _RE = RunState, RunEvent
RUN = Machine(
    "run",
    RunState.PLANNED,
    {
        (_R.PLANNED, _RE.FAIL_PREFLIGHT): _R.PREFLIGHT_FAILED,
        (_R.PLANNED, _RE.ASK): _R.ASKING,
        (_R.PLANNED, _RE.SKIP): _R.SKIPPED,
        (_R.PLANNED, _RE.EXPAND): _R.EXPANDING,
        (_R.PLANNED, _RE.CANCEL): _R.CANCELLED,
        (_R.PREFLIGHT_FAILED, _RE.CLEAR): _R.PLANNED,
        (_R.PREFLIGHT_FAILED, _RE.CANCEL): _R.CANCELLED,
        (_R.ASKING, _RE.EXPAND): _R.EXPANDING,
        (_R.ASKING, _RE.SKIP): _R.SKIPPED,
        (_R.EXPANDING, _RE.BEGIN): _R.CANARY,
        (_R.EXPANDING, _RE.PAUSE): _R.PAUSED,
        (_R.EXPANDING, _RE.CANCEL): _R.CANCELLED,
        (_R.CANARY, _RE.PASS): _R.SENDING,
        (_R.CANARY, _RE.PAUSE): _R.PAUSED,
        (_R.CANARY, _RE.FINISH): _R.DONE,
        (_R.CANARY, _RE.CANCEL): _R.CANCELLED,
        (_R.SENDING, _RE.PAUSE): _R.PAUSED,
        (_R.SENDING, _RE.FINISH): _R.DONE,
        (_R.SENDING, _RE.CANCEL): _R.CANCELLED,
        (_R.PAUSED, _RE.RESUME): _R.SENDING,
        (_R.PAUSED, _RE.EXPAND): _R.EXPANDING,
        (_R.PAUSED, _RE.CANCEL): _R.CANCELLED,
        (_R.CANCELLED, _RE.WITHDRAW): _R.WITHDRAWN,
        (_R.DONE, _RE.WITHDRAW): _R.WITHDRAWN,
    },
)
UNDER_WAY = (RunState.CANARY, RunState.SENDING)
UNBEGUN = (RunState.PLANNED, RunState.PREFLIGHT_FAILED, RunState.ASKING)

CORRECT, WITHDRAW = "correct", "withdraw"  # how the copies of a run are mended


class CopyState(StrEnum):
    """What became of one recipient's copy; SENT means that message ids came back."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class CopyEvent(StrEnum):
    """What happens to a copy."""

    QUEUE = "queue"
    CALL_BACK = "call_back"
    ARRIVE = "arrive"
    BLOCK = "block"
    REFUSE = "refuse"
    LOSE = "lose"
    SKIP = "skip"
    CANCEL = "cancel"


_C, _CE = CopyState, CopyEvent
# What was lost or refused may still arrive: a person let the delivery go out again.
_OPEN = (_C.QUEUED, _C.UNREACHABLE, _C.FAILED, _C.UNKNOWN)
COPY = Machine(
    "copy",
    CopyState.WAITING,
    {
        (_C.WAITING, _CE.QUEUE): _C.QUEUED,
        (_C.WAITING, _CE.SKIP): _C.SKIPPED,
        (_C.WAITING, _CE.CANCEL): _C.CANCELLED,
        (_C.WAITING, _CE.BLOCK): _C.UNREACHABLE,
        (_C.QUEUED, _CE.CALL_BACK): _C.WAITING,
        **{(state, _CE.ARRIVE): _C.SENT for state in _OPEN},
        **{(state, _CE.BLOCK): _C.UNREACHABLE for state in _OPEN},
        **{(state, _CE.REFUSE): _C.FAILED for state in _OPEN},
        **{(state, _CE.LOSE): _C.UNKNOWN for state in _OPEN},
    },
)

CANARY = 20  # recipients that get it first
FIRST_FAULTS = 3  # so many faults of the content are enough before anybody else gets it
MOST_FAULTS = 5  # percent that may fail later on
BATCH = 500  # copies that are promised in one transaction, at most
LEAST = 100  # for fewer nobody is kept from writing
IN_OUTBOX = 1000  # copies of a run that may wait in the outbox at a time
PREFLIGHT = timedelta(minutes=10)
PROGRESS = timedelta(seconds=3)
DELETABLE = timedelta(hours=48)  # core.telegram.org/bots/api#deletemessage


def breaks(failed: int, settled: int, *, in_canary: bool) -> bool:
    """Say whether so many faults of the content stop the run.

    Before the canary is over the first three are enough, and of a canary that is over any share
    above five in a hundred; later the same share, once it is not chance.
    """
    too_many = failed * 100 > MOST_FAULTS * settled
    if in_canary and settled >= CANARY:
        return too_many
    return failed >= FIRST_FAULTS and too_many


def seconds_for(copies: int, per_second: float) -> timedelta:
    """Return how long so many messages take at the pace that Telegram allows."""
    return timedelta(seconds=copies / per_second)
