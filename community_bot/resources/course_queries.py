"""SQL of courses and their lessons."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.course_facts import Course, Lesson
from community_bot.resources.course_rows import (
    CourseRow,
    LearnerRow,
    LessonRow,
    LessonStepRow,
)
from community_bot.resources.course_rules import COURSE, CourseEvent, CourseState, Release
from community_bot.resources.rows import ResourceRow

_QUIET = {"synchronize_session": False}


async def add(session: AsyncSession, **columns: Any) -> int:  # noqa: ANN401  a row's columns
    number = await session.scalar(
        sa.insert(CourseRow)
        .values(state=COURSE.start, about="", tier_code=None, mentor_id=None, **columns)
        .returning(CourseRow.course_id)
    )
    return int(number or 0)


async def change(session: AsyncSession, course_id: int, **columns: Any) -> None:  # noqa: ANN401  a row's columns
    await session.execute(
        sa.update(CourseRow)
        .where(CourseRow.course_id == course_id)
        .values(**columns)
        .execution_options(**_QUIET)
    )


async def step(session: AsyncSession, course_id: int, event: CourseEvent, *, now: datetime) -> bool:
    """Move a course by its machine; say whether its state allowed it."""
    states = COURSE.before(event)
    columns: dict[str, Any] = {"state": COURSE.after(states[0], event)}
    if event is CourseEvent.OPEN:
        opened = sa.literal(now, CourseRow.opened_at.type)
        columns["opened_at"] = sa.func.coalesce(CourseRow.opened_at, opened)
    moved = await session.scalar(
        sa.update(CourseRow)
        .where(CourseRow.course_id == course_id, CourseRow.state.in_(states))
        .values(**columns)
        .returning(CourseRow.course_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def one(session: AsyncSession, course_id: int) -> Course | None:
    found = await _courses(session, CourseRow.course_id == course_id)
    return found[0] if found else None


async def all_(session: AsyncSession, *states: CourseState) -> list[Course]:
    """Return the courses in these states, the oldest first."""
    return await _courses(session, CourseRow.state.in_(states))


async def of_lesson(session: AsyncSession, lesson_id: int) -> Course | None:
    """Return the course to which a lesson belongs."""
    found = sa.select(LessonRow.course_id).where(LessonRow.lesson_id == lesson_id)
    courses = await _courses(session, CourseRow.course_id.in_(found))
    return courses[0] if courses else None


async def add_lesson(session: AsyncSession, **columns: Any) -> None:  # noqa: ANN401  a row's columns
    await session.execute(sa.insert(LessonRow).values(**columns))


async def change_lesson(session: AsyncSession, lesson_id: int, **columns: Any) -> None:  # noqa: ANN401  a row's columns
    await session.execute(
        sa.update(LessonRow)
        .where(LessonRow.lesson_id == lesson_id)
        .values(**columns)
        .execution_options(**_QUIET)
    )


async def is_under_way(session: AsyncSession, lesson_id: int) -> bool:
    """Say whether a lesson has been released to anybody."""
    found = sa.select(LessonStepRow.step_id).where(LessonStepRow.lesson_id == lesson_id).limit(1)
    return await session.scalar(found) is not None


async def remove_lesson(session: AsyncSession, lesson_id: int) -> None:
    """Take a lesson out; the others keep their numbers."""
    await session.execute(sa.delete(LessonRow).where(LessonRow.lesson_id == lesson_id))


async def look_again(session: AsyncSession, course_id: int, *, now: datetime) -> None:
    """Have every learner looked at: something of the course has changed."""
    await session.execute(
        sa.update(LearnerRow)
        .where(LearnerRow.course_id == course_id)
        .values(look_at=now)
        .execution_options(**_QUIET)
    )


async def begin_again(session: AsyncSession, course_id: int) -> None:
    """Let those who had finished go on: a lesson has come."""
    await session.execute(
        sa.update(LearnerRow)
        .where(LearnerRow.course_id == course_id)
        .values(finished_at=None)
        .execution_options(**_QUIET)
    )


async def _courses(session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[Course]:
    rows = (
        await session.scalars(
            sa.select(CourseRow)
            .where(*conditions)
            .order_by(CourseRow.course_id)
            .execution_options(populate_existing=True)
        )
    ).all()
    lessons = await _lessons(session, [row.course_id for row in rows])
    return [
        Course(
            course_id=row.course_id,
            title=row.title,
            about=row.about,
            tier_code=row.tier_code,
            state=row.state,
            silent_days=row.silent_days,
            mentor_id=row.mentor_id,
            opened_at=row.opened_at,
            lessons=tuple(one for one in lessons if one.course_id == row.course_id),
        )
        for row in rows
    ]


async def _lessons(session: AsyncSession, courses: list[int]) -> list[Lesson]:
    rows = await session.execute(
        sa.select(LessonRow, ResourceRow.title)
        .join(ResourceRow, ResourceRow.resource_id == LessonRow.resource_id)
        .where(LessonRow.course_id.in_(courses))
        .order_by(LessonRow.course_id, LessonRow.number)
        .execution_options(populate_existing=True)
    )
    return [
        Lesson(
            lesson_id=row.lesson_id,
            course_id=row.course_id,
            number=row.number,
            resource_id=row.resource_id,
            title=title,
            task=row.task,
            check=row.checked_by,
            release=Release(row.release, row.release_day, row.release_on),
        )
        for row, title in rows
    ]
