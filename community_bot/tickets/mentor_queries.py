"""SQL of mentors: what they said of themselves, and how much they carry."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.mentor_rows import MentorExclusionRow, MentorRow, TicketOfferRow
from community_bot.tickets.mentor_rules import Carried, Duty, OfferState
from community_bot.tickets.rows import TicketRow
from community_bot.tickets.rules import HELD, TicketState

_QUIET = {"synchronize_session": False}


async def mentor(session: AsyncSession, mentor_id: int) -> MentorRow | None:
    return await session.get(MentorRow, mentor_id, populate_existing=True)


async def mentors(session: AsyncSession) -> list[MentorRow]:
    return list(await session.scalars(sa.select(MentorRow).order_by(MentorRow.mentor_id)))


async def add(session: AsyncSession, mentor_id: int, now: datetime) -> None:
    """Let somebody begin: on duty until they say otherwise, fit for everything."""
    await session.execute(
        sa.insert(MentorRow).values(
            mentor_id=mentor_id,
            topics=[],
            markets=[],
            tiers=[],
            duty=Duty.ON,
            week={},
            goes_on=False,
            made_at=now,
        )
    )


async def change(
    session: AsyncSession,
    mentor_id: int,
    **values: Any,  # noqa: ANN401  a row's columns
) -> None:
    await session.execute(
        sa.update(MentorRow)
        .where(MentorRow.mentor_id == mentor_id)
        .values(**values)
        .execution_options(**_QUIET)
    )


async def carried(session: AsyncSession) -> dict[int, list[Carried]]:
    """Return the tickets that each mentor has."""
    rows = await session.execute(
        sa.select(TicketRow.assignee_id, TicketRow.is_hard, TicketRow.state).where(
            TicketRow.state.in_(HELD)
        )
    )
    found: dict[int, list[Carried]] = defaultdict(list)
    for mentor_id, is_hard, state in rows:
        if mentor_id is not None:
            found[mentor_id].append(Carried(is_hard, state is TicketState.ANSWERED))
    return found


async def offered(session: AsyncSession) -> dict[int, int]:
    """Count the offers that each mentor has not answered yet."""
    rows = await session.execute(
        sa.select(TicketOfferRow.mentor_id, sa.func.count())
        .where(TicketOfferRow.state == OfferState.WAITING)
        .group_by(TicketOfferRow.mentor_id)
    )
    return {row[0]: row[1] for row in rows}


async def lately(session: AsyncSession, since: datetime) -> dict[int, tuple[datetime, int]]:
    """Return when each mentor last took a ticket since then, and how many."""
    rows = await session.execute(
        sa.select(TicketRow.assignee_id, sa.func.max(TicketRow.claimed_at), sa.func.count())
        .where(TicketRow.claimed_at >= since, TicketRow.assignee_id.is_not(None))
        .group_by(TicketRow.assignee_id)
    )
    return {
        mentor_id: (at, count)
        for mentor_id, at, count in rows
        if mentor_id is not None and at is not None
    }


async def held_by(session: AsyncSession, mentor_id: int, state: TicketState) -> list[int]:
    """Return the numbers of a mentor's tickets in a state, most urgent first."""
    found = await session.scalars(
        sa.select(TicketRow.ticket_id)
        .where(TicketRow.assignee_id == mentor_id, TicketRow.state == state)
        .order_by(TicketRow.due_at, TicketRow.ticket_id)
    )
    return list(found)


async def excluded(session: AsyncSession, member_id: int) -> frozenset[int]:
    """Return the mentors who are not given a member's questions."""
    return frozenset(
        await session.scalars(
            sa.select(MentorExclusionRow.mentor_id).where(MentorExclusionRow.member_id == member_id)
        )
    )


async def exclude(
    session: AsyncSession, *, member_id: int, mentor_id: int, by: int, now: datetime
) -> None:
    await session.execute(
        sa.insert(MentorExclusionRow).values(
            member_id=member_id, mentor_id=mentor_id, set_by=by, set_at=now
        )
    )


async def allow(session: AsyncSession, *, member_id: int, mentor_id: int) -> bool:
    allowed = await session.scalar(
        sa.delete(MentorExclusionRow)
        .where(MentorExclusionRow.member_id == member_id, MentorExclusionRow.mentor_id == mentor_id)
        .returning(MentorExclusionRow.mentor_id)
    )
    return allowed is not None
