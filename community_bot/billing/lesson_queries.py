"""SQL of lessons that a person has counted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.lesson_rows import LessonCountRow


async def counted(session: AsyncSession, order_id: int) -> int | None:
    """Return how many lessons a person says were used; None where nobody does."""
    return await session.scalar(
        sa.select(LessonCountRow.used).where(LessonCountRow.order_id == order_id)
    )


async def count(
    session: AsyncSession, order_id: int, *, used: int, reason: str, by: int, now: datetime
) -> None:
    """Keep a count in the place of the one before."""
    await session.merge(
        LessonCountRow(order_id=order_id, used=used, reason=reason, counted_by=by, counted_at=now)
    )
    await session.flush()
