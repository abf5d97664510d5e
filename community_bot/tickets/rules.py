"""What may become of a question: drafts and tickets as tables, limits, and who may do what."""

from datetime import timedelta
from enum import StrEnum

from community_bot.machine import Machine


class DraftState(StrEnum):
    """Where a draft is. KEPT has run over the month's questions and waits for the next.

    PUT_BY was answered from the FAQ, as far as anybody knows: its member may take it up again.
    """

    GATHERING = "gathering"
    PUT_BY = "put_by"
    KEPT = "kept"
    SUBMITTED = "submitted"
    DEFLECTED = "deflected"
    CANCELLED = "cancelled"


class DraftEvent(StrEnum):
    """What happens to a draft."""

    SUBMIT = "submit"
    KEEP = "keep"
    PUT_BY = "put_by"
    TAKE_UP = "take_up"
    DEFLECT = "deflect"
    CANCEL = "cancel"


_D, _DE = DraftState, DraftEvent

DRAFT = Machine(
    "question draft",
    DraftState.GATHERING,
    {
        (_D.GATHERING, _DE.SUBMIT): _D.SUBMITTED,
        (_D.GATHERING, _DE.KEEP): _D.KEPT,
        (_D.GATHERING, _DE.DEFLECT): _D.DEFLECTED,
        (_D.GATHERING, _DE.CANCEL): _D.CANCELLED,
        (_D.KEPT, _DE.SUBMIT): _D.SUBMITTED,
        (_D.KEPT, _DE.CANCEL): _D.CANCELLED,
        (_D.GATHERING, _DE.PUT_BY): _D.PUT_BY,
        (_D.PUT_BY, _DE.TAKE_UP): _D.GATHERING,
        (_D.PUT_BY, _DE.CANCEL): _D.CANCELLED,
    },
)


class TicketState(StrEnum):
    """Whose turn it is, or how it ended."""

    QUEUED = "queued"  # nobody has it
    ACTIVE = "active"  # a mentor has it, and it is the mentor's turn
    ANSWERED = "answered"  # it is the member's turn
    RESOLVED = "resolved"  # settled; writing on opens it again
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"
    SPAM = "spam"


class TicketEvent(StrEnum):
    """What moves a ticket, or may only happen in some of its states."""

    CLAIM = "claim"
    RELEASE = "release"
    TRANSFER = "transfer"
    ANSWER = "answer"
    WAIVE = "waive"  # what the member wrote last wants no answer
    FOLLOW_UP = "follow_up"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"
    CANCEL = "cancel"
    MERGE = "merge"
    SPAM = "spam"
    RESTORE = "restore"


_T, _TE = TicketState, TicketEvent

TICKET = Machine(
    "ticket",
    TicketState.QUEUED,
    {
        (_T.QUEUED, _TE.CLAIM): _T.ACTIVE,
        (_T.QUEUED, _TE.FOLLOW_UP): _T.QUEUED,
        (_T.QUEUED, _TE.CANCEL): _T.CANCELLED,
        (_T.QUEUED, _TE.MERGE): _T.MERGED,
        (_T.QUEUED, _TE.SPAM): _T.SPAM,
        (_T.QUEUED, _TE.RESOLVE): _T.RESOLVED,
        (_T.ACTIVE, _TE.RELEASE): _T.QUEUED,
        (_T.ACTIVE, _TE.TRANSFER): _T.ACTIVE,
        (_T.ACTIVE, _TE.ANSWER): _T.ANSWERED,
        (_T.ACTIVE, _TE.WAIVE): _T.ANSWERED,
        (_T.ACTIVE, _TE.FOLLOW_UP): _T.ACTIVE,
        (_T.ACTIVE, _TE.RESOLVE): _T.RESOLVED,
        (_T.ACTIVE, _TE.MERGE): _T.MERGED,
        (_T.ACTIVE, _TE.SPAM): _T.SPAM,
        (_T.ANSWERED, _TE.TRANSFER): _T.ANSWERED,
        (_T.ANSWERED, _TE.ANSWER): _T.ANSWERED,
        (_T.ANSWERED, _TE.FOLLOW_UP): _T.ACTIVE,
        (_T.ANSWERED, _TE.RESOLVE): _T.RESOLVED,
        (_T.ANSWERED, _TE.MERGE): _T.MERGED,
        (_T.RESOLVED, _TE.REOPEN): _T.QUEUED,
        (_T.RESOLVED, _TE.CLOSE): _T.CLOSED,
        (_T.SPAM, _TE.RESTORE): _T.QUEUED,
    },
)

