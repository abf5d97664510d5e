"""Deadlines: orders that nobody paid expire, and proofs that nobody looked at are asked after."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.billing import coupon_queries as coupons
from community_bot.billing import order_cards, queries
from community_bot.billing import proof_queries as proofs
from community_bot.billing.coupon_rules import RedemptionEvent
from community_bot.billing.facts import Order
from community_bot.billing.notices import OrderExpired, ReviewOverdue
from community_bot.billing.rules import OrderEvent
from community_bot.billing.telling import APPROVERS, tell
from community_bot.delivery.service import Outbox
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


@dataclass(frozen=True, slots=True)
class Swept:
    """How many orders expired, and how many proofs have waited longer than was promised."""

    expired: int
    overdue: int


class Deadlines:
    """A chore: safe to run twice, safe to miss, a function of now and the rows."""

    def __init__(self, storage: Storage, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._outbox = outbox
        self._people = people

    async def sweep(self, now: datetime) -> Swept:
        async with self._storage.work() as unit:
            expired = 0
            for order_id in await queries.expiring(unit.session, now=now):
                expired += await self._expire(unit, order_id, now)
            overdue = 0
            shown = await proofs.waiting(unit.session)
            ids = {proof.order_id for proof in shown}
            orders = await queries.orders_by_id(unit.session, ids)
            for proof in shown:
                order = orders.get(proof.order_id)
                if order and order.review_by and order.review_by < now:
                    await self._ask_after(unit, order, proof.proof_id)
                    overdue += 1
            await unit.commit()
        return Swept(expired=expired, overdue=overdue)

    async def _expire(self, unit: Unit, order_id: int, now: datetime) -> bool:
        if not await queries.step(unit.session, order_id, OrderEvent.EXPIRE, closed_at=now):
            return False
        await coupons.settle(unit.session, order_id, RedemptionEvent.RELEASE)
        order = await queries.order(unit.session, order_id)
        if order is None:
            return False
        await journal.record(
            unit,
            at=now,
            actor_id=None,
            action="expire",
            subject="order",
            subject_key=order_id,
        )
        expired = OrderExpired(order_id=order_id, order_code=order.code, tier_name=order.tier.name)
        key = f"order_expired:{order_id}"
        await tell(self._outbox, unit, [order.member_id], expired, key=key)
        await order_cards.renew(self._outbox, unit, order_id)
        return True

    async def _ask_after(self, unit: Unit, order: Order, proof_id: int) -> None:
        """Remind everybody who may look, once for each proof."""
        overdue = ReviewOverdue(
            order_id=order.order_id,
            order_code=order.code,
            due=order.due,
            review_by=order.review_by or order.placed_at,
        )
        approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
        others = set(approvers) - {order.member_id}
        await tell(self._outbox, unit, others, overdue, key=f"review_overdue:{proof_id}")
