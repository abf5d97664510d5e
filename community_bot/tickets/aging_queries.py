"""SQL of tickets for which it is time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.rows import TicketRow
from community_bot.tickets.rules import TicketState


async def due(session: AsyncSession, now: datetime) -> list[int]:
    """Return the tickets that are to be warned of, settled, closed or woken now."""
    silent = sa.and_(
        TicketRow.state == TicketState.ANSWERED,
        TicketRow.is_unreachable.is_(False),
        sa.or_(TicketRow.warn_at <= now, TicketRow.resolve_at <= now),
    )
    settled = sa.and_(TicketRow.state == TicketState.RESOLVED, TicketRow.close_at <= now)
    asleep = sa.and_(TicketRow.state == TicketState.ACTIVE, TicketRow.snoozed_until <= now)
    found = await session.scalars(
        sa.select(TicketRow.ticket_id)
        .where(sa.or_(silent, settled, asleep))
        .order_by(TicketRow.ticket_id)
    )
    return list(found)


async def note_asked(session: AsyncSession, ticket_id: int, now: datetime) -> None:
    """Note when a member was asked again for a verdict."""
    await session.execute(
        sa.update(TicketRow)
        .where(TicketRow.ticket_id == ticket_id)
        .values(rating_asked_at=now)
        .execution_options(synchronize_session=False)
    )
