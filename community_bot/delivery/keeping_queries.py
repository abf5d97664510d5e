"""SQL of what belongs together, and of what is not kept for ever."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DELIVERY, OVER, DeliveryEvent, DeliveryState

WAITING = (DeliveryState.PENDING, DeliveryState.UNREACHABLE)


async def call_off(
    session: AsyncSession, about: str, *, chat_ids: Collection[int] | None = None
) -> int:
    """Let be what still waits, for these chats or for all."""
    theirs = sa.true() if chat_ids is None else DeliveryRow.chat_id.in_(chat_ids)
    called_off = await session.scalars(
        sa.update(DeliveryRow)
        .where(DeliveryRow.about == about, DeliveryRow.state.in_(WAITING), theirs)
        .values(state=DELIVERY.after(DeliveryState.PENDING, DeliveryEvent.DISMISS))
        .returning(DeliveryRow.delivery_id)
        .execution_options(synchronize_session=False)
    )
    return len(called_off.all())


async def tally(session: AsyncSession, about: str) -> dict[DeliveryState, int]:
    rows = await session.execute(
        sa.select(DeliveryRow.state, sa.func.count())
        .where(DeliveryRow.about == about)
        .group_by(DeliveryRow.state)
    )
    return {state: count for state, count in rows}  # noqa: C416  a Row is not a pair to dict()


async def purge(
    session: AsyncSession, *, before: datetime, keys_before: datetime, most: int
) -> int:
    """Delete the oldest of what is over; what has a key is remembered longer, by its key."""
    old = (
        sa.select(DeliveryRow.delivery_id)
        .where(
            DeliveryRow.state.in_(OVER),
            DeliveryRow.created_at < before,
            sa.or_(DeliveryRow.once_key.is_(None), DeliveryRow.created_at < keys_before),
        )
        .order_by(DeliveryRow.delivery_id)
        .limit(most)
    )
    purged = await session.scalars(
        sa.delete(DeliveryRow)
        .where(DeliveryRow.delivery_id.in_(old))
        .returning(DeliveryRow.delivery_id)
        .execution_options(synchronize_session=False)
    )
    return len(purged.all())
