"""What the desk says of its mentors, and of what they were offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from community_bot.tickets.mentor_rules import Attendance, Intervals, OfferState, Skills


@dataclass(frozen=True, slots=True)
class Mentor:
    """A mentor as the desk knows them; `load` and `cap` are in tenths of a ticket."""

    mentor_id: int
    name: str
    stage_name: str | None
    skills: Skills
    attendance: Attendance
    is_on_duty: bool
    cap: int
    load: int
    held: int  # tickets they have, whosever turn it is
    active: int  # of these, where it is their turn
    off_since: datetime | None
    goes_on: bool

    @property
    def shown_name(self) -> str:
        """Return the name under which members know them."""
        return self.stage_name or self.name

    @property
    def week(self) -> Mapping[str, Intervals]:
        return self.attendance.week


@dataclass(frozen=True, slots=True)
class Offer:
    """A ticket that was offered to a mentor."""

    offer_id: int
    ticket_id: int
    mentor_id: int
    state: OfferState
    offered_at: datetime
    expires_at: datetime
