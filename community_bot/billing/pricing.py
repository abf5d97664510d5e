"""Pricing: the lines of an order, from what a member has and the coupon they hold."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.billing import coupon_queries as coupons
from community_bot.billing import queries
from community_bot.billing import subscription_queries as subscriptions
from community_bot.billing.coupons import normal_code
from community_bot.billing.pricing_rules import (
    Coupon,
    Line,
    LineKind,
    PaidTerm,
    check_coupon,
    coupon_line,
    credits_for,
    total,
    value_of,
)
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotFound
from community_bot.membership.facts import Entitlement, Plan, Standing, Tier
from community_bot.membership.rules import Phase, Source
from community_bot.money import STARS, Money
from community_bot.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Priced:
    """What an order will come to, and the coupon that it will hold."""

    lines: tuple[Line, ...]
    due: Money
    coupon: Coupon | None


async def price(
    unit: Unit,
    *,
    plan: Plan,
    tier: Tier,
    amount: Money,
    standing: Standing,
    coupon_code: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> Priced:
    """Work out the lines: the price, credits for time already paid, then the coupon."""
    lines = [Line(LineKind.PRICE, amount)]
    # Telegram charges the same each time: what is taken off once would be taken off for ever.
    is_repeated = plan.stars_renew and amount.currency == STARS
    if is_repeated:
        await _check_not_renewing(unit, tier, standing)
    terms = [] if is_repeated else await _paid_terms(unit, tier, standing, now)
    lines += credits_for(terms, amount, now=now, zone=zone)
    coupon = None
    if coupon_code is not None:
        if is_repeated:
            raise Invalid("coupon", "other_plan")
        coupon = await _hold_coupon(unit, coupon_code, plan, standing, now)
        lines.append(coupon_line(coupon, total(lines, amount.currency)))
    return Priced(tuple(lines), total(lines, amount.currency), coupon)


async def _check_not_renewing(unit: Unit, tier: Tier, standing: Standing) -> None:
    """Refuse a second subscription beside one that Telegram charges for already."""
    member_id = standing.member_id
    if (member_id, tier.code) in await subscriptions.renewing(unit.session, {member_id}):
        raise AlreadyDone("subscription")


async def _paid_terms(unit: Unit, tier: Tier, standing: Standing, now: datetime) -> list[PaidTerm]:
    """Return the terms that the new tier credits: bought, not over, and not given back."""
    terms = []
    for right in standing.entitlements:
        if not _is_credited(right, tier, now) or right.ends_at is None:
            continue
        order = await queries.order(unit.session, int(right.source_key))
        if order is not None and not order.refunded:
            terms.append(
                PaidTerm(
                    entitlement_id=right.entitlement_id,
                    tier_code=right.tier_code,
                    value=value_of(order.due, order.lines),
                    starts_at=right.starts_at,
                    ends_at=right.ends_at,
                )
            )
    return terms


def _is_credited(right: Entitlement, tier: Tier, now: datetime) -> bool:
    return (
        right.tier_code in tier.credits
        and right.source is Source.ORDER
        and right.revoked_at is None
        and right.ends_at is not None
        and now < right.ends_at
    )


async def _hold_coupon(
    unit: Unit, code: str, plan: Plan, standing: Standing, now: datetime
) -> Coupon:
    """Return the coupon if this person may use it now; nobody else counts its uses meanwhile."""
    coupon = await coupons.hold_coupon(unit.session, normal_code(code))
    if coupon is None:
        raise NotFound("coupon", code)
    check_coupon(
        coupon,
        plan_code=plan.code,
        is_new=standing.phase is Phase.GUEST,
        is_member=standing.is_member,
        now=now,
    )
    used_by = await coupons.uses_of(unit.session, coupon.coupon_id)
    if standing.member_id in used_by:
        raise Invalid("coupon", "used")
    if coupon.uses is not None and len(used_by) >= coupon.uses:
        raise LimitReached("coupon", coupon.uses)
    return coupon
