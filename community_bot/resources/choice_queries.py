"""SQL of what members have chosen: topics that they follow, and their quiet hours."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.rows import FollowRow, LibraryTopicRow, QuietHoursRow


async def follow(session: AsyncSession, member_id: int, topic_id: int, *, now: datetime) -> None:
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if on_postgres else sqlite.insert)(FollowRow)
    await session.execute(
        insert.values(
            member_id=member_id, topic_id=topic_id, followed_at=now
        ).on_conflict_do_nothing()
    )


async def is_topic(session: AsyncSession, topic_id: int) -> bool:
    return await session.get(LibraryTopicRow, topic_id) is not None


async def unfollow(session: AsyncSession, member_id: int, topic_id: int) -> None:
    await session.execute(
        sa.delete(FollowRow).where(FollowRow.member_id == member_id, FollowRow.topic_id == topic_id)
    )


async def quiet_hours(session: AsyncSession, member_id: int) -> QuietHoursRow | None:
    return await session.get(QuietHoursRow, member_id)


async def save_quiet_hours(session: AsyncSession, row: QuietHoursRow) -> None:
    await session.merge(row)
    await session.flush()


async def forget_quiet_hours(session: AsyncSession, member_id: int) -> None:
    await session.execute(sa.delete(QuietHoursRow).where(QuietHoursRow.member_id == member_id))
