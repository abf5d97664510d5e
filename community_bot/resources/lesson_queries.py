"""SQL of learners, and of how far each is with each lesson."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.membership.rows import EntitlementRow
from community_bot.resources.course_facts import Learner, Step
from community_bot.resources.course_rows import CourseRow, LearnerRow, LessonRow, LessonStepRow
from community_bot.resources.course_rules import STEP, CourseState, StepEvent, StepState

_QUIET = {"synchronize_session": False}


async def join(
    session: AsyncSession, course_id: int, members: dict[int, datetime], *, now: datetime
) -> None:
    """Let members take a course, each from their own day; who does so already is left alone."""
    if not members:
        return
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if on_postgres else sqlite.insert)(LearnerRow)
    await session.execute(
        insert.on_conflict_do_nothing(index_elements=["course_id", "member_id"]),
        [
            {
                "course_id": course_id,
                "member_id": member_id,
                "joined_at": joined_at,
                "active_at": now,
                "told_silent_at": None,
                "look_at": now,
                "finished_at": None,
            }
            for member_id, joined_at in members.items()
        ],
    )


async def entitled_and_new(
    session: AsyncSession, course_id: int, tier_code: str, *, now: datetime
) -> dict[int, datetime]:
    """Return who has a tier now and does not take its course yet, and since when they have it."""
    taking = sa.select(LearnerRow.member_id).where(LearnerRow.course_id == course_id)
    rows = await session.execute(
        sa.select(EntitlementRow.member_id, sa.func.max(EntitlementRow.starts_at))
        .where(
            EntitlementRow.tier_code == tier_code,
            EntitlementRow.starts_at <= now,
            sa.or_(EntitlementRow.ends_at.is_(None), EntitlementRow.ends_at > now),
            EntitlementRow.revoked_at.is_(None),
            EntitlementRow.member_id.not_in(taking),
        )
        .group_by(EntitlementRow.member_id)
    )
    return {row.member_id: row[1] for row in rows}


async def learner(session: AsyncSession, course_id: int, member_id: int) -> Learner | None:
    found = await _learners(
        session, LearnerRow.course_id == course_id, LearnerRow.member_id == member_id
    )
    return found[0] if found else None


async def one(session: AsyncSession, learner_id: int) -> Learner | None:
    found = await _learners(session, LearnerRow.learner_id == learner_id)
    return found[0] if found else None


async def all_(session: AsyncSession, course_id: int) -> list[Learner]:
    return await _learners(session, LearnerRow.course_id == course_id)


async def due(session: AsyncSession, *, now: datetime, most: int) -> list[int]:
    """Return the learners of open courses for whom something may be due."""
    rows = await session.scalars(
        sa.select(LearnerRow.learner_id)
        .join(CourseRow, CourseRow.course_id == LearnerRow.course_id)
        .where(
            LearnerRow.look_at <= now,
            LearnerRow.finished_at.is_(None),
            CourseRow.state == CourseState.OPEN,
        )
        .order_by(LearnerRow.look_at)
        .limit(most)
    )
    return list(rows)


async def note(session: AsyncSession, learner_id: int, **columns: Any) -> None:  # noqa: ANN401  a row's columns
    await session.execute(
        sa.update(LearnerRow)
        .where(LearnerRow.learner_id == learner_id)
        .values(**columns)
        .execution_options(**_QUIET)
    )


async def steps(session: AsyncSession, learner_ids: Sequence[int]) -> dict[int, list[Step]]:
    """Return how far learners are, by learner."""
    rows = await session.scalars(
        sa.select(LessonStepRow)
        .where(LessonStepRow.learner_id.in_(learner_ids))
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Step]] = {number: [] for number in learner_ids}
    for row in rows:
        found[row.learner_id].append(_step(row))
    return found


async def release(
    session: AsyncSession, learner_id: int, lesson_ids: Sequence[int], *, now: datetime
) -> None:
    await session.execute(
        sa.insert(LessonStepRow),
        [
            {
                "learner_id": learner_id,
                "lesson_id": lesson_id,
                "state": STEP.start,
                "released_at": now,
            }
            for lesson_id in lesson_ids
        ],
    )


async def move(
    session: AsyncSession,
    step_id: int,
    event: StepEvent,
    **columns: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Move a step by its machine; say whether its state allowed it."""
    states = STEP.before(event)
    moved = await session.scalar(
        sa.update(LessonStepRow)
        .where(LessonStepRow.step_id == step_id, LessonStepRow.state.in_(states))
        .values(state=STEP.after(states[0], event), **columns)
        .returning(LessonStepRow.step_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def note_step(session: AsyncSession, step_id: int, **columns: Any) -> None:  # noqa: ANN401  a row's columns
    await session.execute(
        sa.update(LessonStepRow)
        .where(LessonStepRow.step_id == step_id)
        .values(**columns)
        .execution_options(**_QUIET)
    )


async def work(session: AsyncSession, step_id: int) -> tuple[LessonStepRow, LearnerRow] | None:
    """Return a step with its learner."""
    row = (
        await session.execute(
            sa.select(LessonStepRow, LearnerRow)
            .join(LearnerRow, LearnerRow.learner_id == LessonStepRow.learner_id)
            .where(LessonStepRow.step_id == step_id)
            .execution_options(populate_existing=True)
        )
    ).first()
    return (row[0], row[1]) if row is not None else None


async def handed_in(session: AsyncSession) -> list[int]:
    """Return the steps whose homework waits for a mentor, the oldest first."""
    rows = await session.scalars(
        sa.select(LessonStepRow.step_id)
        .where(LessonStepRow.state == StepState.HANDED_IN)
        .order_by(LessonStepRow.handed_in_at)
        .limit(50)
    )
    return list(rows)


async def opened(
    session: AsyncSession, member_id: int, tier_code: str, *, since: datetime
) -> int | None:
    """Count the lessons of a tier's courses that somebody opened; None where it has no course."""
    courses = sa.select(CourseRow.course_id).where(
        CourseRow.tier_code == tier_code, CourseRow.opened_at.is_not(None)
    )
    if await session.scalar(courses.limit(1)) is None:
        return None
    count = await session.scalar(
        sa.select(sa.func.count())
        .select_from(LessonStepRow)
        .join(LearnerRow, LearnerRow.learner_id == LessonStepRow.learner_id)
        .join(LessonRow, LessonRow.lesson_id == LessonStepRow.lesson_id)
        .where(
            LearnerRow.member_id == member_id,
            LessonRow.course_id.in_(courses),
            LessonStepRow.opened_at >= since,
        )
    )
    return int(count or 0)


async def _learners(session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[Learner]:
    rows = await session.scalars(
        sa.select(LearnerRow)
        .where(*conditions)
        .order_by(LearnerRow.joined_at)
        .execution_options(populate_existing=True)
    )
    return [
        Learner(
            row.learner_id,
            row.course_id,
            row.member_id,
            row.joined_at,
            row.active_at,
            row.told_silent_at,
            row.finished_at,
        )
        for row in rows
    ]


def _step(row: LessonStepRow) -> Step:
    return Step(
        row.step_id,
        row.lesson_id,
        row.state,
        row.released_at,
        row.opened_at,
        row.reminded_at,
        row.looked_at,
        row.words,
        row.done_at,
    )
