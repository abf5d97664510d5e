"""SQL of the dates that admins have set."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.business_time.rows import CalendarExceptionRow


async def exceptions(session: AsyncSession) -> list[CalendarExceptionRow]:
    """Return every date that was set, in order; communities set a few dozen in their life."""
    return list(
        await session.scalars(sa.select(CalendarExceptionRow).order_by(CalendarExceptionRow.day))
    )


async def exception(session: AsyncSession, day: date) -> CalendarExceptionRow | None:
    return await session.get(CalendarExceptionRow, day)


async def save(
    session: AsyncSession, day: date, *, hours: list[str], note: str, by: int, now: datetime
) -> None:
    """Set a date, or set it again."""
    await session.merge(
        CalendarExceptionRow(day=day, hours=hours, note=note, set_by=by, set_at=now)
    )
    await session.flush()


async def remove(session: AsyncSession, day: date) -> bool:
    removed = await session.scalar(
        sa.delete(CalendarExceptionRow)
        .where(CalendarExceptionRow.day == day)
        .returning(CalendarExceptionRow.day)
    )
    return removed is not None
