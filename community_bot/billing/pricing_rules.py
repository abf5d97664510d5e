"""What an order comes to: the price, what is credited for time already paid, and a coupon."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from community_bot.billing.refund_rules import days_of
from community_bot.errors import Invalid
from community_bot.money import Money


class LineKind(StrEnum):
    """What a line of an order is for."""

    PRICE = "price"
    CREDIT = "credit"
    COUPON = "coupon"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what an order comes to; credits and coupons are negative.

    A credit names the tier and the right it is for, the days left and the days paid for; a coupon
    its code.
    """

    kind: LineKind
    amount: Money
    name: str | None = None
    days_left: int | None = None
    days_paid: int | None = None
    entitlement_id: int | None = None


@dataclass(frozen=True, slots=True)
class PaidTerm:
    """A term that is being given up: `value` is all that was paid for it, credits included."""

    entitlement_id: int
    tier_code: str
    value: Money
    starts_at: datetime
    ends_at: datetime


def credits_for(
    terms: Collection[PaidTerm], price: Money, *, now: datetime, zone: ZoneInfo
) -> tuple[Line, ...]:
    """Return a line for the unused share of each term; free time has no value.

    Raises Invalid where the credits are worth more than the price: nothing paid is ever lost.
    """
    lines = []
    for term in terms:
        whole, used = days_of(term.starts_at, term.ends_at, now, zone)
        worth = term.value.minor * (whole - used) // whole
        if worth and term.value.currency == price.currency:
            lines.append(
                Line(
                    LineKind.CREDIT,
                    Money(-worth, price.currency),
                    name=term.tier_code,
                    days_left=whole - used,
                    days_paid=whole,
                    entitlement_id=term.entitlement_id,
                )
            )
    if price.minor + sum(line.amount.minor for line in lines) < 0:
        raise Invalid("plan", "worth_less_than_credit", price=price)
    return tuple(lines)


def value_of(due: Money, lines: Collection[Line]) -> Money:
    """Return what was paid for a term in all: the money, and the credit that it began with."""
    credited = sum(line.amount.minor for line in lines if line.kind is LineKind.CREDIT)
    return Money(due.minor - credited, due.currency)


class CouponFor(StrEnum):
    """Who may use a coupon."""

    ANYONE = "anyone"
    NEW = "new"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Coupon:
    """A code that makes an order cheaper, by a percentage or by an amount."""

    coupon_id: int
    code: str
    percent: int | None
    amount: Money | None
    plan_codes: tuple[str, ...]
    audience: CouponFor
    uses: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    is_disabled: bool


def coupon_line(coupon: Coupon, rest: Money) -> Line:
    """Return what a coupon takes off what is left; never more than that."""
    if coupon.percent is not None:
        off = rest.minor * coupon.percent // 100
    elif coupon.amount is not None and coupon.amount.currency == rest.currency:
        off = min(coupon.amount.minor, rest.minor)
    else:
        raise Invalid("coupon", "other_currency")
    return Line(LineKind.COUPON, Money(-off, rest.currency), name=coupon.code)


def check_coupon(
    coupon: Coupon, *, plan_code: str, is_new: bool, is_member: bool, now: datetime
) -> None:
    """Refuse a coupon that is not for this plan, this person or this day."""
    if coupon.is_disabled or (coupon.ends_at is not None and coupon.ends_at < now):
        raise Invalid("coupon", "over")
    if coupon.starts_at is not None and now < coupon.starts_at:
        raise Invalid("coupon", "not_yet", starts_at=coupon.starts_at)
    if coupon.plan_codes and plan_code not in coupon.plan_codes:
        raise Invalid("coupon", "other_plan")
    if coupon.audience is CouponFor.NEW and not is_new:
        raise Invalid("coupon", "new_only")
    if coupon.audience is CouponFor.LAPSED and (is_new or is_member):
        raise Invalid("coupon", "lapsed_only")


def total(lines: Collection[Line], currency: str) -> Money:
    """Add up the lines."""
    return Money(sum(line.amount.minor for line in lines), currency)
