"""What the room tells people about applications, grants and transfers."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.membership.facts import Wording


@notice("application_waiting")
@dataclass(frozen=True, slots=True)
class ApplicationWaiting:
    """To admins: somebody has answered the questions of a tier."""

    application_id: int
    member_name: str
    tier_name: Wording


@notice("application_decided")
@dataclass(frozen=True, slots=True)
class ApplicationDecided:
    """To the applicant: the tier can be ordered now, or not yet, and why."""

    application_id: int
    tier_code: str
    tier_name: Wording
    is_admitted: bool
    reason: str | None


@notice("membership_granted")
@dataclass(frozen=True, slots=True)
class MembershipGranted:
    """Staff gave a membership by hand. `until` None is for ever."""

    tier_name: Wording
    until: datetime | None
    reason: str


@notice("membership_ended")
@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """Staff ended a membership by hand, and why."""

    tier_name: Wording
    reason: str


@notice("membership_moved")
@dataclass(frozen=True, slots=True)
class MembershipMoved:
    """The memberships of one account are another's now; both are told."""

    from_id: int
    to_id: int
