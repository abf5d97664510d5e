"""The public holidays of China and the weekend days on which work makes up for them."""

import functools
from dataclasses import dataclass
from datetime import date

from chinese_calendar import constants


@dataclass(frozen=True, slots=True)
class Holidays:
    """Dates on which nobody works, and weekend dates on which everybody does."""

    closed: frozenset[date]
    made_up: frozenset[date]
    known_until: int


@functools.cache
def china() -> Holidays:
    """Return what the state council has announced, as far as the installed package knows it."""
    return Holidays(
        closed=frozenset(constants.holidays),
        made_up=frozenset(constants.workdays),
        known_until=max(constants.holidays).year,
    )
