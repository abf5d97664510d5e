"""What may become of a place on a waiting list, as a table."""

from datetime import timedelta
from enum import StrEnum

from community_bot.machine import Machine

HELD_FOR = timedelta(hours=24)


class PlaceState(StrEnum):
    """Where a place on a waiting list is."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    PASSED = "passed"
    LEFT = "left"


class PlaceEvent(StrEnum):
    """What happens to it."""

    OFFER = "offer"
    TAKE = "take"
    LAPSE = "lapse"
    LEAVE = "leave"


_S, _E = PlaceState, PlaceEvent

PLACE = Machine(
    "place",
    PlaceState.WAITING,
    {
        (_S.WAITING, _E.OFFER): _S.OFFERED,
        (_S.WAITING, _E.TAKE): _S.TAKEN,
        (_S.WAITING, _E.LEAVE): _S.LEFT,
        (_S.OFFERED, _E.TAKE): _S.TAKEN,
        (_S.OFFERED, _E.LAPSE): _S.PASSED,
        (_S.OFFERED, _E.LEAVE): _S.LEFT,
    },
)
