"""Courses: what may become of them and their lessons, and when a lesson is released."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid
from community_bot.machine import Machine

TASK_SIGNS, ABOUT_SIGNS = 1500, 600
LESSONS = 60
MOST_DAYS = 730
AT = time(9)  # when lessons of a day are released, by the community's clock
REMIND = timedelta(days=3)  # after which an open lesson is brought to mind, once
SILENT_DAYS = 7
LOOK = timedelta(days=1)  # a learner is looked at again after so long at the latest


class CourseState(StrEnum):
    """Where a course is."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class CourseEvent(StrEnum):
    """What happens to a course."""

    OPEN = "open"
    CLOSE = "close"


COURSE = Machine(
    "course",
    CourseState.DRAFT,
    {
        (CourseState.DRAFT, CourseEvent.OPEN): CourseState.OPEN,
        (CourseState.OPEN, CourseEvent.CLOSE): CourseState.CLOSED,
        (CourseState.CLOSED, CourseEvent.OPEN): CourseState.OPEN,
    },
)


class StepState(StrEnum):
    """Where a learner is with a lesson."""

    RELEASED = "released"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    PASSED = "passed"


class StepEvent(StrEnum):
    """What happens to a lesson of a learner."""

    HAND_IN = "hand_in"
    PASS = "pass"  # noqa: S105  the homework passes; no password
    RETURN = "return"
    FINISH = "finish"


_S, _E = StepState, StepEvent
STEP = Machine(
    "lesson step",
    StepState.RELEASED,
    {
        (_S.RELEASED, _E.FINISH): _S.PASSED,
        (_S.RELEASED, _E.HAND_IN): _S.HANDED_IN,
        (_S.RETURNED, _E.HAND_IN): _S.HANDED_IN,
        (_S.HANDED_IN, _E.HAND_IN): _S.HANDED_IN,
        (_S.HANDED_IN, _E.PASS): _S.PASSED,
        (_S.HANDED_IN, _E.RETURN): _S.RETURNED,
    },
)
THEIR_TURN = (StepState.RELEASED, StepState.RETURNED)  # the learner's, not the mentor's


class ReleaseKind(StrEnum):
    """By what a lesson is released."""

    DAY = "day"  # so many days after somebody joined
    DATE = "date"  # on a date, for all
    AFTER = "after"  # when the lesson before is done


class Check(StrEnum):
    """How it is known that somebody did a lesson."""

    DONE = "done"  # they say so
    HOMEWORK = "homework"  # a mentor looks at what they hand in


@dataclass(frozen=True, slots=True)
class Release:
    """When a lesson is released."""

    kind: ReleaseKind = ReleaseKind.AFTER
    day: int = 0
    on: date | None = None


_DAY = re.compile(r"(?:第|day)?\s*(\d{1,4})\s*(?:天|日|days?)?", re.IGNORECASE)
_AFTER = {"after", "next", "上一节", "完成上一节", "完成上一节后", "上一节后", "完成后"}


def release_typed(text: str) -> Release:
    """Read when a lesson is released: a day, a date, or after the one before; raises Invalid."""
    words = " ".join(text.split()).lower()
    if words in _AFTER:
        return Release()
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", words)
    if found is not None:
        return Release(ReleaseKind.DATE, on=_date(*map(int, found.groups())))
    counted = _DAY.fullmatch(words)
    if counted is None:
        raise Invalid("release", "malformed")
    days = int(counted.group(1))
    if days > MOST_DAYS:
        raise Invalid("release", "too_far", limit=MOST_DAYS)
    return Release(ReleaseKind.DAY, day=days)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid("release", "no_such_day") from None


def released_at(
    release: Release, *, joined_at: datetime, before_done_at: datetime | None, zone: ZoneInfo
) -> datetime | None:
    """Return when a lesson is released to somebody; None while that depends on them."""
    match release.kind:
        case ReleaseKind.AFTER:
            return before_done_at
        case ReleaseKind.DATE:
            return _morning(release.on or joined_at.astimezone(zone).date(), zone)
        case ReleaseKind.DAY:
            if release.day == 0:
                return joined_at
            joined = joined_at.astimezone(zone).date()
            return _morning(joined + timedelta(days=release.day), zone)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, AT, tzinfo=zone).astimezone(UTC)


def checked_text(text: str, field: str, limit: int) -> str:
    """Return a text in the form in which it is kept; raises Invalid."""
    text = text.strip()
    if not text or len(text) > limit:
        raise Invalid(field, "length", limit=limit)
    return text


def silence_typed(text: str) -> int:
    """Read after how many days of silence a mentor is told; raises Invalid."""
    days = text.strip().removesuffix("天").strip()
    if not days.isdecimal() or not 1 <= int(days) <= MOST_DAYS:
        raise Invalid("silence", "malformed")
    return int(days)
