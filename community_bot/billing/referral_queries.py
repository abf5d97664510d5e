"""SQL of recommendations."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.referral_rows import ReferralCodeRow, ReferralRow
from community_bot.billing.rows import OrderRow
from community_bot.storage.inserting import insert_into


@dataclass(frozen=True, slots=True)
class Referral:
    """Who came by whom."""

    referral_id: int
    friend_id: int
    referrer_id: int


async def code_of(session: AsyncSession, member_id: int) -> str | None:
    return await session.scalar(
        sa.select(ReferralCodeRow.code).where(ReferralCodeRow.member_id == member_id)
    )


async def add_code(session: AsyncSession, member_id: int, code: str, *, now: datetime) -> None:
    await session.execute(
        sa.insert(ReferralCodeRow).values(member_id=member_id, code=code, made_at=now)
    )


async def owner_of(session: AsyncSession, code: str) -> int | None:
    return await session.scalar(
        sa.select(ReferralCodeRow.member_id).where(ReferralCodeRow.code == code)
    )


async def add(session: AsyncSession, *, friend_id: int, referrer_id: int, now: datetime) -> bool:
    """Note who came by whom, once; say whether it is new."""
    insert = insert_into(session, ReferralRow)
    made = await session.scalar(
        insert.values(friend_id=friend_id, referrer_id=referrer_id, came_at=now)
        .on_conflict_do_nothing(index_elements=["friend_id"])
        .returning(ReferralRow.referral_id)
    )
    return made is not None


async def has_ordered(session: AsyncSession, member_id: int) -> bool:
    """Say whether somebody has ordered anything yet."""
    found = await session.scalar(sa.select(sa.exists().where(OrderRow.member_id == member_id)))
    return bool(found)


async def first_paid(session: AsyncSession, member_id: int) -> int | None:
    """Return the first order for which somebody paid money."""
    return await session.scalar(
        sa.select(OrderRow.order_id)
        .where(
            OrderRow.member_id == member_id,
            OrderRow.paid_at.is_not(None),
            OrderRow.received_minor > 0,
        )
        .order_by(OrderRow.paid_at, OrderRow.order_id)
        .limit(1)
    )


async def open_ones(session: AsyncSession) -> list[Referral]:
    """Return those that are neither rewarded nor void, oldest first."""
    rows = await session.scalars(
        sa.select(ReferralRow)
        .where(ReferralRow.rewarded_at.is_(None), ReferralRow.voided_at.is_(None))
        .order_by(ReferralRow.referral_id)
    )
    return [Referral(row.referral_id, row.friend_id, row.referrer_id) for row in rows]


async def close(
    session: AsyncSession, referral_id: int, *, now: datetime, is_rewarded: bool
) -> bool:
    """Settle one, once; say whether it was open."""
    column = ReferralRow.rewarded_at if is_rewarded else ReferralRow.voided_at
    closed = await session.scalar(
        sa.update(ReferralRow)
        .where(
            ReferralRow.referral_id == referral_id,
            ReferralRow.rewarded_at.is_(None),
            ReferralRow.voided_at.is_(None),
        )
        .values({column: now})
        .returning(ReferralRow.referral_id)
        .execution_options(synchronize_session=False)
    )
    return closed is not None


async def counts(session: AsyncSession, referrer_id: int) -> tuple[int, int]:
    """Return how many came by somebody, and for how many of them they were rewarded."""
    row = (
        await session.execute(
            sa.select(
                sa.func.count(ReferralRow.referral_id), sa.func.count(ReferralRow.rewarded_at)
            ).where(ReferralRow.referrer_id == referrer_id)
        )
    ).one()
    return int(row[0]), int(row[1])
