"""SQL of reports: reasons, lines of the ledger, and who pressed what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.people.rows import MemberRow
from community_bot.resources.audience_queries import tier_code_of
from community_bot.resources.post_rows import CopyRow, OpeningRow, PostRow, RunRow
from community_bot.resources.rules import CopyState


@dataclass(frozen=True, slots=True)
class Openings:
    """How many people have pressed something, by button and by tier."""

    people: int
    by_button: Mapping[int, int]
    by_tier: Mapping[str, int]


async def reasons(session: AsyncSession, run_id: int) -> tuple[tuple[CopyState, str, int], ...]:
    """Return why copies did not arrive, the most frequent first."""
    count = sa.func.count()
    rows = await session.execute(
        sa.select(CopyRow.state, CopyRow.reason, count)
        .where(CopyRow.run_id == run_id, CopyRow.state != CopyState.SENT)
        .group_by(CopyRow.state, CopyRow.reason)
        .order_by(count.desc())
    )
    return tuple((state, reason or "", number) for state, reason, number in rows)


async def lines(session: AsyncSession, run_id: int) -> Sequence[Sequence[Any]]:
    """Return every copy of a run, as the table shows it."""
    rows = await session.execute(
        sa.select(
            CopyRow.run_id,
            CopyRow.chat_id,
            CopyRow.topic_id,
            CopyRow.member_id,
            MemberRow.name,
            CopyRow.part,
            CopyRow.state,
            CopyRow.reason,
            CopyRow.tier_code,
            CopyRow.settled_at,
            CopyRow.message_ids,
            CopyRow.revision,
            CopyRow.is_withdrawn,
            CopyRow.mend_error,
        )
        .outerjoin(MemberRow, MemberRow.member_id == CopyRow.member_id)
        .where(CopyRow.run_id == run_id)
        .order_by(CopyRow.copy_id)
    )
    return [
        [*row[:10], " ".join(map(str, row[10] or ())), *row[11:12], int(row[12]), row[13]]
        for row in rows
    ]


async def not_mended(session: AsyncSession, run_id: int) -> int:
    found = await session.scalar(
        sa.select(sa.func.count()).where(CopyRow.run_id == run_id, CopyRow.mend_error.is_not(None))
    )
    return found or 0


async def copy_of(session: AsyncSession, run_id: int, member_id: int) -> CopyRow | None:
    """Return the first copy of a person."""
    return await session.scalar(
        sa.select(CopyRow)
        .where(CopyRow.run_id == run_id, CopyRow.member_id == member_id)
        .order_by(CopyRow.part)
        .limit(1)
    )


async def open_once(
    session: AsyncSession,
    *,
    run_id: int,
    button: int,
    resource_id: int,
    member_id: int,
    now: datetime,
) -> None:
    """Note that somebody opened something; the first time counts."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if on_postgres else sqlite.insert)(OpeningRow)
    await session.execute(
        insert.values(
            run_id=run_id,
            button=button,
            resource_id=resource_id,
            member_id=member_id,
            tier_code=tier_code_of(sa.literal(member_id), now),
            opened_at=now,
        ).on_conflict_do_nothing()
    )


async def openings(session: AsyncSession, run_id: int) -> Openings:
    """Count who opened something under a run."""
    people = sa.func.count(sa.distinct(OpeningRow.member_id))
    of_run = OpeningRow.run_id == run_id
    total = await session.scalar(sa.select(people).where(of_run))
    by_button = await session.execute(
        sa.select(OpeningRow.button, people).where(of_run).group_by(OpeningRow.button)
    )
    tier = OpeningRow.tier_code
    by_tier = await session.execute(sa.select(tier, people).where(of_run).group_by(tier))
    return Openings(
        total or 0,
        {button: count for button, count in by_button},  # noqa: C416  a Row is no pair to dict()
        {code or "": count for code, count in by_tier},
    )


async def by_topic(
    session: AsyncSession, *, since: datetime
) -> list[tuple[Sequence[str], int, int]]:
    """Return for each run since a moment its topics, who got it, and who opened something."""
    sent = (
        sa.select(sa.func.count(sa.distinct(CopyRow.chat_id)))
        .where(CopyRow.run_id == RunRow.run_id, CopyRow.state == CopyState.SENT)
        .scalar_subquery()
    )
    opened = (
        sa.select(sa.func.count(sa.distinct(OpeningRow.member_id)))
        .where(OpeningRow.run_id == RunRow.run_id)
        .scalar_subquery()
    )
    rows = await session.execute(
        sa.select(PostRow.topics, sent, opened)
        .join(RunRow, RunRow.post_id == PostRow.post_id)
        .where(RunRow.begun_at >= since)
    )
    return [(topics, got, pressed) for topics, got, pressed in rows]
