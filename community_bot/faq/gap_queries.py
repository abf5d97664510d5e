"""SQL of searches without an answer: grouped, decided about, called back."""

from collections.abc import Collection
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


async def decided(session: AsyncSession, entry_ids: Collection[int]) -> dict[str, int]:
    """Return the wordings of which staff have said that one of these entries answers them."""
    rows = await session.execute(
        sa.select(GapRow.normal, GapRow.entry_id).where(
            GapRow.entry_id.in_(entry_ids), GapRow.entry_id.is_not(None)
        )
    )
    return {normal: entry_id for normal, entry_id in rows if entry_id is not None}


async def note_called_back(session: AsyncSession, search_id: int, *, now: datetime) -> None:
    await session.execute(
        sa.update(SearchRow).where(SearchRow.search_id == search_id).values(called_back_at=now)
    )


async def gaps(
    session: AsyncSession,
    *,
    since: datetime,
    until: datetime | None = None,
    offset: int = 0,
    limit: int = 20,
) -> list[Gap]:
    """Return what was searched in vain and not decided about, by how many members, most first."""
    members = sa.func.count(SearchRow.member_id.distinct())
    newest = sa.func.max(SearchRow.search_id)
    grouped = (
        sa.select(
            newest.label("search_id"),
            members.label("members"),
            sa.func.count().label("searches"),
            sa.func.max(SearchRow.searched_at).label("last_at"),
        )
        .where(*_undecided(since, until))
        .group_by(SearchRow.normal)
        .order_by(members.desc(), newest.desc())
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    rows = await session.execute(
        sa.select(
            grouped.c.search_id,
            SearchRow.wording,
            grouped.c.members,
            grouped.c.searches,
            grouped.c.last_at,
        )
        .join(SearchRow, SearchRow.search_id == grouped.c.search_id)
        .order_by(grouped.c.members.desc(), grouped.c.search_id.desc())
    )
    return [Gap(*row) for row in rows]


async def count_gaps(
    session: AsyncSession, *, since: datetime, until: datetime | None = None
) -> int:
    """Count what was searched in vain and not decided about."""
    wanted = sa.select(sa.func.count(SearchRow.normal.distinct())).where(*_undecided(since, until))
    return await session.scalar(wanted) or 0


def _undecided(since: datetime, until: datetime | None) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _IN_VAIN,
        SearchRow.searched_at >= since,
        sa.true() if until is None else SearchRow.searched_at < until,
        SearchRow.normal != "",
        ~sa.exists().where(GapRow.normal == SearchRow.normal),
    )


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
