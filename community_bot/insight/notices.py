"""What the room tells admins and owners about the week."""

from dataclasses import dataclass
from datetime import date, timedelta

from community_bot.delivery.contents import notice


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One bar of the chart: a date, what was asked and what was answered on it."""

    day: date
    opened: int
    answered: int


@dataclass(frozen=True, slots=True)
class MentorLine:
    """One mentor's week."""

    name: str
    answered: int
    median: timedelta | None
    praised: float | None
    late: float | None
    taken_late: float | None
    credits: int


@notice("desk_digest")
@dataclass(frozen=True, slots=True)
class DeskDigest:
    """The week at the desk, with the week before beside it; times are working time."""

    first_day: date
    last_day: date
    opened: int
    opened_before: int
    first_answers: int
    first_median: timedelta | None
    first_p90: timedelta | None
    on_time: float | None
    on_time_before: float | None
    resolved: int
    escalated: int
    rated: int
    praised: float | None
    waiting: int
    overdue: int
    fairness: float | None
    days: tuple[DayFigures, ...]
    mentors: tuple[MentorLine, ...]
