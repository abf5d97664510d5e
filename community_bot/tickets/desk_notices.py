"""What the room tells mentors and admins: none of it may ever go to the member's own chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from community_bot.delivery.contents import notice
from community_bot.tickets.facts import Hit
from community_bot.tickets.rules import Grievance, Origin, TicketState, Verdict


@dataclass(frozen=True, slots=True)
class Truth:
    """How far things have come: an answer arrived when Telegram said so, and not before.

    What failed can be sent again, by the number of its delivery.
    """

    read_at: datetime | None
    answered_at: datetime | None
    delivered_at: datetime | None
    failed_for: str | None
    failed_id: int | None = None
    is_in_group: bool = False  # the group in which it was asked has the answer all the same


@notice("ticket_card")
@dataclass(frozen=True, slots=True)
class TicketCard:
    """A live card: a ticket as the desk sees it."""

    ticket_id: int
    version: int
    state: TicketState
    topic: str | None
    market: str | None
    origin: Origin
    opened_at: datetime
    due_at: datetime | None
    escalation: int
    member_name: str
    tier_name: Mapping[str, str]
    days_left: int | None
    asked_before: int
    praised_before: int
    words: str
    pictures: int
    files: int
    read: tuple[Hit, ...]
    followers: int
    parent_id: int | None
    mentor_name: str | None
    claimed_at: datetime | None
    desk_chat_id: int | None
    forum_topic_id: int | None
    is_unreachable: bool
    needs_review: bool
    snoozed_until: datetime | None
    truth: Truth
    added: str = ""
    is_urgent: bool = False


@notice("topic_controls")
@dataclass(frozen=True, slots=True)
class TopicControls:
    """First in a ticket's topic, and pinned: what it is about, and what can be done."""

    ticket_id: int
    state: TicketState
    mentor_name: str | None
    member_name: str
    asked_before: int
    praised_before: int
    read: tuple[Hit, ...]
    is_restored: bool


@notice("follow_up_came")
@dataclass(frozen=True, slots=True)
class FollowUpCame:
    """The member wrote again: the one who has it is called."""

    ticket_id: int
    mentor_id: int | None
    mentor_name: str | None
    words: str
    due_at: datetime | None
    is_reopened: bool


@notice("answer_failed")
@dataclass(frozen=True, slots=True)
class AnswerFailed:
    """An answer did not arrive, or nobody knows: which, and why."""

    ticket_id: int
    ticket_message_id: int
    delivery_id: int
    reason: str
    is_uncertain: bool


@notice("member_lost")
@dataclass(frozen=True, slots=True)
class MemberLost:
    """The member has stopped the bot: an answer is kept, and the clock stands still."""

    ticket_id: int
    member_name: str
    has_kept: bool = True


@notice("member_back")
@dataclass(frozen=True, slots=True)
class MemberBack:
    """The member is back, and what was kept has arrived."""

    ticket_id: int
    member_name: str


@notice("question_edited")
@dataclass(frozen=True, slots=True)
class QuestionEdited:
    """The member changed what they wrote; after an answer that wants a second look."""

    ticket_id: int
    before: str
    after: str
    is_after_answer: bool


@notice("question_recalled")
@dataclass(frozen=True, slots=True)
class QuestionRecalled:
    """The member took a message back."""

    ticket_id: int


@notice("ticket_transferred")
@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """To whoever has it now: from whom, and what they should know; an admin needs no note."""

    ticket_id: int
    from_name: str
    note: str | None


@notice("ticket_held")
@dataclass(frozen=True, slots=True)
class TicketHeld:
    """In a topic that is there already: who speaks to the member from now on."""

    ticket_id: int
    mentor_name: str
    note: str | None


@notice("ticket_taken_over")
@dataclass(frozen=True, slots=True)
class TicketTakenOver:
    """To whoever had it: somebody else has taken it."""

    ticket_id: int
    by_name: str


@notice("ticket_ended")
@dataclass(frozen=True, slots=True)
class TicketEnded:
    """In the topic or beside the card: it is over, how, and by whom; None is by itself."""

    ticket_id: int
    state: TicketState
    by_name: str | None
    can_promote: bool


@notice("answer_rated")
@dataclass(frozen=True, slots=True)
class AnswerRated:
    """What the member says of the answer."""

    ticket_id: int
    verdict: Verdict
    reason: Grievance | None
    words: str | None


@notice("ticket_woken")
@dataclass(frozen=True, slots=True)
class TicketWoken:
    """A ticket that was put off is due again."""

    ticket_id: int
    summary: str


DeskNotice: TypeAlias = (
    TicketCard
    | TopicControls
    | FollowUpCame
    | AnswerFailed
    | MemberLost
    | MemberBack
    | QuestionEdited
    | QuestionRecalled
    | TicketTransferred
    | TicketTakenOver
    | TicketHeld
    | TicketEnded
    | AnswerRated
    | TicketWoken
)
