"""What the room tells members: nothing of it is ever about another member, or from inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from community_bot.delivery.contents import notice
from community_bot.tickets.facts import Allowance, Draft
from community_bot.tickets.rules import TicketState


@notice("question_draft")
@dataclass(frozen=True, slots=True)
class DraftCard:
    """A live card: what was gathered so far, and what may answer it already."""

    draft: Draft


@notice("question_over")
@dataclass(frozen=True, slots=True)
class QuestionOver:
    """The draft's card once the month's questions are used up: it is kept as it is."""

    draft: Draft
    allowance: Allowance


@notice("question_card")
@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A live card: where a question is, from the first promise to the end."""

    ticket_id: int
    state: TicketState
    topic: str | None
    market: str | None
    tier_name: Mapping[str, str]
    promised_at: datetime | None
    ahead: int
    allowance: Allowance | None
    mentor_name: str | None
    claimed_at: datetime | None
    answered_at: datetime | None
    parent_id: int | None
    may_cancel: bool
    is_shared: bool
    shown_at: datetime
    is_urgent: bool = False
    urgent_left: int = 0  # how often the member may still say so this month; 0 offers nothing


@notice("answer_heading")
@dataclass(frozen=True, slots=True)
class AnswerHeading:
    """Who speaks in the messages below; nobody's name where the community speaks as one."""

    ticket_id: int
    mentor_name: str | None
    is_followed: bool = False
    summary: str = ""


@notice("entry_answer")
@dataclass(frozen=True, slots=True)
class EntryAnswer:
    """An answer in the words of the FAQ; `body` is Telegram HTML, its files are behind a button.

    What is not public is a snippet of the mentors: it has no number for members.
    """

    ticket_id: int
    entry_id: int
    is_public: bool
    question: str
    body: str
    files: int
    mentor_name: str | None
    reader_name: str = ""  # who is told: put where a snippet leaves room for a name


@notice("answer_footer")
@dataclass(frozen=True, slots=True)
class AnswerFooter:
    """A live card below the last answer, which asks whether it settles the question."""

    ticket_id: int


@notice("courtesy")
@dataclass(frozen=True, slots=True)
class Courtesy:
    """The member thanked, and is asked whether the question is settled."""

    ticket_id: int


@notice("question_resolved")
@dataclass(frozen=True, slots=True)
class QuestionResolved:
    """Settled; the member is asked about the answer, and writing on opens it again until then."""

    ticket_id: int
    by_silence: bool
    until: datetime


@notice("silence_warning")
@dataclass(frozen=True, slots=True)
class SilenceWarning:
    """Without a word the question counts as settled then."""

    ticket_id: int
    resolve_at: datetime


@notice("rating_reminder")
@dataclass(frozen=True, slots=True)
class RatingReminder:
    """The member is asked once more, and never again, whether the answer was useful."""

    ticket_id: int


@notice("question_captured")
@dataclass(frozen=True, slots=True)
class QuestionCaptured:
    """A mentor took up what the member wrote in a group."""

    ticket_id: int
    mentor_name: str | None
    promised_at: datetime | None
    words: str


@notice("question_merged")
@dataclass(frozen=True, slots=True)
class QuestionMerged:
    """The question goes on under another number."""

    ticket_id: int
    into_id: int


@notice("question_refused")
@dataclass(frozen=True, slots=True)
class QuestionRefused:
    """Staff took it for no question."""

    ticket_id: int


@notice("questions_paused")
@dataclass(frozen=True, slots=True)
class QuestionsPaused:
    """Staff let the member ask nothing new until then; None lets them ask again.

    `kept` counts what the member wrote meanwhile, which waits for them to hand it in.
    """

    until: datetime | None
    kept: int = 0


@notice("follow_up_stored")
@dataclass(frozen=True, slots=True)
class FollowUpStored:
    """What the member wrote was added to a question; told where a reaction would not say it."""

    ticket_id: int
    is_reopened: bool
    promised_at: datetime | None
    guessed_id: int | None = None  # the message of which the member did not say where it belongs


@notice("group_question")
@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """In the group, as a reply: stored, under this number; the token leads to the private chat."""

    ticket_id: int
    token: str
    promised_at: datetime | None
    reply_to: int | None


@notice("group_answer")
@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """A live card in the group: the answer in short as it is by now, and the way to it all."""

    ticket_id: int
    token: str
    mentor_name: str | None
    words: str
    is_whole: bool
    reply_to: int | None
    is_taken_back: bool = False


MemberNotice: TypeAlias = (
    DraftCard
    | QuestionOver
    | QuestionCard
    | AnswerHeading
    | EntryAnswer
    | AnswerFooter
    | Courtesy
    | QuestionResolved
    | SilenceWarning
    | RatingReminder
    | QuestionCaptured
    | QuestionMerged
    | QuestionRefused
    | QuestionsPaused
    | FollowUpStored
)
GroupNotice: TypeAlias = GroupQuestion | GroupAnswer
