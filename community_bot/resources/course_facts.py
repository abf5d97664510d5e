"""What courses tell their callers: frozen facts, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from community_bot.resources.content_rules import Content
from community_bot.resources.course_rules import Check, CourseState, Release, StepState
from community_bot.resources.facts import Level


@dataclass(frozen=True, slots=True)
class Lesson:
    """A resource as a lesson of a course; `title` is the resource's."""

    lesson_id: int
    course_id: int
    number: int
    resource_id: int
    title: str
    task: str
    check: Check
    release: Release


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its lessons in their order."""

    course_id: int
    title: str
    about: str
    tier_code: str | None
    state: CourseState
    silent_days: int
    mentor_id: int | None
    opened_at: datetime | None
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a learner is with a lesson."""

    step_id: int
    lesson_id: int
    state: StepState
    released_at: datetime
    opened_at: datetime | None
    reminded_at: datetime | None
    looked_at: datetime | None
    words: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Learner:
    """A member who takes a course."""

    learner_id: int
    course_id: int
    member_id: int
    joined_at: datetime
    active_at: datetime
    told_silent_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A course as one member sees it: `learner` is None for who does not take it."""

    course: Course
    learner: Learner | None
    steps: Mapping[int, Step]  # by lesson
    may_join: bool
    level: Level | None  # from which it is open

    @property
    def done(self) -> int:
        return sum(step.done_at is not None for step in self.steps.values())


@dataclass(frozen=True, slots=True)
class LearnerLine:
    """A learner as mentors see them in a list."""

    learner: Learner
    name: str
    done: int
    released: int
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner handed in for a lesson."""

    step_id: int
    state: StepState
    member_id: int
    name: str
    course_title: str
    lesson: Lesson
    content: Content
    handed_in_at: datetime
    words: str | None
