"""What people on a waiting list are told."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.membership.facts import Wording


@notice("seat_free")
@dataclass(frozen=True, slots=True)
class SeatFree:
    """A seat is held for this person until `held_until`."""

    place_id: int
    tier_name: Wording
    held_until: datetime


@notice("seat_passed")
@dataclass(frozen=True, slots=True)
class SeatPassed:
    """The time is over in which a seat was held; the next in line has it."""

    place_id: int
    tier_name: Wording
