"""Payback: money that goes back is a row before it moves, and moves once."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from community_bot.billing import payment_queries as payments
from community_bot.billing import queries
from community_bot.billing import refund_queries as refunds
from community_bot.billing.facts import Order, Payment
from community_bot.billing.refund_facts import Debt, Refund
from community_bot.billing.refund_notices import RefundDue, RefundFailed, RefundReturned
from community_bot.billing.refund_rules import SURPLUS, RefundEvent, RefundState
from community_bot.billing.rules import (
    GRANTED,
    Account,
    OrderEvent,
    OrderState,
    PaymentEvent,
    PaymentState,
    Posting,
    postings_of_reclaim,
)
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Declined, Invalid, NotFound, Unreachable
from community_bot.money import STARS, Money
from community_bot.people.roles import Actor
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

# Gives money back at the provider; raises Declined or Unreachable. The key makes it happen once.
GiveBack: TypeAlias = Callable[[Payment, Money, str], Awaitable[None]]
MANUAL = "manual"


class Payback:
    """Owes money, and notes when it has gone back."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people

    async def due(self, actor: Actor) -> list[Refund]:
        """Return what has to go back by hand: transfers, and what a gateway would not return."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            by_hand = await refunds.refunds_in(session, RefundState.DUE, gateway=MANUAL)
            return by_hand + await refunds.refunds_in(session, RefundState.FAILED)

    async def owe(
        self,
        unit: Unit,
        order: Order,
        amount: Money,
        *,
        account: Account = Account.INCOME,
        case_id: int | None = None,
        reason: str,
        actor_id: int | None,
    ) -> None:
        """Promise money of an order back, out of its payments, the newest first."""
        if not await refunds.take_from_order(unit.session, order.order_id, amount):
            raise Invalid("amount", "more_than_paid", paid=order.received)
        left = amount
        for payment in reversed(await payments.payments_for(unit.session, order.order_id)):
            part = min(left, payment.amount - payment.refunded, key=lambda money: money.minor)
            if payment.state is PaymentState.MATCHED and part.minor > 0:
                debt = Debt(part, account, reason, case_id=case_id, actor_id=actor_id)
                await self._owe_part(unit, payment, debt)
                left = left - part
        if left:
            raise Invalid("refund", "part_returning")

    async def give_back(self, actor: Actor, *, payment_id: int, reason: str) -> None:
        """Send money back that waits in the queue: it pays for nothing here."""
        actor.require(*APPROVERS)
        async with self._storage.work(actor.cause) as unit:
            payment = await payments.hold(unit.session, payment_id)
            if payment is None:
                raise NotFound("payment", payment_id)
            if payment.state is not PaymentState.UNMATCHED:
                raise AlreadyDone("payment")
            if payment.order_id is not None:
                order = await queries.hold(unit.session, payment.order_id)
                if order is not None and order.may_be_paid:
                    await queries.add_received(unit.session, order.order_id, -payment.amount)
            whole = Debt(payment.amount, Account.SUSPENSE, reason, actor_id=actor.member_id)
            await self._owe_part(unit, payment, whole)
            await unit.commit()

    async def give_up(self, actor: Actor, *, order_id: int, reason: str) -> None:
        """Send everything back that came for an order that cannot be granted."""
        actor.require(*APPROVERS)
        async with self._storage.work(actor.cause) as unit:
            order = await queries.hold(unit.session, order_id)
            if order is None or order.state is not OrderState.PAID_UNFULFILLABLE:
                raise NotFound("order", order_id)
            await self._reclaim(unit, order)
            await self.owe(unit, order, order.received, reason=reason, actor_id=actor.member_id)
            await queries.step(unit.session, order_id, OrderEvent.REFUND_ALL)
            await unit.commit()

    async def return_surplus(self, actor: Actor, *, order_id: int) -> Money:
        """Send back what came above the price of a granted order; return how much that is."""
        actor.require(*APPROVERS)
        async with self._storage.work(actor.cause) as unit:
            order = await queries.hold(unit.session, order_id)
            if order is None or order.state not in GRANTED or order.received <= order.due:
                raise NotFound("surplus", order_id)
            if await refunds.given_back(unit.session, order_id, Account.OWED):
                raise AlreadyDone("refund")
            surplus = order.received - order.due
            await self.owe(
                unit,
                order,
                surplus,
                account=Account.OWED,
                reason=SURPLUS,
                actor_id=actor.member_id,
            )
            await unit.commit()
        return surplus

    async def _reclaim(self, unit: Unit, order: Order) -> None:
        surplus = order.received - order.due
        if surplus:
            await payments.post(
                unit.session,
                f"reclaimed:{order.order_id}",
                postings_of_reclaim(surplus),
                order_id=order.order_id,
                payment_id=None,
                now=self._clock.now(),
            )

    async def returned(self, actor: Actor, *, refund_id: int, reference: str | None) -> Refund:
        """Note that somebody has transferred it back; not while a rail is giving it back."""
        actor.require(*APPROVERS)
        async with self._storage.work(actor.cause) as unit:
            known = await refunds.refund(unit.session, refund_id)
            if known is not None and known.state is RefundState.RETURNING:
                raise Invalid("refund", "returning")
            refund = await self._arrive(
                unit, refund_id, RefundEvent.NOTE, reference=reference, actor_id=actor.member_id
            )
            await unit.commit()
        return refund

    async def push(self, gateway: str, give_back: GiveBack) -> int:
        """Let a gateway give back what is due or was cut off; what it declined is a person's."""
        states = (RefundState.DUE, RefundState.RETURNING)
        async with self._storage.read() as session:
            waiting = await refunds.refunds_in(session, *states, gateway=gateway)
        return sum([await self._push_one(refund, give_back) for refund in waiting])

    async def _push_one(self, refund: Refund, give_back: GiveBack) -> bool:
        async with self._storage.work() as unit:
            begun = refund.state is RefundState.RETURNING or await refunds.step_refund(
                unit.session, refund.refund_id, RefundEvent.BEGIN
            )
            payment = await payments.payment(unit.session, refund.payment_id)
            await unit.commit()
        if payment is None or not begun:
            return False  # somebody has given it back by hand meanwhile
        try:
            await give_back(payment, refund.amount, refund.key)
        except Unreachable:
            return False
        except Declined as declined:
            await self._fail(refund, declined.reason)
            return False
        async with self._storage.work() as unit:
            await self._arrive(unit, refund.refund_id, RefundEvent.ARRIVE)
            await unit.commit()
        return True

    async def _fail(self, refund: Refund, error: str) -> None:
        async with self._storage.work() as unit:
            await refunds.step_refund(unit.session, refund.refund_id, RefundEvent.FAIL, error=error)
            await payments.move_payment(unit.session, refund.payment_id, PaymentEvent.FAIL)
            failed = RefundFailed(refund_id=refund.refund_id, amount=refund.amount, error=error)
            approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
            key = f"refund_failed:{refund.refund_id}"
            await tell(self._outbox, unit, approvers, failed, key=key)
            await unit.commit()

    async def _owe_part(self, unit: Unit, payment: Payment, debt: Debt) -> None:
        amount = debt.amount
        if amount.currency == STARS and amount != payment.amount:
            raise Invalid("amount", "whole_in_stars", paid=payment.amount)
        taken = await refunds.take_from_payment(unit.session, payment.payment_id, amount)
        begun = await payments.move_payment(unit.session, payment.payment_id, PaymentEvent.REFUND)
        if not taken or not begun:
            raise AlreadyDone("refund")
        refund_id = await refunds.add_refund(
            unit.session,
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            case_id=debt.case_id,
            account=debt.account,
            amount_minor=amount.minor,
            currency=amount.currency,
            reason=debt.reason,
            decided_by=debt.actor_id,
            due_at=self._clock.now(),
        )
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=debt.actor_id,
            action="owe",
            subject="refund",
            subject_key=refund_id,
            reason=debt.reason,
            after={"minor": amount.minor, "payment": payment.payment_id},
        )
        if payment.gateway == MANUAL:
            await self._ask_to_transfer(unit, refund_id, payment, amount)

    async def _ask_to_transfer(
        self, unit: Unit, refund_id: int, payment: Payment, amount: Money
    ) -> None:
        order = await queries.order(unit.session, payment.order_id or 0)
        due = RefundDue(
            refund_id=refund_id,
            amount=amount,
            order_code=order.code if order else None,
            payer_id=payment.payer_id,
        )
        approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
        await tell(self._outbox, unit, approvers, due, key=f"refund_due:{refund_id}")

    async def _arrive(
        self,
        unit: Unit,
        refund_id: int,
        event: RefundEvent,
        *,
        reference: str | None = None,
        actor_id: int | None = None,
    ) -> Refund:
        now = self._clock.now()
        if not await refunds.step_refund(
            unit.session,
            refund_id,
            event,
            returned_at=now,
            reference=reference,
            error=None,
        ):
            raise AlreadyDone("refund")
        refund = await refunds.refund(unit.session, refund_id)
        if refund is None:
            raise NotFound("refund", refund_id)
        await self._book(unit, refund)
        await journal.record(
            unit,
            at=now,
            actor_id=actor_id,
            action="return",
            subject="refund",
            subject_key=refund_id,
            after={"minor": refund.amount.minor, "reference": reference},
        )
        return refund

    async def _book(self, unit: Unit, refund: Refund) -> None:
        """Post it, settle the payment, and tell the payer that the money has gone."""
        payment = await payments.payment(unit.session, refund.payment_id)
        if payment is None:
            raise NotFound("payment", refund.payment_id)
        lines = (
            Posting(refund.account, refund.amount),
            Posting(Account.CASH, -refund.amount),
        )
        await payments.post(
            unit.session,
            f"returned:{refund.refund_id}",
            lines,
            order_id=refund.order_id,
            payment_id=refund.payment_id,
            now=self._clock.now(),
        )
        if payment.state is PaymentState.REFUND_FAILED:
            await payments.move_payment(unit.session, payment.payment_id, PaymentEvent.REFUND)
        whole = payment.refunded == payment.amount
        event = PaymentEvent.RETURN_ALL if whole else PaymentEvent.RETURN_PART
        await payments.move_payment(unit.session, payment.payment_id, event)
        if payment.payer_id is not None:
            word = RefundReturned(
                refund_id=refund.refund_id, amount=refund.amount, reference=refund.reference
            )
            key = f"refund_returned:{refund.refund_id}"
            await tell(self._outbox, unit, [payment.payer_id], word, key=key)
