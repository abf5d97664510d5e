"""SQL of the nightly audit of tickets."""

from collections import defaultdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.clock import Beat, Tick
from community_bot.tickets.facts import Ticket
from community_bot.tickets.message_rows import QuestionDraftRow, RelayRow, TicketMessageRow
from community_bot.tickets.queries import fact_of
from community_bot.tickets.rows import QuestionUseRow, TicketEventRow, TicketRow
from community_bot.tickets.rules import (
    HELD,
    OPEN,
    Audience,
    DraftState,
    Happening,
    MessageKind,
    Origin,
    TicketState,
)


async def homeless(session: AsyncSession, *, before: datetime) -> list[int]:
    """Return messages that belong nowhere although they came long ago."""
    return list(
        await session.scalars(
            sa.select(TicketMessageRow.ticket_message_id)
            .where(
                TicketMessageRow.draft_id.is_(None),
                TicketMessageRow.ticket_id.is_(None),
                TicketMessageRow.said_at < before,
            )
            .order_by(TicketMessageRow.ticket_message_id)
        )
    )


async def stuck_drafts(session: AsyncSession, *, before: datetime) -> list[int]:
    """Return drafts that should have been submitted by themselves long ago."""
    return list(
        await session.scalars(
            sa.select(QuestionDraftRow.draft_id)
            .where(
                QuestionDraftRow.state == DraftState.GATHERING,
                QuestionDraftRow.last_said_at < before,
            )
            .order_by(QuestionDraftRow.draft_id)
        )
    )


async def held_otherwise(session: AsyncSession) -> list[int]:
    """Return tickets whose last change of state in the course of events is not their state."""
    last = (
        sa.select(sa.func.max(TicketEventRow.event_id))
        .where(TicketEventRow.ticket_id == TicketRow.ticket_id)
        .correlate(TicketRow)
        .scalar_subquery()
    )
    return list(
        await session.scalars(
            sa.select(TicketRow.ticket_id)
            .outerjoin(TicketEventRow, TicketEventRow.event_id == last)
            .where(
                sa.or_(
                    TicketEventRow.event_id.is_(None),
                    TicketEventRow.to_state != TicketRow.state,
                    sa.and_(TicketRow.state.in_(HELD), TicketRow.assignee_id.is_(None)),
                )
            )
            .order_by(TicketRow.ticket_id)
        )
    )


async def unsettled_answers(session: AsyncSession, *, before: datetime) -> list[int]:
    """Return answers of which, long after, nobody knows whether they came or failed."""
    arrived = (
        sa.exists()
        .where(
            RelayRow.ticket_message_id == TicketMessageRow.ticket_message_id,
            RelayRow.audience == Audience.MEMBER,
            sa.or_(RelayRow.arrived_at.is_not(None), RelayRow.failed_for.is_not(None)),
        )
        .correlate(TicketMessageRow)
    )
    return list(
        await session.scalars(
            sa.select(TicketMessageRow.ticket_message_id)
            .where(
                TicketMessageRow.kind == MessageKind.PUBLIC,
                TicketMessageRow.recalled_at.is_(None),
                TicketMessageRow.said_at < before,
                ~arrived,
            )
            .order_by(TicketMessageRow.ticket_message_id)
        )
    )


async def open_tickets(session: AsyncSession) -> list[Ticket]:
    rows = await session.scalars(
        sa.select(TicketRow).where(TicketRow.state.in_(OPEN)).order_by(TicketRow.ticket_id)
    )
    return [fact_of(row) for row in rows]


async def beats_of_open(session: AsyncSession) -> dict[int, list[Tick]]:
    """Return what the clocks of all open tickets heard, in one question to the database."""
    rows = await session.execute(
        sa.select(
            TicketEventRow.ticket_id,
            TicketEventRow.beat,
            TicketEventRow.at,
            TicketEventRow.target_minutes,
            TicketEventRow.due_at,
        )
        .join(TicketRow, TicketRow.ticket_id == TicketEventRow.ticket_id)
        .where(TicketRow.state.in_(OPEN), TicketEventRow.beat.is_not(None))
        .order_by(TicketEventRow.event_id)
    )
    found: dict[int, list[Tick]] = defaultdict(list)
    for ticket_id, beat, at, minutes, due_at in rows:
        target = None if minutes is None else timedelta(minutes=minutes)
        found[ticket_id].append(Tick(Beat(str(beat)), at, target, due_at))
    return found


async def counted_otherwise(session: AsyncSession) -> list[int]:
    """Return tickets that count against a month and should not, or the other way round."""
    is_counted = QuestionUseRow.given_back_at.is_(None)
    was_restored = (
        sa.exists()
        .where(
            TicketEventRow.ticket_id == TicketRow.ticket_id,
            TicketEventRow.happening == Happening.RESTORE,
        )
        .correlate(TicketRow)
    )
    given_up = TicketRow.state.in_((TicketState.CANCELLED, TicketState.MERGED))
    return list(
        await session.scalars(
            sa.select(TicketRow.ticket_id)
            .outerjoin(QuestionUseRow, QuestionUseRow.ticket_id == TicketRow.ticket_id)
            .where(
                TicketRow.origin != Origin.CAPTURED,
                sa.or_(
                    QuestionUseRow.use_id.is_(None),
                    sa.and_(given_up, is_counted),
                    sa.and_(~given_up, ~is_counted, ~was_restored),
                ),
            )
            .order_by(TicketRow.ticket_id)
        )
    )
