"""SQL of who can be reached."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.queries import insert_into
from community_bot.delivery.rows import Reach, ReachRow


async def set_reach(
    session: AsyncSession,
    chat_id: int,
    reach: Reach,
    *,
    now: datetime,
    reason: str | None = None,
    moved_to: int | None = None,
) -> None:
    values = {"reach": reach, "reason": reason, "since": now, "moved_to": moved_to}
    insert = insert_into(session, ReachRow).values(chat_id=chat_id, **values)
    await session.execute(insert.on_conflict_do_update(index_elements=["chat_id"], set_=values))


async def reach_of(session: AsyncSession, chat_id: int) -> Reach:
    found = await session.scalar(sa.select(ReachRow.reach).where(ReachRow.chat_id == chat_id))
    return found or Reach.OPEN
