"""What courses tell people: lessons that are there, homework that was looked at, silence."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice


@notice("lesson_released")
@dataclass(frozen=True, slots=True)
class LessonReleased:
    """To a learner: a lesson is there; `more` others came at the same time."""

    lesson_id: int
    course: str
    number: int
    title: str
    more: int


@notice("lesson_task")
@dataclass(frozen=True, slots=True)
class LessonTask:
    """To a learner, below a lesson that was opened: what to do."""

    lesson_id: int
    number: int
    title: str
    task: str
    is_homework: bool
    is_done: bool


@notice("lesson_reminder")
@dataclass(frozen=True, slots=True)
class LessonReminder:
    """To a learner: a lesson has been open for a while."""

    lesson_id: int
    course: str
    number: int
    title: str
    waiting: int


@notice("homework_waiting")
@dataclass(frozen=True, slots=True)
class HomeworkWaiting:
    """To a mentor: somebody handed in what a lesson asks for."""

    step_id: int
    name: str
    course: str
    number: int
    title: str


@notice("homework_shown")
@dataclass(frozen=True, slots=True)
class HomeworkShown:
    """To a mentor, below what was handed in: whose it is, and what can be said of it."""

    step_id: int
    name: str
    course: str
    number: int
    title: str
    task: str
    is_waiting: bool


@notice("homework_looked_at")
@dataclass(frozen=True, slots=True)
class HomeworkLookedAt:
    """To a learner: a mentor has looked at it; it passed, or is to be changed."""

    lesson_id: int
    number: int
    title: str
    by_name: str
    is_passed: bool
    words: str | None


@notice("course_finished")
@dataclass(frozen=True, slots=True)
class CourseFinished:
    """To a learner: every lesson is done."""

    course_id: int
    course: str
    lessons: int


@notice("learner_silent")
@dataclass(frozen=True, slots=True)
class LearnerSilent:
    """To a mentor: a learner has been silent for as many days as the course allows."""

    member_id: int
    course_id: int
    name: str
    course: str
    days: int
    done: int
    lessons: int
