"""What may become of a Star subscription, as a table; Telegram charges, we only follow."""

from datetime import timedelta
from enum import StrEnum

from community_bot.machine import Machine


class SubscriptionState(StrEnum):
    """Whether Telegram will charge again. ENDING: we have asked it to stop, and it has not said."""

    ACTIVE = "active"
    ENDING = "ending"
    ENDED = "ended"
    FAILED = "failed"


class SubscriptionEvent(StrEnum):
    """What happens to a subscription."""

    ASK_END = "ask_end"
    REFUSE_END = "refuse_end"
    END = "end"
    FAIL = "fail"
    RESUME = "resume"


# The only period there is (core.telegram.org/bots/api#createinvoicelink).
PERIOD = timedelta(days=30)

_S, _E = SubscriptionState, SubscriptionEvent

SUBSCRIPTION = Machine(
    "subscription",
    SubscriptionState.ACTIVE,
    {
        (_S.ACTIVE, _E.ASK_END): _S.ENDING,
        (_S.ACTIVE, _E.END): _S.ENDED,
        (_S.ACTIVE, _E.FAIL): _S.FAILED,
        (_S.FAILED, _E.ASK_END): _S.ENDING,
        (_S.FAILED, _E.END): _S.ENDED,
        (_S.FAILED, _E.RESUME): _S.ACTIVE,
        (_S.ENDING, _E.END): _S.ENDED,
        (_S.ENDING, _E.REFUSE_END): _S.ACTIVE,
        (_S.ENDED, _E.RESUME): _S.ACTIVE,
    },
)

# Telegram's words for what became of one (core.telegram.org/bots/api#botsubscriptionupdated).
REPORTED = {
    "canceled": SubscriptionEvent.END,
    "active": SubscriptionEvent.RESUME,
    "failed": SubscriptionEvent.FAIL,
}
