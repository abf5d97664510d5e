"""SQL of the questions of a month: used once for each ticket, given back once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.message_queries import insert_into
from community_bot.tickets.rows import QuestionPauseRow, QuestionUseRow, TicketRow

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


async def paused_until(session: AsyncSession, member_id: int, now: datetime) -> datetime | None:
    """Return until when somebody may ask nothing new, where that is still to come."""
    found: datetime | None = await session.scalar(
        sa.select(QuestionPauseRow.until).where(
            QuestionPauseRow.member_id == member_id, QuestionPauseRow.until > now
        )
    )
    return found


async def pause(
    session: AsyncSession, member_id: int, *, until: datetime, by: int, now: datetime
) -> None:
    """Let somebody ask nothing new until then; a second time takes the place of the first."""
    facts = {"until": until, "set_by": by, "set_at": now}
    await session.execute(
        insert_into(session, QuestionPauseRow)
        .values(member_id=member_id, **facts)
        .on_conflict_do_update(index_elements=["member_id"], set_=facts)
    )


async def resume(session: AsyncSession, member_id: int) -> bool:
    """Let somebody ask again; False where they were not kept from it."""
    freed = await session.scalar(
        sa.delete(QuestionPauseRow)
        .where(QuestionPauseRow.member_id == member_id)
        .returning(QuestionPauseRow.member_id)
    )
    return freed is not None
