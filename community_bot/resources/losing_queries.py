"""SQL of those who may have a copy no more although it was promised to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.audience_queries import is_entitled
from community_bot.resources.post_rows import CopyRow
from community_bot.resources.rules import CopyState


async def promised_to(
    session: AsyncSession, run_id: int, least_tier: str, now: datetime
) -> list[int]:
    """Return the people below the tier whose copies are on their way."""
    found = await session.scalars(
        sa.select(CopyRow.chat_id)
        .where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.QUEUED,
            CopyRow.member_id.is_not(None),
            ~is_entitled(CopyRow.chat_id, least_tier, now),
        )
        .distinct()
    )
    return list(found)
