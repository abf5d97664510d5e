"""Refunds: what was promised when the order was placed, worked out line by line, with an appeal."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import coupon_queries as codes
from community_bot.billing import purchases, queries
from community_bot.billing import refund_queries as cases
from community_bot.billing.facts import Order
from community_bot.billing.payback import Payback
from community_bot.billing.pricing_rules import value_of
from community_bot.billing.refund_facts import Case, Said
from community_bot.billing.refund_notices import (
    RefundApproved,
    RefundAsked,
)
from community_bot.billing.refund_rules import CASE, Bought, CaseEvent, Quote, check_left, quote
from community_bot.billing.rules import ORDER, Account, OrderEvent, Purpose
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotFound
from community_bot.membership import access_queries as access
from community_bot.membership.memberships import Memberships
from community_bot.money import Money
from community_bot.people import queries as people_queries
from community_bot.people.roles import Actor
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


async def none_used(_session: AsyncSession, _order: Order) -> int:
    """Count no lessons: for communities whose plans promise none."""
    return 0


class Refunds:
    """Quotes, opens, decides and appeals. While a case is open, nobody is removed for it."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        memberships: Memberships,
        payback: Payback,
        lessons_used: Callable[[AsyncSession, Order], Awaitable[int]] = none_used,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._memberships = memberships
        self._payback = payback
        self.lessons_used = lessons_used
        self.ended: Callable[[Unit, Order], Awaitable[None]] | None = None

    async def quote(self, actor: Actor, *, order_id: int) -> Quote:
        """Say what would be given back today, and why."""
        async with self._storage.read() as session:
            order = await self._order(session, actor, order_id)
            return await self._quote(session, order)

    async def of(self, actor: Actor, *, order_id: int) -> Order:
        """Return an order whose money the actor may ask back, or decide about."""
        async with self._storage.read() as session:
            return await self._order(session, actor, order_id)

    async def open_to(self, actor: Actor) -> list[Order]:
        """Return the orders whose money the actor could ask back, newest first."""
        async with self._storage.read() as session:
            held = await purchases.held_by(session, actor.member_id)
        return [order for order in held if order.may_be_refunded]

    async def mine(self, actor: Actor) -> list[Case]:
        """Return the actor's own cases, newest first."""
        async with self._storage.read() as session:
            return await cases.cases_of(session, actor.member_id)

    async def one(self, actor: Actor, *, case_id: int) -> Case:
        """Return a case of the actor's own, or any for those who decide."""
        async with self._storage.read() as session:
            return checked_case(actor, await cases.case(session, case_id), case_id)

    async def ask(self, actor: Actor, *, order_id: int, reason: str) -> Case:
        """Ask for money back; within the cooling-off days the answer is yes at once.

        While a part is on its way back a person decides. A case under way is returned as it is.
        """
        async with self._storage.work(actor.cause) as unit:
            order = await queries.hold(unit.session, order_id)
            if order is None or actor.member_id not in await _parties(unit.session, order):
                raise NotFound("order", order_id)
            await _check_held(unit.session, order, actor)
            known = await cases.case_under_way(unit.session, order_id)
            if known is not None:
                return known
            if not order.due:
                raise Invalid("order", "nothing_paid")
            ORDER.after(order.state, OrderEvent.REFUND_PART)
            case = await self._open(unit, actor, order, reason.strip())
            if case.quote.is_full and not await cases.is_returning(unit.session, order_id):
                await cases.step_case(unit.session, case.case_id, CaseEvent.APPROVE)
                await self.give(unit, case, order, case.quote.amount, ends=True, actor_id=None)
            else:
                await cases.step_case(unit.session, case.case_id, CaseEvent.HAND_OVER)
                await self._tell_deciders(unit, case, is_appeal=False)
            case = await cases.case(unit.session, case.case_id) or case
            await unit.commit()
        return case

    async def answer(self, actor: Actor, *, case_id: int, text: str) -> Case:
        """Let the member answer."""
        return await self._by_member(actor, case_id, CaseEvent.ANSWER, text)

    async def appeal(self, actor: Actor, *, case_id: int, text: str) -> Case:
        """Let the member ask a second person, once."""
        return await self._by_member(actor, case_id, CaseEvent.APPEAL, text)

    async def withdraw(self, actor: Actor, *, case_id: int) -> Case:
        """Let the member drop the case."""
        return await self._by_member(actor, case_id, CaseEvent.WITHDRAW, None)

    async def give(
        self,
        unit: Unit,
        case: Case,
        order: Order,
        amount: Money,
        *,
        ends: bool,
        actor_id: int | None,
    ) -> None:
        """Owe the amount, end the membership if it goes with it, and tell the member."""
        now = self._clock.now()
        before = await given_back(unit.session, order)
        await purchases.check_not_credited(unit.session, order, self._memberships.zone)
        check_left(amount, paid=order.due, before=before)
        await self._payback.owe(
            unit, order, amount, case_id=case.case_id, reason=case.reason, actor_id=actor_id
        )
        whole = before + amount == order.due
        event = OrderEvent.REFUND_ALL if whole else OrderEvent.REFUND_PART
        await queries.step(unit.session, order.order_id, event)
        if ends:
            await self._end_access(unit, order, actor_id)
            if self.ended is not None:
                await self.ended(unit, order)
        await access.release(unit.session, f"case:{case.case_id}", now=now)
        await access.release(unit.session, f"appeal:{case.case_id}", now=now)
        approved = RefundApproved(case.case_id, case.order_code, amount, ends)
        key = f"refund_approved:{case.case_id}"
        await tell(self._outbox, unit, [case.member_id], approved, key=key)

    async def _end_access(self, unit: Unit, order: Order, actor_id: int | None) -> None:
        if order.purpose is Purpose.GIFT:
            await self._void_gift(unit, order)
        for right in (await purchases.rights_of(unit.session, order))[-1:]:
            await self._memberships.end(unit, entitlement=right, actor_id=actor_id, reason="refund")

    async def _void_gift(self, unit: Unit, order: Order) -> None:
        """Let nobody redeem a gift whose money goes back; too late where somebody has."""
        code = await codes.code_of_order(unit.session, order.order_id)
        now = self._clock.now()
        if code is not None and not await codes.void(unit.session, code.access_code_id, now=now):
            raise Invalid("order", "gift_redeemed")

    async def _order(self, session: AsyncSession, actor: Actor, order_id: int) -> Order:
        """Return an order to its buyer, to who has what it gave, and to who looks after money."""
        order = await queries.order(session, order_id)
        if order is None or not (
            actor.has(*APPROVERS) or actor.member_id in await _parties(session, order)
        ):
            raise NotFound("order", order_id)
        if not actor.has(*APPROVERS):
            await _check_held(session, order, actor)
        return order

    async def _quote(self, session: AsyncSession, order: Order) -> Quote:
        return await self.quote_in(session, order, at=self._clock.now())

    async def quote_in(self, session: AsyncSession, order: Order, *, at: datetime) -> Quote:
        """Say what would be given back at a moment, from what is known now."""
        if order.paid_at is None:
            raise Invalid("order", "not_granted")
        zone = self._memberships.zone
        term = await purchases.term_of(session, order, now=self._clock.now(), zone=zone)
        bought = Bought(
            paid=order.due,
            refunded=await given_back(session, order),
            paid_at=order.paid_at,
            starts_at=term.starts_at,
            ends_at=term.ends_at,
            lessons_used=await self.lessons_used(session, order),
            credited=value_of(order.due, order.lines).minor - order.due.minor,
            ended_at=term.ended_at,
        )
        return quote(order.refund, bought, now=at, zone=zone)

    async def _open(self, unit: Unit, actor: Actor, order: Order, reason: str) -> Case:
        now = self._clock.now()
        case_id = await cases.add_case(
            unit.session,
            quote=await self._quote(unit.session, order),
            order_id=order.order_id,
            member_id=actor.member_id,
            reason=reason,
            opened_at=now,
        )
        await access.hold(unit.session, actor.member_id, f"case:{case_id}", now=now)
        await record(unit, actor, case_id, "open", at=now, reason=reason)
        case = await cases.case(unit.session, case_id)
        if case is None:
            raise NotFound("case", case_id)
        return case

    async def _by_member(
        self, actor: Actor, case_id: int, event: CaseEvent, text: str | None
    ) -> Case:
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            case = await cases.hold_case(unit.session, case_id)
            if case is None or case.member_id != actor.member_id:
                raise NotFound("case", case_id)
            CASE.after(case.state, event)
            await cases.step_case(unit.session, case_id, event)
            if text is not None:
                await cases.say(unit.session, case, Said(actor.member_id, now, text.strip()))
            if event is CaseEvent.WITHDRAW:
                await access.release(unit.session, f"case:{case_id}", now=now)
                await access.release(unit.session, f"appeal:{case_id}", now=now)
            else:
                await self._tell_deciders(unit, case, is_appeal=event is CaseEvent.APPEAL)
            if event is CaseEvent.APPEAL:
                await access.hold(unit.session, case.member_id, f"appeal:{case_id}", now=now)
            await record(unit, actor, case_id, event.value, at=now, reason=text)
            case = await cases.case(unit.session, case_id) or case
            await unit.commit()
        return case

    async def _tell_deciders(self, unit: Unit, case: Case, *, is_appeal: bool) -> None:
        member = await people_queries.member(unit.session, case.member_id)
        asked = RefundAsked(
            case_id=case.case_id,
            order_code=case.order_code,
            member_name=member.name if member else str(case.member_id),
            quoted=case.quote.amount,
            is_appeal=is_appeal,
        )
        deciders = set(await self._people.with_roles_in(unit.session, *APPROVERS))
        deciders -= {case.member_id, case.decided_by}
        key = f"refund_asked:{case.case_id}:{case.state.value}:{len(case.said)}"
        await tell(self._outbox, unit, sorted(deciders), asked, key=key)


