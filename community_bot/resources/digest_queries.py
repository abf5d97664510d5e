"""SQL of digests: who hears how often, whose is due, and what is new for them."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.digest_facts import DigestLine, DigestTopic, Due, Fresh
from community_bot.resources.digest_rows import DigestRow
from community_bot.resources.digest_rules import Pace
from community_bot.resources.post_rows import OpeningRow
from community_bot.resources.quiet_rules import QuietHours
from community_bot.resources.rows import (
    FollowRow,
    LibraryTopicRow,
    QuietHoursRow,
    ResourceRow,
    ResourceTopicRow,
)
from community_bot.resources.rules import ResourceState
from community_bot.storage.inserting import insert_into


async def one(session: AsyncSession, member_id: int) -> DigestRow | None:
    return await session.get(DigestRow, member_id, populate_existing=True)


async def newcomers(session: AsyncSession, *, most: int) -> list[int]:
    """Return who follows a topic and has no digest planned yet."""
    found = await session.scalars(
        sa.select(FollowRow.member_id)
        .where(~sa.exists().where(DigestRow.member_id == FollowRow.member_id))
        .distinct()
        .order_by(FollowRow.member_id)
        .limit(most)
    )
    return list(found)


async def plan(
    session: AsyncSession,
    member_id: int,
    *,
    pace: Pace,
    next_at: datetime | None,
    now: datetime,
) -> None:
    """Plan somebody's digests anew; a first one tells of what comes from now on."""
    await session.execute(
        insert_into(session, DigestRow)
        .values(member_id=member_id, pace=pace, told_until=now, next_at=next_at)
        .on_conflict_do_update(
            index_elements=["member_id"], set_={"pace": pace, "next_at": next_at}
        )
    )


async def topic(session: AsyncSession, topic_id: int) -> DigestTopic | None:
    row = await session.get(LibraryTopicRow, topic_id)
    return None if row is None else DigestTopic(row.topic_id, row.code)


async def is_any_due(session: AsyncSession, now: datetime) -> bool:
    """Say whether there is anything to do at all."""
    found = await session.scalar(sa.select(sa.exists().where(DigestRow.next_at <= now)))
    return bool(found) or bool(await newcomers(session, most=1))


async def due(session: AsyncSession, now: datetime, *, most: int) -> list[Due]:
    """Return whose digest is due, the longest waiting first."""
    rows = await session.execute(
        sa.select(DigestRow.member_id, DigestRow.pace, DigestRow.told_until, DigestRow.next_at)
        .where(DigestRow.next_at <= now)
        .order_by(DigestRow.next_at, DigestRow.member_id)
        .limit(most)
    )
    return [
        Due(member_id, pace, told_until, next_at)
        for member_id, pace, told_until, next_at in rows
        if next_at is not None
    ]


async def put_off(session: AsyncSession, one: Due, *, until: datetime) -> None:
    """Let a digest wait for the end of its reader's quiet hours."""
    await session.execute(
        sa.update(DigestRow)
        .where(DigestRow.member_id == one.member_id, DigestRow.next_at == one.next_at)
        .values(next_at=until)
        .execution_options(synchronize_session=False)
    )


async def move_on(
    session: AsyncSession, one: Due, *, told_until: datetime, next_at: datetime | None
) -> bool:
    """Plan the digest after one that is still as it was seen; say whether it was."""
    moved = await session.scalar(
        sa.update(DigestRow)
        .where(DigestRow.member_id == one.member_id, DigestRow.next_at == one.next_at)
        .values(told_until=told_until, next_at=next_at)
        .returning(DigestRow.member_id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def hours(session: AsyncSession, members: Collection[int]) -> dict[int, QuietHours]:
    """Return the zones and quiet hours of those who have chosen any."""
    rows = await session.execute(
        sa.select(
            QuietHoursRow.member_id,
            QuietHoursRow.zone,
            QuietHoursRow.from_minute,
            QuietHoursRow.until_minute,
        ).where(QuietHoursRow.member_id.in_(members))
    )
    return {row.member_id: QuietHours(row.zone, row.from_minute, row.until_minute) for row in rows}


async def fresh(
    session: AsyncSession, member_id: int, *, since: datetime, until: datetime
) -> Sequence[Fresh]:
    """Return what came out about the topics that somebody follows and they have not opened."""
    opened = sa.exists().where(
        OpeningRow.member_id == member_id, OpeningRow.resource_id == ResourceRow.resource_id
    )
    rows = await session.execute(
        sa.select(
            ResourceRow.resource_id,
            ResourceRow.title,
            ResourceRow.least_tier,
            LibraryTopicRow.topic_id,
            LibraryTopicRow.code,
        )
        .join(ResourceTopicRow, ResourceTopicRow.resource_id == ResourceRow.resource_id)
        .join(LibraryTopicRow, LibraryTopicRow.topic_id == ResourceTopicRow.topic_id)
        .join(FollowRow, FollowRow.topic_id == LibraryTopicRow.topic_id)
        .where(
            FollowRow.member_id == member_id,
            ResourceRow.state == ResourceState.PUBLISHED,
            ResourceRow.published_at > since,
            ResourceRow.published_at <= until,
            ~opened,
        )
        .order_by(ResourceRow.published_at.desc(), ResourceRow.resource_id.desc())
        .order_by(LibraryTopicRow.kind, LibraryTopicRow.code)
    )
    return [
        Fresh(
            DigestLine(row.resource_id, row.title),
            DigestTopic(row.topic_id, row.code),
            row.least_tier,
        )
        for row in rows
    ]
