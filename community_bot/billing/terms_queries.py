"""SQL of who agreed to the terms."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.rows import OrderRow
from community_bot.billing.terms_rows import TermsAcceptanceRow
from community_bot.storage.inserting import insert_into


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That somebody agreed to a version of the terms, with the order that it came with."""

    version: str
    order_code: str
    accepted_at: datetime


async def accept(
    session: AsyncSession, member_id: int, version: str, *, order_id: int, now: datetime
) -> None:
    """Note an acceptance; of each version the first one stays."""
    insert = insert_into(session, TermsAcceptanceRow)
    await session.execute(
        insert.values(
            member_id=member_id, version=version, order_id=order_id, accepted_at=now
        ).on_conflict_do_nothing()
    )


async def newest(session: AsyncSession, member_id: int) -> Acceptance | None:
    """Return what somebody agreed to last."""
    rows = await session.execute(
        sa.select(TermsAcceptanceRow.version, OrderRow.code, TermsAcceptanceRow.accepted_at)
        .join(OrderRow, OrderRow.order_id == TermsAcceptanceRow.order_id)
        .where(TermsAcceptanceRow.member_id == member_id)
        .order_by(TermsAcceptanceRow.accepted_at.desc())
        .limit(1)
    )
    return next((Acceptance(*row) for row in rows), None)