OPEN = (TicketState.QUEUED, TicketState.ACTIVE, TicketState.ANSWERED)
HELD = (TicketState.ACTIVE, TicketState.ANSWERED)  # a mentor has it
LIVE = (*OPEN, TicketState.RESOLVED)  # what a member writes may still belong to it


class Happening(StrEnum):
    """Everything that is written into a ticket's course of events; its steps and the rest."""

    OPEN = "open"
    CLAIM = "claim"
    RELEASE = "release"
    TRANSFER = "transfer"
    ANSWER = "answer"
    WAIVE = "waive"
    FOLLOW_UP = "follow_up"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"
    CANCEL = "cancel"
    MERGE = "merge"
    SPAM = "spam"
    RESTORE = "restore"
    ASSIST = "assist"  # somebody else's answer, sent by the mentor who has it
    NOTE = "note"
    THANK = "thank"
    EDIT = "edit"
    RECALL = "recall"
    DELIVER = "deliver"
    FAIL = "fail"
    SNOOZE = "snooze"
    WAKE = "wake"
    LOSE = "lose"  # the member cannot be reached
    FIND = "find"
    URGENT = "urgent"  # the member says that it cannot wait for the working hours
    CHANGE = "change"  # topic, market or weight
    PROMISE = "promise"
    OFFER = "offer"
    SKIP = "skip"
    WIDEN = "widen"
    ESCALATE = "escalate"
    WARN = "warn"
    FOLLOW = "follow"
    ABSORB = "absorb"  # another ticket was merged into this one
    RATE = "rate"
    PROMOTE = "promote"
    OPEN_TOPIC = "open_topic"
    LOSE_TOPIC = "lose_topic"


class MessageKind(StrEnum):
    """Who a message is for: only PUBLIC ever goes to the member."""

    MEMBER = "member"
    PUBLIC = "public"
    NOTE = "note"


class Audience(StrEnum):
    """To whom a message was carried."""

    MEMBER = "member"
    FOLLOWER = "follower"
    GROUP = "group"
    DESK = "desk"


class Origin(StrEnum):
    """Where a question was asked."""

    PRIVATE = "private"
    GROUP = "group"  # the member asked in a group
    CAPTURED = "captured"  # a mentor took it up from a group


class Verdict(StrEnum):
    """What a member says of the answer."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Grievance(StrEnum):
    """Why an answer did not help."""

    SLOW = "slow"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    OTHER = "other"


SILENCE = timedelta(seconds=90)  # a draft that waits so long is submitted by itself
ALBUM_PAUSE = timedelta(seconds=3.5)  # parts of an album come up to 3 s apart, without an end
ALBUM_PARTS = 10
DRAFT_PARTS = 100
READ_BEFORE = timedelta(hours=24)  # what was read in the FAQ so shortly before belongs to it
REOPENED_WITHIN = timedelta(hours=72)
RESOLVED_AFTER = timedelta(hours=48)  # of working time without a word from the member
WARNED_AHEAD = timedelta(hours=24)  # of these
RATING_ASKED_AGAIN = timedelta(hours=24)
DELETABLE = timedelta(hours=48)  # core.telegram.org/bots/api#deletemessage
SUMMARY_SIGNS = 300
NOTE_SIGNS = 500
LONGEST_PAUSE = timedelta(days=30)
LONGEST_SNOOZE = timedelta(days=30)


def summary_of(texts: list[str]) -> str:
    """Return the words of a question in one line, cut with an ellipsis."""
    words = " ".join(" ".join(texts).split())
    return words if len(words) <= SUMMARY_SIGNS else words[: SUMMARY_SIGNS - 1] + "…"
