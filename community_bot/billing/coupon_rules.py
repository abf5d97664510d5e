"""What may become of the use of a coupon, as a table."""

from enum import StrEnum

from community_bot.machine import Machine


class RedemptionState(StrEnum):
    """Where the use of a coupon is: held by an open order, used, or free again."""

    RESERVED = "reserved"
    CONFIRMED = "confirmed"
    RELEASED = "released"


class RedemptionEvent(StrEnum):
    """What happens to the use of a coupon."""

    CONFIRM = "confirm"
    RELEASE = "release"


_S, _E = RedemptionState, RedemptionEvent

REDEMPTION = Machine(
    "redemption",
    RedemptionState.RESERVED,
    {
        (_S.RESERVED, _E.CONFIRM): _S.CONFIRMED,
        (_S.RESERVED, _E.RELEASE): _S.RELEASED,
        (_S.RELEASED, _E.CONFIRM): _S.CONFIRMED,  # late money keeps the price that was shown
    },
)