async def _parties(session: AsyncSession, order: Order) -> set[int]:
    return {order.member_id, await purchases.holder_of(session, order)}


async def _check_held(session: AsyncSession, order: Order, actor: Actor) -> None:
    """Refuse whoever bought it and has it no more: it was moved to another account of theirs."""
    if await purchases.holder_of(session, order) != actor.member_id:
        raise Invalid("order", "moved")


async def given_back(session: AsyncSession, order: Order) -> Money:
    """Return what of the price went back; a surplus that went back was never the price."""
    minor = await cases.given_back(session, order.order_id, Account.INCOME)
    return Money(minor, order.due.currency)


async def record(
    unit: Unit, actor: Actor, case_id: int, action: str, *, at: datetime, reason: str | None
) -> None:
    """Note a step of a case in the journal."""
    await journal.record(
        unit,
        at=at,
        actor_id=actor.member_id,
        action=action,
        subject="refund_case",
        subject_key=case_id,
        reason=reason,
    )


def checked_case(actor: Actor, case: Case | None, case_id: int) -> Case:
    """Return the case if the actor may see it; a stranger's does not exist for them."""
    if case is None:
        raise NotFound("case", case_id)
    if case.member_id != actor.member_id and not actor.has(*APPROVERS):
        raise NotFound("case", case_id)
    return case
