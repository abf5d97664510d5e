"""The till: money goes in here, whatever the rail, and comes out as a membership or a question.

One unit of work holds payment, ledger, order, entitlement, journal and notices. A gateway's
number that is known already changes nothing; an amount that no rule may decide about is kept
and shown to a person.
"""

from dataclasses import dataclass

from community_bot.billing import coupon_queries as coupons
from community_bot.billing import payment_queries as payments
from community_bot.billing import queries, rules
from community_bot.billing.coupon_rules import RedemptionEvent
from community_bot.billing.facts import Order, Payment, Taken
from community_bot.billing.fulfilment import Fulfilment
from community_bot.billing.notices import (
    MoneyWaiting,
    PaymentShort,
)
from community_bot.billing.rules import OrderEvent, PaymentEvent, Verdict
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone
from community_bot.ids import Ids
from community_bot.membership.facts import Entitlement
from community_bot.membership.memberships import Memberships
from community_bot.money import Money
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Income:
    """Money that a rail says has come. `external_id` is the rail's own number for it."""

    gateway: str
    external_id: str
    amount: Money
    order_id: int | None
    payer_id: int | None


class Till:
    """Takes money inside the unit of work of the rail that brings it."""

    def __init__(
        self,
        clock: Clock,
        *,
        ids: Ids,
        outbox: Outbox,
        people: People,
        memberships: Memberships,
    ) -> None:
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self.fulfilment = Fulfilment(
            clock, ids=ids, outbox=outbox, people=people, memberships=memberships
        )

    async def take(self, unit: Unit, income: Income, *, actor_id: int | None) -> Taken:
        """Take money once: the second time the same number comes, nothing changes."""
        known = await payments.payment_from(unit.session, income.gateway, income.external_id)
        if known is not None:
            return await self._again(unit, known)
        order = None
        if income.order_id is not None:
            order = await queries.hold(unit.session, income.order_id)
        if order is not None and order.due.currency != income.amount.currency:
            order = None
        payment = await payments.add_payment(
            unit.session,
            gateway=income.gateway,
            external_id=income.external_id,
            order_id=order.order_id if order else None,
            payer_id=income.payer_id,
            amount=income.amount,
            now=self._clock.now(),
        )
        if payment is None:
            raise AlreadyDone("payment")
        await self._post_receipt(unit, payment, actor_id)
        if order is None:
            return await self._queue(unit, payment, None, None)
        return await self._settle(unit, payment, order, actor_id)

    async def settle(self, unit: Unit, payment: Payment, order: Order, actor_id: int) -> Taken:
        """Let money that waits for a person pay an order that the person chose."""
        return await self._settle(unit, payment, order, actor_id)

    async def _settle(
        self, unit: Unit, payment: Payment, order: Order, actor_id: int | None
    ) -> Taken:
        decided = rules.verdict(
            order.state, due=order.due, received=order.received, amount=payment.amount
        )
        if decided is Verdict.EXTRA:
            return await self._queue(unit, payment, order, decided)
        await queries.add_received(unit.session, order.order_id, payment.amount)
        if decided is Verdict.SHORT:
            await self._ask_for_rest(unit, order, payment)
            return await self._queue(unit, payment, order, decided)
        return await self._pay(unit, payment, order, decided, actor_id)

    async def _pay(
        self, unit: Unit, payment: Payment, order: Order, decided: Verdict, actor_id: int | None
    ) -> Taken:
        now = self._clock.now()
        event = OrderEvent.PAY if decided is Verdict.PAYS else OrderEvent.PAY_LATE
        if not await queries.step(unit.session, order.order_id, event, paid_at=now):
            raise AlreadyDone("order")
        await payments.match_all(unit.session, order.order_id)
        received = order.received + payment.amount
        await payments.post(
            unit.session,
            f"paid:{order.order_id}",
            rules.postings_of_payment(order.due, received),
            order_id=order.order_id,
            payment_id=payment.payment_id,
            now=now,
        )
        await coupons.settle(unit.session, order.order_id, RedemptionEvent.CONFIRM)
        entitlement = await self.fulfilment.fulfil(unit, order, actor_id=actor_id)
        return await self._taken(unit, payment, order, decided, entitlement)

    async def _post_receipt(self, unit: Unit, payment: Payment, actor_id: int | None) -> None:
        now = self._clock.now()
        await payments.post(
            unit.session,
            f"received:{payment.payment_id}",
            rules.postings_of_receipt(payment.amount),
            order_id=payment.order_id,
            payment_id=payment.payment_id,
            now=now,
        )
        await journal.record(
            unit,
            at=now,
            actor_id=actor_id,
            action="receive",
            subject="payment",
            subject_key=payment.payment_id,
            after={
                "minor": payment.amount.minor,
                "currency": payment.amount.currency,
                "gateway": payment.gateway,
                "order": payment.order_id,
            },
        )

    async def _queue(
        self, unit: Unit, payment: Payment, order: Order | None, decided: Verdict | None
    ) -> Taken:
        """Keep money that no rule may decide about, where a person sees it."""
        await payments.move_payment(unit.session, payment.payment_id, PaymentEvent.QUEUE)
        waiting = MoneyWaiting(
            payment_id=payment.payment_id,
            order_code=order.code if order else None,
            amount=payment.amount,
        )
        approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
        key = f"money_waiting:{payment.payment_id}"
        await tell(self._outbox, unit, approvers, waiting, key=key)
        return await self._taken(unit, payment, order, decided, None)

    async def _again(self, unit: Unit, payment: Payment) -> Taken:
        order = None
        if payment.order_id is not None:
            order = await queries.order(unit.session, payment.order_id)
        return Taken(
            payment=payment,
            is_new=False,
            order=order,
            verdict=None,
            entitlement=None,
            surplus=Money(0, payment.amount.currency),
        )

    async def _taken(
        self,
        unit: Unit,
        payment: Payment,
        order: Order | None,
        decided: Verdict | None,
        entitlement: Entitlement | None,
    ) -> Taken:
        after = await queries.order(unit.session, order.order_id) if order else None
        pays = after is not None and decided in (Verdict.PAYS, Verdict.PAYS_LATE)
        return Taken(
            payment=await payments.payment(unit.session, payment.payment_id) or payment,
            is_new=True,
            order=after,
            verdict=decided,
            entitlement=entitlement,
            surplus=after.received - after.due
            if after and pays
            else Money(0, payment.amount.currency),
        )

    async def _ask_for_rest(self, unit: Unit, order: Order, payment: Payment) -> None:
        received = order.received + payment.amount
        short = PaymentShort(
            order_id=order.order_id,
            order_code=order.code,
            received=received,
            missing=order.due - received,
        )
        key = f"short:{payment.payment_id}"
        await tell(self._outbox, unit, [order.member_id], short, key=key)
