"""SQL of topics, and of the words that mean the same."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.rows import TermRow, TopicRow
from community_bot.storage.inserting import insert_into


async def topics(session: AsyncSession) -> dict[str, int]:
    """Return the number of every topic, by its code."""
    rows = await session.scalars(sa.select(TopicRow).order_by(TopicRow.topic_id))
    return {row.code: row.topic_id for row in rows}


async def add_topics(session: AsyncSession, codes: Sequence[str]) -> None:
    """Give numbers to topics that have none yet; two may do so at once."""
    if codes:
        rows = [{"code": code} for code in codes]
        await session.execute(insert_into(session, TopicRow).values(rows).on_conflict_do_nothing())


async def terms(session: AsyncSession) -> list[tuple[int, tuple[str, ...]]]:
    """Return the community's own groups of equal terms, oldest first."""
    rows = await session.scalars(sa.select(TermRow).order_by(TermRow.term_id))
    return [(row.term_id, tuple(row.terms)) for row in rows]


async def add_terms(session: AsyncSession, terms: Sequence[str], *, by: int, now: datetime) -> None:
    await session.execute(sa.insert(TermRow).values(terms=list(terms), made_by=by, made_at=now))


async def remove_terms(session: AsyncSession, term_id: int) -> bool:
    gone = await session.scalar(
        sa.delete(TermRow).where(TermRow.term_id == term_id).returning(TermRow.term_id)
    )
    return gone is not None
