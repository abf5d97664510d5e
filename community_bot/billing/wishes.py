"""Wishes: what somebody wants to buy, what it means for them, and whether it makes sense."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.billing.coupons import normal_code
from community_bot.billing.facts import Order
from community_bot.billing.pricing_rules import LineKind
from community_bot.billing.rules import Purpose
from community_bot.errors import AlreadyDone, Invalid
from community_bot.membership.facts import Plan, Standing, Tier
from community_bot.membership.rules import PeriodKind, begin_of, end_of
from community_bot.money import Money


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to buy, and how."""

    plan_code: str
    coupon_code: str | None
    in_stars: bool
    as_gift: bool

    def is_for(self, order: Order) -> bool:
        """Say whether an open order is this very wish already."""
        held = [line.name for line in order.lines if line.kind is LineKind.COUPON]
        wanted = [] if self.coupon_code is None else [normal_code(self.coupon_code)]
        return held == wanted and (order.due.currency == "XTR") == self.in_stars


@dataclass(frozen=True, slots=True)
class Choice:
    """A wish with what it means for this person."""

    wish: Wish
    plan: Plan
    tier: Tier
    standing: Standing
    purpose: Purpose


def check_wanted(plan: Plan, standing: Standing, *, now: datetime, zone: ZoneInfo) -> None:
    """Refuse what would give nothing: a second trial, a past day, or more of what never ends."""
    if plan.period.kind is PeriodKind.TRIAL and standing.entitlements:
        raise Invalid("plan", "trial_used")
    begins_at = begin_of(standing.entitlements, plan.tier_code, now)
    if begins_at is None:
        raise AlreadyDone("membership")
    ends_at = end_of(plan.period, begins_at, zone)
    if ends_at is not None and ends_at <= begins_at:
        raise Invalid("plan", "over", ends_at=ends_at)


def check_gift(tier: Tier, plan: Plan) -> None:
    """Refuse to give away a seat, an admission or a trial: those are for one known person."""
    if not may_be_given(tier, plan):
        raise Invalid("plan", "no_gift")


def may_be_given(tier: Tier, plan: Plan) -> bool:
    """Say whether a plan can be bought for somebody else."""
    return tier.seats is None and not tier.admission and plan.period.kind is not PeriodKind.TRIAL


def contained_in(tier: Tier, standing: Standing) -> Tier | None:
    """Return the higher tier that somebody has now and that opens all of a lower one already."""
    held = standing.tier
    if held is None or not standing.is_member or held.rank <= tier.rank:
        return None
    return held if tier.opens and tier.opens <= held.opens else None


def purpose_of(plan: Plan, tier: Tier, standing: Standing, *, as_gift: bool) -> Purpose:
    """Say why somebody orders: for somebody else, to go on, to rise, or for the first time."""
    if as_gift:
        return Purpose.GIFT
    rights = [right for right in standing.entitlements if right.revoked_at is None]
    if any(right.tier_code == plan.tier_code for right in rights):
        return Purpose.RENEWAL
    rises = any(right.tier_code in tier.credits for right in rights)
    return Purpose.UPGRADE if rises else Purpose.NEW


def amount_of(plan: Plan, *, in_stars: bool) -> Money:
    """Return the price in the currency that the person pays in."""
    if not in_stars:
        return plan.price
    if plan.stars is None:
        raise Invalid("plan", "no_stars")
    return Money(plan.stars, "XTR")
