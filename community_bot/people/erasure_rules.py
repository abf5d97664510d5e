"""What may become of somebody's wish to be forgotten, as a table."""

from datetime import timedelta
from enum import StrEnum

from community_bot.machine import Machine

# A month, as the GDPR (article 12) says; China's PIPL (article 50) asks for it to be timely.
WITHIN = timedelta(days=30)
REMIND_BEFORE = timedelta(days=7)


class ErasureState(StrEnum):
    """Where a wish to be forgotten is."""

    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"


class ErasureEvent(StrEnum):
    """What happens to it."""

    ERASE = "erase"
    DECLINE = "decline"


ERASURE = Machine(
    "erasure",
    ErasureState.ASKED,
    {
        (ErasureState.ASKED, ErasureEvent.ERASE): ErasureState.DONE,
        (ErasureState.ASKED, ErasureEvent.DECLINE): ErasureState.DECLINED,
    },
)


def pseudonym(erasure_id: int) -> int:
    """Return who stands in the books instead: no person, and no group, has such a number."""
    return -erasure_id
