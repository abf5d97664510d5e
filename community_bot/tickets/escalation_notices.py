"""What routing tells people: offers and warnings to staff, an honest word to the member."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.tickets.mentor_rules import OfferState


@dataclass(frozen=True, slots=True)
class Waiting:
    """The ticket that it is about, in short."""

    ticket_id: int
    topic: str | None
    market: str | None
    summary: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """A mentor who was asked, and what came of it."""

    name: str
    state: OfferState


@notice("ticket_offered")
@dataclass(frozen=True, slots=True)
class TicketOffered:
    """To one mentor in private: will you take it? Without an answer the next one is asked then."""

    waiting: Waiting
    expires_at: datetime


@notice("ticket_urgent")
@dataclass(frozen=True, slots=True)
class TicketUrgent:
    """To mentors on duty and admins in private: the member says that it cannot wait."""

    waiting: Waiting


@notice("ticket_deadline_near")
@dataclass(frozen=True, slots=True)
class DeadlineNear:
    """To the mentor who has a ticket; or to admins, where nobody has it: `mentor_name` is None."""

    waiting: Waiting
    mentor_name: str | None


@notice("ticket_escalated")
@dataclass(frozen=True, slots=True)
class TicketEscalated:
    """To admins, and the second time to owners too: the promise is broken, and who was asked."""

    waiting: Waiting
    level: int
    mentor_name: str | None
    tried: tuple[Tried, ...]
    promised_at: datetime


@notice("lead_called")
@dataclass(frozen=True, slots=True)
class LeadCalled:
    """To admins: a mentor asks for help with a ticket."""

    ticket_id: int
    by_name: str
    summary: str
    due_at: datetime | None


@notice("answer_late")
@dataclass(frozen=True, slots=True)
class AnswerLate:
    """To the member: we are late, who sees to it now, and until when."""

    ticket_id: int
    level: int
    promised_at: datetime


@notice("shift_over")
@dataclass(frozen=True, slots=True)
class ShiftOver:
    """To a mentor whose hours are over: hand on what waits for an answer, or go on with it."""

    active: int
    answered: int
    hand_back_minutes: int


@notice("ticket_handed_back")
@dataclass(frozen=True, slots=True)
class TicketHandedBack:
    """To a mentor who is away: the member wrote again, and somebody else sees to it."""

    ticket_id: int
    summary: str
