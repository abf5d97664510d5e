"""What may become of a delivery, as a table, and how long to wait before trying again."""

from datetime import timedelta
from enum import StrEnum

from community_bot.machine import Machine


class DeliveryState(StrEnum):
    """Where a delivery is. SENT means that the messenger returned message ids, nothing less."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class DeliveryEvent(StrEnum):
    """What happens to a delivery."""

    BEGIN = "begin"
    ARRIVE = "arrive"
    PUT_OFF = "put_off"
    LOSE = "lose"
    BLOCK = "block"
    REFUSE = "refuse"
    SEND_AGAIN = "send_again"
    RETURN = "return"
    DISMISS = "dismiss"


class Doubt(StrEnum):
    """What to do when nobody can know whether it arrived."""

    ASK = "ask"  # a person decides: a broadcast twice is worse than a broadcast late
    ONCE_MORE = "once_more"  # receipts, invitations, answers: losing one is worse than two
    REPEAT = "repeat"  # acts that may be done again without harm


_S, _E = DeliveryState, DeliveryEvent

DELIVERY = Machine(
    "delivery",
    DeliveryState.PENDING,
    {
        (_S.PENDING, _E.BEGIN): _S.SENDING,
        (_S.PENDING, _E.DISMISS): _S.CANCELLED,
        (_S.SENDING, _E.ARRIVE): _S.SENT,
        (_S.SENDING, _E.PUT_OFF): _S.PENDING,
        (_S.SENDING, _E.LOSE): _S.UNKNOWN,
        (_S.SENDING, _E.BLOCK): _S.UNREACHABLE,
        (_S.SENDING, _E.REFUSE): _S.FAILED,
        (_S.UNKNOWN, _E.SEND_AGAIN): _S.PENDING,
        (_S.UNKNOWN, _E.DISMISS): _S.CANCELLED,
        (_S.FAILED, _E.SEND_AGAIN): _S.PENDING,
        (_S.FAILED, _E.DISMISS): _S.CANCELLED,
        (_S.UNREACHABLE, _E.RETURN): _S.PENDING,
        (_S.UNREACHABLE, _E.DISMISS): _S.CANCELLED,
    },
)

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=30)
MOST_REPEATS = 10  # an act that never gets an answer must not hold up its chat for ever


def pause_after(attempts: int) -> timedelta:
    """Double the pause with each attempt that surely did not leave us."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def event_after_doubt(doubt: Doubt, resent: int) -> DeliveryEvent:
    """Decide whether something that may have arrived goes out again by itself."""
    tries = {Doubt.ASK: 0, Doubt.ONCE_MORE: 1, Doubt.REPEAT: MOST_REPEATS}[doubt]
    if resent < tries:
        return DeliveryEvent.PUT_OFF
    return DeliveryEvent.LOSE
