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
    REPLACE = "replace"


class Doubt(StrEnum):
    """What to do when nobody can know whether it arrived."""

    ASK = "ask"  # a person decides: a broadcast twice is worse than a broadcast late
    ONCE_MORE = "once_more"  # receipts, invitations, answers: losing one is worse than two
    REPEAT = "repeat"  # acts that may be done again without harm


class Fault(StrEnum):
    """Why a delivery ended without arriving, for rooms that can say more about it."""

    BLOCKED = "blocked"  # the person or the chat cannot be reached
    NO_RIGHT = "no_right"  # we lack a right in the chat
    CONTENT = "content"  # Telegram refuses what we want to say
    GONE = "gone"  # the message or topic that it was about is not there any more
    TOO_LATE = "too_late"  # the message is too old, or of a kind that cannot be changed
    DOUBT = "doubt"  # nobody knows whether it arrived


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
        (_S.PENDING, _E.REPLACE): _S.CANCELLED,
        (_S.SENDING, _E.REPLACE): _S.CANCELLED,
        (_S.UNKNOWN, _E.REPLACE): _S.CANCELLED,
        (_S.FAILED, _E.REPLACE): _S.CANCELLED,
        (_S.UNREACHABLE, _E.REPLACE): _S.CANCELLED,
    },
)

# Nothing follows any more; what failed or is in doubt waits for somebody's decision.
OVER = (DeliveryState.SENT, DeliveryState.CANCELLED)

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
