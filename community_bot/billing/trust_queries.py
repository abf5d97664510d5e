"""SQL of the figures that anybody may see."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.refund_rows import RefundCaseRow
from community_bot.billing.refund_rules import CaseState
from community_bot.billing.rows import OrderRow
from community_bot.membership.rows import EntitlementRow, TierRow


async def members(session: AsyncSession, *, now: datetime) -> int:
    """Return how many people hold a right to a paid tier now."""
    found = await session.scalar(
        sa.select(sa.func.count(sa.distinct(EntitlementRow.member_id)))
        .join(TierRow, TierRow.code == EntitlementRow.tier_code)
        .where(
            TierRow.rank > 0,
            EntitlementRow.starts_at <= now,
            sa.or_(EntitlementRow.ends_at.is_(None), EntitlementRow.ends_at >= now),
            sa.or_(EntitlementRow.revoked_at.is_(None), EntitlementRow.revoked_at > now),
        )
    )
    return int(found or 0)


async def orders(session: AsyncSession, *, since: datetime) -> tuple[int, int]:
    """Return how many orders were paid since then, and of how many something went back."""
    row = (
        await session.execute(
            sa.select(
                sa.func.count(OrderRow.order_id),
                sa.func.count(OrderRow.order_id).filter(OrderRow.refunded_minor > 0),
            ).where(OrderRow.paid_at >= since, OrderRow.due_minor > 0)
        )
    ).one()
    return int(row[0]), int(row[1])


async def cases(session: AsyncSession, *, since: datetime) -> list[tuple[CaseState, float | None]]:
    """Return the refund requests since then with the hours until they were decided."""
    rows = await session.execute(
        sa.select(RefundCaseRow.state, RefundCaseRow.opened_at, RefundCaseRow.decided_at).where(
            RefundCaseRow.opened_at >= since
        )
    )
    return [
        (
            row.state,
            None
            if row.decided_at is None
            else (row.decided_at - row.opened_at).total_seconds() / 3600,
        )
        for row in rows
    ]
