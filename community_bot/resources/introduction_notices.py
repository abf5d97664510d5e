"""What is told about introductions, on both ends."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.resources.introduction_rules import IntroductionState


@notice("introduction_card")
@dataclass(frozen=True, slots=True)
class IntroductionCard:
    """To staff: a case and where it is; a card that lives on."""

    introduction_id: int
    partner_name: str
    member_name: str
    wish: str
    state: IntroductionState
    due_at: datetime
    by_name: str | None  # who has taken or settled it


@notice("introduction_near")
@dataclass(frozen=True, slots=True)
class IntroductionNear:
    """To whoever has taken a case, else to staff: half of the time is over."""

    introduction_id: int
    partner_name: str
    member_name: str
    due_at: datetime


@notice("introduction_late")
@dataclass(frozen=True, slots=True)
class IntroductionLate:
    """To staff: what was promised has not been kept."""

    introduction_id: int
    partner_name: str
    member_name: str
    due_at: datetime


@notice("introduction_delayed")
@dataclass(frozen=True, slots=True)
class IntroductionDelayed:
    """To the member: it takes longer than was promised."""

    introduction_id: int
    partner_name: str
    due_at: datetime


@notice("introduction_taken")
@dataclass(frozen=True, slots=True)
class IntroductionTaken:
    """To the member: somebody sees to it."""

    introduction_id: int
    partner_name: str
    by_name: str
    due_at: datetime


@notice("introduction_made")
@dataclass(frozen=True, slots=True)
class IntroductionMade:
    """To the member: the introduction itself, in the words of staff."""

    introduction_id: int
    partner_id: int
    partner_name: str
    words: str


@notice("introduction_declined")
@dataclass(frozen=True, slots=True)
class IntroductionDeclined:
    """To the member: it is not possible, and why."""

    introduction_id: int
    partner_id: int
    partner_name: str
    reason: str


@notice("partner_rating_wanted")
@dataclass(frozen=True, slots=True)
class PartnerRatingWanted:
    """To a member who was introduced a while ago: what do they think of it."""

    partner_id: int
    partner_name: str
