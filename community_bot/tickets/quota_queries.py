"""SQL of the questions of a month: used once for each ticket, given back once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.message_queries import insert_into
from community_bot.tickets.rows import QuestionUseRow, TicketRow

_QUIET = {"synchronize_session": False}


async def used(session: AsyncSession, member_id: int, month: str) -> int:
    """Count the questions of a member's month that were not given back."""
    found = await session.scalar(
        sa.select(sa.func.count())
        .select_from(QuestionUseRow)
        .where(
            QuestionUseRow.member_id == member_id,
            QuestionUseRow.month == month,
            QuestionUseRow.given_back_at.is_(None),
        )
    )
    return found or 0


async def urgent(session: AsyncSession, member_id: int, since: datetime) -> int:
    """Count the questions that a member has called urgent since then, whatever became of them."""
    found = await session.scalar(
        sa.select(sa.func.count())
        .select_from(TicketRow)
        .where(TicketRow.member_id == member_id, TicketRow.urgent_at >= since)
    )
    return found or 0


async def use(
    session: AsyncSession, *, ticket_id: int, member_id: int, month: str, now: datetime
) -> None:
    """Count a ticket against a month, once; one that was given back counts again."""
    await session.execute(
        insert_into(session, QuestionUseRow)
        .values(ticket_id=ticket_id, member_id=member_id, month=month, used_at=now)
        .on_conflict_do_update(
            index_elements=["ticket_id"], set_={"given_back_at": None, "given_back_for": None}
        )
    )


async def give_back(session: AsyncSession, ticket_id: int, *, reason: str, now: datetime) -> bool:
    """Give a question back; False where it was never counted or was given back before."""
    given = await session.scalar(
        sa.update(QuestionUseRow)
        .where(QuestionUseRow.ticket_id == ticket_id, QuestionUseRow.given_back_at.is_(None))
        .values(given_back_at=now, given_back_for=reason)
        .returning(QuestionUseRow.use_id)
        .execution_options(**_QUIET)
    )
    return given is not None
