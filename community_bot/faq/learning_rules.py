"""What counts as a confirmation that an entry answered a wording, and for how much."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sign(StrEnum):
    """What somebody did that shows it."""

    OPENED = "opened"  # chose it from a list
    HELPED = "helped"  # gave it a thumb up
    ANSWERED = "answered"  # a mentor answered the question with it


# Of an alias; see docs/faq-search.md for what the engine makes of them.
STRENGTHS = {Sign.OPENED: 0.2, Sign.HELPED: 1.0, Sign.ANSWERED: 1.0}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A wording that leads to an entry, with how many members it rests on; staff alone see it.

    `signs` say what these members, or mentors for them, did.
    """

    confirmation_id: int
    wording: str
    members: int
    last_at: datetime
    signs: tuple[Sign, ...]
