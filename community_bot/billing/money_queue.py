"""The money queue: money that no rule may decide about, until a person does."""

from dataclasses import dataclass

from community_bot.billing import payment_queries as payments
from community_bot.billing import queries, rules
from community_bot.billing import refund_queries as refunds
from community_bot.billing import statement_queries as statements
from community_bot.billing.approvals import GATEWAY
from community_bot.billing.facts import Order, Payment, Taken
from community_bot.billing.rules import ORDER, OrderEvent, OrderState, PaymentState
from community_bot.billing.telling import APPROVERS
from community_bot.billing.till import Income, Till
from community_bot.clock import Clock
from community_bot.config.payments import Payments
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.membership.facts import Entitlement
from community_bot.money import Money, parse_amount
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


@dataclass(frozen=True, slots=True)
class Queued:
    """One thing to decide: a payment without a use, or an order that has too much money.

    Such an order is paid and cannot be granted, or is granted and more came than it costs.
    """

    payment: Payment | None
    order: Order | None

    @property
    def payer_id(self) -> int | None:
        """Return who paid, as far as anybody knows."""
        if self.payment is not None and self.payment.payer_id is not None:
            return self.payment.payer_id
        return self.order.member_id if self.order else None


class MoneyQueue:
    """Shows what waits, and does what a person decides about it."""

    def __init__(self, storage: Storage, clock: Clock, *, till: Till, payments: Payments) -> None:
        self._storage = storage
        self._clock = clock
        self._till = till
        self._rules = payments.manual

    async def waiting(self, actor: Actor) -> list[Queued]:
        """Return every late, extra, short or unknown payment, and what came above a price."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            unmatched = await payments.in_state(session, PaymentState.UNMATCHED)
            stuck = await queries.in_state(session, OrderState.PAID_UNFULFILLABLE)
            above = await refunds.with_surplus(session)
            named = {payment.order_id for payment in unmatched if payment.order_id is not None}
            orders = await queries.orders_by_id(session, named.union(above))
        queued = [Queued(payment, orders.get(payment.order_id or 0)) for payment in unmatched]
        odd = [*stuck, *(orders[order_id] for order_id in above)]
        return queued + [Queued(None, order) for order in odd]

    async def one(self, actor: Actor, *, payment_id: int) -> Queued:
        """Return a payment that waits; AlreadyDone when it waits no more."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            payment = await payments.payment(session, payment_id)
            if payment is None:
                raise NotFound("payment", payment_id)
            if payment.state is not PaymentState.UNMATCHED:
                raise AlreadyDone("payment")
            return Queued(payment, await queries.order(session, payment.order_id or 0))

    async def record(
        self, actor: Actor, *, gateway: str, external_id: str, amount_text: str, currency: str
    ) -> Taken:
        """Note money that stands in an account and that no order explains."""
        amount = parse_amount(amount_text, currency)
        return await self.note(actor, gateway=gateway, external_id=external_id, amount=amount)

    async def note(self, actor: Actor, *, gateway: str, external_id: str, amount: Money) -> Taken:
        """Do the same with an amount that a file says."""
        actor.require(*APPROVERS)
        async with self._storage.work(actor.cause) as unit:
            taken = await self._till.take(
                unit,
                Income(gateway, external_id, amount, order_id=None, payer_id=None),
                actor_id=actor.member_id,
            )
            await unit.commit()
        return taken

    async def assign(self, actor: Actor, *, payment_id: int, order_id: int) -> Taken:
        """Let waiting money pay an order; it grants only what it suffices for.

        Where two people must have seen a transfer, whoever noted it cannot be the second.
        """
        async with self._storage.work(actor.cause) as unit:
            payment = await self._take_out(unit, actor, payment_id, order_id)
            order = await queries.hold(unit.session, order_id)
            if order is None:
                raise NotFound("order", order_id)
            if order.member_id == actor.member_id:
                raise NotAllowed("somebody_else")
            if not order.may_be_paid:
                raise AlreadyDone("order", at=order.paid_at)
            if order.due.currency != payment.amount.currency:
                raise Invalid("currency", "mixed")
            await self._check_second(unit, actor, payment, order)
            await payments.set_order(unit.session, payment_id, order_id)
            taken = await self._till.settle(unit, payment, order, actor.member_id)
            await unit.commit()
        return taken

    async def fulfil(self, actor: Actor, *, order_id: int) -> Entitlement | None:
        """Try again to grant what was paid for: a seat is free, or the obstacle is gone."""
        actor.require(*APPROVERS)
        async with self._storage.work(actor.cause) as unit:
            order = await queries.hold(unit.session, order_id)
            if order is None:
                raise NotFound("order", order_id)
            if order.state is not OrderState.PAID_UNFULFILLABLE:
                ORDER.after(order.state, OrderEvent.FAIL)
                raise AlreadyDone("order", at=order.closed_at)
            entitlement = await self._till.fulfilment.grant(unit, order, actor_id=actor.member_id)
            await unit.commit()
        return entitlement

    async def _check_second(self, unit: Unit, actor: Actor, payment: Payment, order: Order) -> None:
        if payment.gateway != GATEWAY or not rules.needs_two_people(
            order.due, self._rules.two_people_from
        ):
            return
        if await payments.noted_by(unit.session, payment.payment_id) != actor.member_id:
            return
        if self._rules.statement_approves:
            lines = await statements.lines(unit.session, payment.external_id)
            if any(line.amount == payment.amount for line in lines):
                return
        raise NotAllowed("second_person")

    async def _take_out(self, unit: Unit, actor: Actor, payment_id: int, order_id: int) -> Payment:
        """Hold a waiting payment, and count it no longer for the order where it waited."""
        actor.require(*APPROVERS)
        payment = await payments.hold(unit.session, payment_id)
        if payment is None:
            raise NotFound("payment", payment_id)
        if payment.state is not PaymentState.UNMATCHED:
            raise AlreadyDone("payment")
        if payment.order_id is not None:
            before = await queries.hold(unit.session, payment.order_id)
            if before is not None and before.may_be_paid:
                await queries.add_received(unit.session, before.order_id, -payment.amount)
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action="assign",
            subject="payment",
            subject_key=payment_id,
            before={"order": payment.order_id},
            after={"order": order_id},
        )
        return payment
