"""SQL of the personal data in tickets."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.message_rows import (
    MessageVersionRow,
    QuestionDraftRow,
    TicketMessageRow,
)
from community_bot.tickets.rows import FollowerRow, RatingRow, TicketEventRow, TicketRow
from community_bot.tickets.rules import MessageKind

_QUIET = {"synchronize_session": False}


async def said(session: AsyncSession, ticket_id: int) -> list[dict[str, Any]]:
    """Return what member and mentors said to each other in a ticket."""
    rows = await session.execute(
        sa.select(
            TicketMessageRow.kind,
            TicketMessageRow.said_at,
            TicketMessageRow.content,
            TicketMessageRow.text,
        )
        .where(
            TicketMessageRow.ticket_id == ticket_id,
            TicketMessageRow.kind != MessageKind.NOTE,
            TicketMessageRow.recalled_at.is_(None),
        )
        .order_by(TicketMessageRow.ticket_message_id)
    )
    return [
        {"from": kind.value, "at": at.isoformat(), "content": content, "text": text}
        for kind, at, content, text in rows
    ]


async def blacken(session: AsyncSession, member_id: int) -> int:
    """Take the words and files of a member out of every ticket; answers and notes go with them."""
    own = sa.select(TicketRow.ticket_id).where(TicketRow.member_id == member_id)
    drafts = sa.select(QuestionDraftRow.draft_id).where(QuestionDraftRow.member_id == member_id)
    spoken = sa.or_(
        TicketMessageRow.ticket_id.in_(own),
        TicketMessageRow.draft_id.in_(drafts),
        TicketMessageRow.author_id == member_id,
    )
    versions = sa.select(TicketMessageRow.ticket_message_id).where(spoken)
    await session.execute(
        sa.delete(MessageVersionRow).where(MessageVersionRow.ticket_message_id.in_(versions))
    )
    await session.execute(
        sa.update(TicketMessageRow)
        .where(spoken)
        .values(text=None, entities=[], file_id=None)
        .execution_options(**_QUIET)
    )
    await session.execute(
        sa.update(TicketEventRow)
        .where(TicketEventRow.ticket_id.in_(own))
        .values(reason=None)
        .execution_options(**_QUIET)
    )
    await session.execute(
        sa.update(RatingRow)
        .where(RatingRow.member_id == member_id)
        .values(words=None)
        .execution_options(**_QUIET)
    )
    await session.execute(sa.delete(FollowerRow).where(FollowerRow.member_id == member_id))
    blackened = await session.scalars(
        sa.update(TicketRow)
        .where(TicketRow.member_id == member_id)
        .values(summary="", is_shared=False)
        .returning(TicketRow.ticket_id)
        .execution_options(**_QUIET)
    )
    return len(blackened.all())
