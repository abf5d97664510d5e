"""SQL of searches without an answer: grouped, decided about, called back."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.documents import Verdict
from community_bot.faq.facts import Gap
from community_bot.faq.usage_rows import GapRow, SearchRow
from community_bot.storage.inserting import insert_into

_IN_VAIN = sa.or_(SearchRow.verdict == Verdict.NOTHING, SearchRow.is_failed.is_(True))


async def in_vain(
    session: AsyncSession, *, since: datetime
) -> list[tuple[str, int, int, str, datetime]]:
    """Return searches that found nothing and were not called back, with who made them."""
    rows = await session.execute(
        sa.select(
            SearchRow.normal,
            SearchRow.search_id,
            SearchRow.member_id,
            SearchRow.wording,
            SearchRow.searched_at,
        )
        .where(
            _IN_VAIN,
            SearchRow.searched_at >= since,
            SearchRow.called_back_at.is_(None),
            SearchRow.normal != "",
        )
        .order_by(SearchRow.search_id.desc())
    )
    return list(rows)


async def note_called_back(session: AsyncSession, search_id: int, *, now: datetime) -> None:
    await session.execute(
        sa.update(SearchRow).where(SearchRow.search_id == search_id).values(called_back_at=now)
    )


async def gaps(
    session: AsyncSession, *, since: datetime, offset: int = 0, limit: int = 20
) -> list[Gap]:
    """Return what was searched in vain and not decided about, by how many members, most first."""
    members = sa.func.count(SearchRow.member_id.distinct())
    rows = await session.execute(
        sa.select(
            sa.func.max(SearchRow.search_id),
            sa.func.min(SearchRow.wording),
            members,
            sa.func.count(),
            sa.func.max(SearchRow.searched_at),
        )
        .join(GapRow, GapRow.normal == SearchRow.normal, isouter=True)
        .where(
            _IN_VAIN,
            SearchRow.searched_at >= since,
            SearchRow.normal != "",
            GapRow.gap_id.is_(None),
        )
        .group_by(SearchRow.normal)
        .order_by(members.desc(), sa.func.max(SearchRow.search_id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [Gap(*row) for row in rows]


async def decide(
    session: AsyncSession, normal: str, *, entry_id: int | None, by: int, now: datetime
) -> None:
    """Note what was decided about a wording; deciding again takes the place of it."""
    insert = insert_into(session, GapRow)
    decided = {"entry_id": entry_id, "decided_by": by, "decided_at": now}
    await session.execute(
        insert.values(normal=normal, **decided).on_conflict_do_update(
            index_elements=["normal"], set_=decided
        )
    )
