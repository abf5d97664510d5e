"""What members who recommended somebody are told."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice


@notice("referral_rewarded")
@dataclass(frozen=True, slots=True)
class ReferralRewarded:
    """A friend has stayed: so many days were added, and the membership holds until then."""

    days: int
    until: datetime
