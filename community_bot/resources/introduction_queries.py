"""SQL of introductions: cases, their steps, and which of them a clock has run out for."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.introduction_rules import (
    INTRODUCTION,
    OPEN,
    IntroductionEvent,
    IntroductionState,
)
from community_bot.resources.partner_facts import Introduction
from community_bot.resources.partner_rows import IS_OPEN, IntroductionRow, PartnerRow
from community_bot.storage.inserting import insert_into

_QUIET = {"synchronize_session": False}


async def add(session: AsyncSession, **columns: Any) -> int | None:  # noqa: ANN401  a row's columns
    """Open a case; None where one of the same two is open already."""
    return await session.scalar(
        insert_into(session, IntroductionRow)
        .values(state=INTRODUCTION.start, **columns)
        .on_conflict_do_nothing(index_elements=["partner_id", "member_id"], index_where=IS_OPEN)
        .returning(IntroductionRow.introduction_id)
    )


async def step(
    session: AsyncSession,
    introduction_id: int,
    event: IntroductionEvent,
    **columns: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Move a case by its machine; say whether its state allowed it."""
    states = INTRODUCTION.before(event)
    target = {INTRODUCTION.after(state, event) for state in states}.pop()
    moved = await session.scalar(
        sa.update(IntroductionRow)
        .where(
            IntroductionRow.introduction_id == introduction_id, IntroductionRow.state.in_(states)
        )
        .values(state=target, **columns)
        .returning(IntroductionRow.introduction_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def note(session: AsyncSession, introduction_id: int, column: str, now: datetime) -> bool:
    """Note that something was told, once; say whether it had not been."""
    told = IntroductionRow.__table__.c[column]
    noted = await session.scalar(
        sa.update(IntroductionRow)
        .where(IntroductionRow.introduction_id == introduction_id, told.is_(None))
        .values({column: now})
        .returning(IntroductionRow.introduction_id)
        .execution_options(**_QUIET)
    )
    return noted is not None


async def one(session: AsyncSession, introduction_id: int) -> Introduction | None:
    found = await _some(session, IntroductionRow.introduction_id == introduction_id)
    return found[0] if found else None


async def in_states(
    session: AsyncSession, states: Collection[IntroductionState]
) -> list[Introduction]:
    """Return cases, the first due first."""
    found = await _some(session, IntroductionRow.state.in_(states))
    return sorted(found, key=lambda one: (one.due_at, one.introduction_id))


async def of_member(session: AsyncSession, member_id: int) -> list[Introduction]:
    """Return a member's cases, the newest first."""
    found = await _some(session, IntroductionRow.member_id == member_id)
    return sorted(found, key=lambda one: -one.introduction_id)


async def near(session: AsyncSession, now: datetime) -> list[Introduction]:
    """Return open cases of which half of the time is over, and nobody was told."""
    return await _open(session, IntroductionRow.remind_at <= now, IntroductionRow.reminded_at)


async def late(session: AsyncSession, now: datetime) -> list[Introduction]:
    """Return open cases whose time is over, and nobody was told."""
    return await _open(session, IntroductionRow.due_at <= now, IntroductionRow.told_late_at)


async def unrated(session: AsyncSession, *, before: datetime) -> list[Introduction]:
    """Return introductions made before a moment whose member was not asked how it was."""
    return await _some(
        session,
        sa.and_(
            IntroductionRow.state == IntroductionState.MADE,
            IntroductionRow.decided_at <= before,
            IntroductionRow.rating_asked_at.is_(None),
        ),
    )


async def _open(
    session: AsyncSession,
    is_due: sa.ColumnElement[bool],
    told_at: Any,  # noqa: ANN401  a column
) -> list[Introduction]:
    return await _some(session, sa.and_(IntroductionRow.state.in_(OPEN), is_due, told_at.is_(None)))


async def _some(session: AsyncSession, condition: sa.ColumnElement[bool]) -> list[Introduction]:
    rows = await session.execute(
        sa.select(IntroductionRow, PartnerRow.name)
        .join(PartnerRow, PartnerRow.partner_id == IntroductionRow.partner_id)
        .where(condition)
        .order_by(IntroductionRow.introduction_id)
        .execution_options(populate_existing=True)
    )
    return [
        Introduction(
            introduction_id=row.introduction_id,
            partner_id=row.partner_id,
            partner_name=name,
            member_id=row.member_id,
            wish=row.wish,
            state=row.state,
            asked_at=row.asked_at,
            due_at=row.due_at,
            taken_by=row.taken_by,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            reply=row.reply,
        )
        for row, name in rows
    ]
