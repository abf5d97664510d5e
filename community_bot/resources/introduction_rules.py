"""What may become of a member's wish to be introduced to a partner, and by when."""

from datetime import timedelta
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.machine import Machine

WITHIN = timedelta(hours=16)  # of working time: two days
REMIND = WITHIN / 2
RATE_AFTER = timedelta(days=7)  # by then the two have talked
MOST_OPEN = 3  # of one member at a time
LEAST_SIGNS, MOST_SIGNS = 10, 1000  # of a wish, of the words that introduce, of a reason


class IntroductionState(StrEnum):
    """Where a case is."""

    ASKED = "asked"
    TAKEN = "taken"
    MADE = "made"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class IntroductionEvent(StrEnum):
    """What happens to a case."""

    TAKE = "take"
    MAKE = "make"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


INTRODUCTION = Machine(
    "introduction",
    IntroductionState.ASKED,
    {
        (IntroductionState.ASKED, IntroductionEvent.TAKE): IntroductionState.TAKEN,
        (IntroductionState.ASKED, IntroductionEvent.MAKE): IntroductionState.MADE,
        (IntroductionState.TAKEN, IntroductionEvent.MAKE): IntroductionState.MADE,
        (IntroductionState.ASKED, IntroductionEvent.DECLINE): IntroductionState.DECLINED,
        (IntroductionState.TAKEN, IntroductionEvent.DECLINE): IntroductionState.DECLINED,
        (IntroductionState.ASKED, IntroductionEvent.WITHDRAW): IntroductionState.WITHDRAWN,
        (IntroductionState.TAKEN, IntroductionEvent.WITHDRAW): IntroductionState.WITHDRAWN,
    },
)
OPEN = (IntroductionState.ASKED, IntroductionState.TAKEN)


def check_wish(wish: str) -> str:
    """Return what a member hopes for; raises Invalid where staff could not work with it."""
    kept = wish.strip()
    if len(kept) < LEAST_SIGNS:
        raise Invalid("wish", "too_short", limit=LEAST_SIGNS)
    if len(kept) > MOST_SIGNS:
        raise Invalid("wish", "too_long", limit=MOST_SIGNS)
    return kept


def check_reply(reply: str) -> str:
    """Return what staff say to the member; raises Invalid."""
    kept = reply.strip()
    if not kept or len(kept) > MOST_SIGNS:
        raise Invalid("introduction", "words", limit=MOST_SIGNS)
    return kept
