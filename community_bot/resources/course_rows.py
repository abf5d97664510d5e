"""The tables of courses: their lessons, who takes them, and how far each learner is."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.resources.course_rules import Check, CourseState, ReleaseKind, StepState
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row


class CourseRow(Row):
    """A course; who has exactly its tier takes part by itself, who is above may join."""

    __tablename__ = "courses"

    course_id: Mapped[Key]
    title: Mapped[str] = mapped_column(sa.String(120))
    about: Mapped[str] = mapped_column(sa.Text)
    tier_code: Mapped[Name | None]
    state: Mapped[CourseState]
    silent_days: Mapped[int] = mapped_column(sa.SmallInteger)
    mentor_id: Mapped[TelegramId | None]
    made_by: Mapped[TelegramId]
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]


class LessonRow(Row):
    """A resource as a lesson: when it is released, what to do, how that is seen."""

    __tablename__ = "lessons"
    __table_args__ = (sa.UniqueConstraint("course_id", "number"),)

    lesson_id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.course_id"))
    number: Mapped[int] = mapped_column(sa.SmallInteger)
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("resources.resource_id"))
    task: Mapped[str] = mapped_column(sa.Text)
    checked_by: Mapped[Check]
    release: Mapped[ReleaseKind]
    release_day: Mapped[int] = mapped_column(sa.SmallInteger)
    release_on: Mapped[date | None]


class LearnerRow(Row):
    """A member who takes a course; `look_at` is when something may be due for them."""

    __tablename__ = "learners"
    __table_args__ = (sa.UniqueConstraint("course_id", "member_id"),)

    learner_id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.course_id"))
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    joined_at: Mapped[datetime]
    active_at: Mapped[datetime]
    told_silent_at: Mapped[datetime | None]
    look_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]


class LessonStepRow(Row):
    """How far a learner is with a lesson that has been released to them."""

    __tablename__ = "lesson_steps"
    __table_args__ = (sa.UniqueConstraint("learner_id", "lesson_id"),)

    step_id: Mapped[Key]
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("learners.learner_id"))
    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lessons.lesson_id"), index=True)
    state: Mapped[StepState] = mapped_column(index=True)
    released_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    homework: Mapped[Facts | None]
    handed_in_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    looked_by: Mapped[TelegramId | None]
    words: Mapped[str | None] = mapped_column(sa.Text)
    done_at: Mapped[datetime | None]
