"""Purchases: the right that an order gave, whose it is now, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import coupon_queries as codes
from community_bot.billing import purchase_queries as purchases
from community_bot.billing import queries
from community_bot.billing.facts import Order
from community_bot.billing.fulfilment import source_of
from community_bot.billing.refund_rules import full_until
from community_bot.billing.rules import GRANTED, OrderState, Purpose
from community_bot.errors import Invalid
from community_bot.membership import queries as membership
from community_bot.membership.facts import Entitlement
from community_bot.membership.rules import Source, end_of


@dataclass(frozen=True, slots=True)
class Term:
    """What was bought: from when until when, and when it ended before that. None: for ever."""

    starts_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None = None


async def rights_of(session: AsyncSession, order: Order) -> list[Entitlement]:
    """Return the right of an order, and as what it went on when it was moved; newest last."""
    source, key = source_of(order), str(order.order_id)
    found: list[Entitlement] = []
    while right := await membership.entitlement_from(session, source.value, key):
        found.append(right)
        source, key = Source.TRANSFER, str(right.entitlement_id)
    return found


async def holder_of(session: AsyncSession, order: Order) -> int:
    """Return who has what an order gave: its member, or the account to which it was moved."""
    rights = await rights_of(session, order)
    return rights[-1].member_id if rights else order.member_id


async def held_by(session: AsyncSession, member_id: int) -> list[Order]:
    """Return the orders behind what somebody has, newest first; not what was moved away."""
    bought = await queries.orders_of(session, member_id)
    moved = await _moved_to(session, member_id)
    orders = [*(await queries.orders_by_id(session, moved)).values(), *bought]
    held = [one for one in orders if await holder_of(session, one) == member_id]
    return sorted(held, key=lambda one: one.placed_at, reverse=True)


async def term_of(session: AsyncSession, order: Order, *, now: datetime, zone: ZoneInfo) -> Term:
    """Return the term that was bought; a gift begins when it is redeemed, and not before."""
    if order.purpose is Purpose.GIFT:
        code = await codes.code_of_order(session, order.order_id)
        if code is None or code.redeemed_at is not None:
            raise Invalid("order", "gift_redeemed")
        return Term(now, end_of(order.plan.period, now, zone))
    rights = await rights_of(session, order)
    if not rights:
        raise Invalid("order", "not_granted")
    await check_not_credited(session, order, zone)
    return Term(rights[0].starts_at, rights[-1].ends_at, rights[-1].revoked_at)


async def check_not_credited(session: AsyncSession, order: Order, zone: ZoneInfo) -> None:
    """Refuse what a later order was made cheaper by, unless that order was wholly undone."""
    rights = {right.entitlement_id for right in await rights_of(session, order)}
    for later in await queries.orders_of(session, order.member_id):
        credited = {line.entitlement_id for line in later.lines}
        if later.state not in GRANTED or rights.isdisjoint(credited):
            continue
        if not await is_undone(session, later, zone):
            raise Invalid("order", "credited", order_code=later.code)


async def is_undone(session: AsyncSession, order: Order, zone: ZoneInfo) -> bool:
    """Say whether an order went back whole, within the days in which nothing counts as used."""
    rights = await rights_of(session, order)
    if order.state is not OrderState.REFUNDED or order.paid_at is None or not rights:
        return False
    ended_at = rights[-1].revoked_at
    return ended_at is not None and ended_at <= full_until(order.refund, order.paid_at, zone)


async def _moved_to(session: AsyncSession, member_id: int) -> set[int]:
    """Return the orders whose rights somebody was given from another account."""
    found: set[int] = set()
    for right in await membership.entitlements(session, member_id):
        if right.source is Source.TRANSFER:
            source, key = await purchases.origin(session, right.entitlement_id)
            found.update({int(key)} if source is Source.ORDER else ())
    return found
