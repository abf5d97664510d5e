"""The tables of coupons, their use, and codes that give a membership."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.billing.coupon_rules import RedemptionState
from community_bot.billing.pricing_rules import CouponFor
from community_bot.membership.rules import Source
from community_bot.storage.columns import Key, TelegramId
from community_bot.storage.rows import Row


class CouponRow(Row):
    """A code that makes orders cheaper."""

    __tablename__ = "coupons"

    coupon_id: Mapped[Key]
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    percent: Mapped[int | None]
    amount_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    currency: Mapped[str | None] = mapped_column(sa.String(3))
    plan_codes: Mapped[list[str]]
    audience: Mapped[CouponFor]
    uses: Mapped[int | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    made_by: Mapped[TelegramId]
    made_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class RedemptionRow(Row):
    """The use of a coupon by one order."""

    __tablename__ = "redemptions"

    redemption_id: Mapped[Key]
    coupon_id: Mapped[int] = mapped_column(sa.ForeignKey("coupons.coupon_id"), index=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.order_id"), unique=True)
    member_id: Mapped[TelegramId]
    state: Mapped[RedemptionState]
    reserved_at: Mapped[datetime]


class AccessCodeRow(Row):
    """A code that gives a plan's period to whoever redeems it first: a gift, or paid elsewhere."""

    __tablename__ = "access_codes"

    access_code_id: Mapped[Key]
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    plan_version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_versions.plan_version_id"))
    source: Mapped[Source]
    order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("orders.order_id"), unique=True)
    made_by: Mapped[TelegramId]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(sa.Text)
    redeemed_by: Mapped[TelegramId | None] = mapped_column(index=True)
    redeemed_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
