"""SQL of coupons and of codes that give a membership."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.coupon_rows import AccessCodeRow, CouponRow, RedemptionRow
from community_bot.billing.coupon_rules import REDEMPTION, RedemptionEvent, RedemptionState
from community_bot.billing.pricing_rules import Coupon
from community_bot.membership.rules import Source
from community_bot.money import Money

_QUIET = {"synchronize_session": False}
COUNTED = (RedemptionState.RESERVED, RedemptionState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class AccessCode:
    """A code that gives a plan's period once."""

    access_code_id: int
    code: str
    plan_version_id: int
    source: Source
    order_id: int | None
    made_by: int
    expires_at: datetime | None
    redeemed_by: int | None
    redeemed_at: datetime | None
    voided_at: datetime | None


async def add_coupon(session: AsyncSession, **values: Any) -> None:  # noqa: ANN401  a row's columns
    """Insert a coupon; a code that is taken violates the unique key."""
    await session.execute(sa.insert(CouponRow).values(**values))


async def hold_coupon(session: AsyncSession, code: str) -> Coupon | None:
    """Return a coupon whose uses nobody else counts until our unit of work is over."""
    row = await session.scalar(
        sa.select(CouponRow)
        .where(CouponRow.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return None if row is None else _coupon_of(row)


async def coupons(session: AsyncSession) -> list[tuple[Coupon, int]]:
    """Return every coupon with how often it is used or held, newest first."""
    used = (
        sa.select(sa.func.count())
        .where(RedemptionRow.coupon_id == CouponRow.coupon_id, RedemptionRow.state.in_(COUNTED))
        .scalar_subquery()
    )
    rows = await session.execute(sa.select(CouponRow, used).order_by(CouponRow.coupon_id.desc()))
    return [(_coupon_of(row), count) for row, count in rows]


async def disable(session: AsyncSession, code: str, *, now: datetime) -> bool:
    """Let nobody use a coupon any more; orders that hold it keep their price."""
    disabled = await session.scalar(
        sa.update(CouponRow)
        .where(CouponRow.code == code, CouponRow.disabled_at.is_(None))
        .values(disabled_at=now)
        .returning(CouponRow.coupon_id)
        .execution_options(**_QUIET)
    )
    return disabled is not None


async def uses_of(session: AsyncSession, coupon_id: int) -> list[int]:
    """Return who holds or has used a coupon."""
    found = await session.scalars(
        sa.select(RedemptionRow.member_id).where(
            RedemptionRow.coupon_id == coupon_id, RedemptionRow.state.in_(COUNTED)
        )
    )
    return list(found)


async def reserve(
    session: AsyncSession, *, coupon_id: int, order_id: int, member_id: int, now: datetime
) -> None:
    await session.execute(
        sa.insert(RedemptionRow).values(
            coupon_id=coupon_id,
            order_id=order_id,
            member_id=member_id,
            state=REDEMPTION.start,
            reserved_at=now,
        )
    )


async def settle(session: AsyncSession, order_id: int, event: RedemptionEvent) -> None:
    """Use, or set free, the coupon that an order holds; harmless for one without."""
    target = {REDEMPTION.after(state, event) for state in REDEMPTION.before(event)}.pop()
    await session.execute(
        sa.update(RedemptionRow)
        .where(
            RedemptionRow.order_id == order_id, RedemptionRow.state.in_(REDEMPTION.before(event))
        )
        .values(state=target)
        .execution_options(**_QUIET)
    )


async def add_code(session: AsyncSession, **values: Any) -> AccessCode:  # noqa: ANN401  a row's columns
    row = await session.scalars(sa.insert(AccessCodeRow).values(**values).returning(AccessCodeRow))
    return _code_of(row.one())


async def code(session: AsyncSession, text: str) -> AccessCode | None:
    row = await session.scalar(
        sa.select(AccessCodeRow)
        .where(AccessCodeRow.code == text)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _code_of(row)


async def code_of_order(session: AsyncSession, order_id: int) -> AccessCode | None:
    row = await session.scalar(
        sa.select(AccessCodeRow)
        .where(AccessCodeRow.order_id == order_id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _code_of(row)


async def redeem(session: AsyncSession, access_code_id: int, *, by: int, now: datetime) -> bool:
    """Let somebody have what a code gives, once; say whether it was still there."""
    redeemed = await session.scalar(
        sa.update(AccessCodeRow)
        .where(
            AccessCodeRow.access_code_id == access_code_id,
            AccessCodeRow.redeemed_at.is_(None),
            AccessCodeRow.voided_at.is_(None),
        )
        .values(redeemed_by=by, redeemed_at=now)
        .returning(AccessCodeRow.access_code_id)
        .execution_options(**_QUIET)
    )
    return redeemed is not None


async def void(session: AsyncSession, access_code_id: int, *, now: datetime) -> bool:
    """Let nobody redeem a code any more; say whether nobody had."""
    voided = await session.scalar(
        sa.update(AccessCodeRow)
        .where(
            AccessCodeRow.access_code_id == access_code_id,
            AccessCodeRow.redeemed_at.is_(None),
            AccessCodeRow.voided_at.is_(None),
        )
        .values(voided_at=now)
        .returning(AccessCodeRow.access_code_id)
        .execution_options(**_QUIET)
    )
    return voided is not None


def _coupon_of(row: CouponRow) -> Coupon:
    amount = None
    if row.amount_minor is not None and row.currency is not None:
        amount = Money(row.amount_minor, row.currency)
    return Coupon(
        coupon_id=row.coupon_id,
        code=row.code,
        percent=row.percent,
        amount=amount,
        plan_codes=tuple(row.plan_codes),
        audience=row.audience,
        uses=row.uses,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_disabled=row.disabled_at is not None,
    )


def _code_of(row: AccessCodeRow) -> AccessCode:
    return AccessCode(
        access_code_id=row.access_code_id,
        code=row.code,
        plan_version_id=row.plan_version_id,
        source=row.source,
        order_id=row.order_id,
        made_by=row.made_by,
        expires_at=row.expires_at,
        redeemed_by=row.redeemed_by,
        redeemed_at=row.redeemed_at,
        voided_at=row.voided_at,
    )
