"""What the room tells its callers: dates with their hours, and why they have them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from community_bot.business_time.rules import Hours


class Origin(StrEnum):
    """Why a date has its hours."""

    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    MADE_UP = "made_up"
    SET = "set"  # by an admin


@dataclass(frozen=True, slots=True)
class Day:
    """A date with the hours that count; none where it is closed."""

    day: date
    hours: Hours
    origin: Origin
    note: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month, day by day; `is_known` is false where its year's holidays are not announced yet."""

    days: tuple[Day, ...]
    is_known: bool

    @property
    def working_days(self) -> int:
        return sum(bool(one.hours) for one in self.days)
