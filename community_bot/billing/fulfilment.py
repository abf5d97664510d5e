"""Fulfilment: what is paid for is granted in the transaction of the payment."""

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import coupon_queries as codes
from community_bot.billing import order_cards, queries, seats
from community_bot.billing.coupons import CODE_LENGTH
from community_bot.billing.facts import Order
from community_bot.billing.notices import GiftReady, OrderApproved, PaymentUnfulfillable
from community_bot.billing.rules import OPEN, OrderEvent, Purpose
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, LimitReached, Superseded
from community_bot.ids import Ids
from community_bot.membership import queries as membership
from community_bot.membership.facts import Entitlement
from community_bot.membership.memberships import Memberships
from community_bot.membership.rules import PeriodKind, Source
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Unit


class Fulfilment:
    """Grants memberships, ends what an upgrade replaces, and makes the codes of gifts."""

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
        self._ids = ids
        self._outbox = outbox
        self._people = people
        self._memberships = memberships

    async def fulfil(self, unit: Unit, order: Order, *, actor_id: int | None) -> Entitlement | None:
        """Grant what is paid for and send the receipt; None where it cannot be granted any more.

        Then the order waits for a person, who finds a seat or gives the money back.
        """
        try:
            return await self.grant(unit, order, actor_id=actor_id)
        except (AlreadyDone, Invalid, LimitReached):
            await queries.step(unit.session, order.order_id, OrderEvent.FAIL)
            await self._record(unit, order, "unfulfillable", actor_id)
            await self._tell_unfulfillable(unit, order)
            return None

    async def grant(self, unit: Unit, order: Order, *, actor_id: int | None) -> Entitlement | None:
        """Grant what is paid for and send the receipt; raises DomainError before any change.

        A gift gives a code to its buyer, and nothing yet to anybody.
        """
        await self._check_seat(unit, order)
        credited = await self._credited(unit.session, order)
        if order.purpose is Purpose.GIFT:
            await self._make_gift(unit, order)
            entitlement = None
        else:
            entitlement = await self._memberships.grant(
                unit,
                member_id=order.member_id,
                plan=order.plan,
                source=source_of(order),
                source_key=str(order.order_id),
                actor_id=actor_id,
            )
        await self._end_credited(unit, credited, order, actor_id)
        now = self._clock.now()
        await queries.step(unit.session, order.order_id, OrderEvent.FULFIL, closed_at=now)
        await self._record(unit, order, "fulfil", actor_id)
        await order_cards.renew(self._outbox, unit, order.order_id)
        if entitlement is not None:
            await self._send_receipt(unit, order, entitlement)
        return entitlement

    async def check(self, session: AsyncSession, order: Order) -> None:
        """Refuse what could not be granted now, before any money moves; raises DomainError."""
        await self._credited(session, order)
        if order.purpose is not Purpose.GIFT:
            await self._memberships.term_in(session, order.member_id, order.plan)

    async def _check_seat(self, unit: Unit, order: Order) -> None:
        """Refuse when every seat is taken; an open order holds the seat that it will take."""
        if order.state not in OPEN:
            await seats.check(unit, order.tier, order.member_id, now=self._clock.now())

    async def _credited(self, session: AsyncSession, order: Order) -> list[Entitlement]:
        """Return the rights that the order gives up.

        Refuse when one of them is gone meanwhile, or some of its money has gone back.
        """
        wanted = {line.entitlement_id for line in order.lines if line.entitlement_id}
        rights = await membership.entitlements(session, order.member_id)
        found = [
            right for right in rights if right.entitlement_id in wanted and right.revoked_at is None
        ]
        if len(found) != len(wanted):
            raise AlreadyDone("credit")
        for right in found:
            paid_by = await queries.order(session, int(right.source_key))
            if paid_by is not None and paid_by.refunded:
                raise AlreadyDone("credit")
        return found

    async def _end_credited(
        self, unit: Unit, credited: list[Entitlement], order: Order, actor_id: int | None
    ) -> None:
        """End what the upgrade replaces, the last first: its credit is given once."""
        for right in sorted(credited, key=lambda right: right.starts_at, reverse=True):
            ended = await self._memberships.end(
                unit, entitlement=right, actor_id=actor_id, reason=f"upgrade:{order.order_id}"
            )
            if not ended:
                raise Superseded("the credit was used at the same moment")

    async def _make_gift(self, unit: Unit, order: Order) -> None:
        code = await codes.add_code(
            unit.session,
            code=self._ids.code(CODE_LENGTH),
            plan_version_id=order.plan.plan_version_id,
            source=Source.GIFT,
            order_id=order.order_id,
            made_by=order.member_id,
            made_at=self._clock.now(),
        )
        ready = GiftReady(
            order_id=order.order_id,
            order_code=order.code,
            tier_name=order.tier.name,
            code=code.code,
        )
        key = f"gift:{order.order_id}"
        await tell(self._outbox, unit, [order.member_id], ready, key=key)

    async def _record(self, unit: Unit, order: Order, action: str, actor_id: int | None) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor_id,
            action=action,
            subject="order",
            subject_key=order.order_id,
            before={"state": order.state.value},
        )

    async def _send_receipt(self, unit: Unit, order: Order, entitlement: Entitlement) -> None:
        paid = await queries.order(unit.session, order.order_id) or order
        receipt = OrderApproved(
            order_id=order.order_id,
            order_code=order.code,
            tier_name=order.tier.name,
            paid=paid.received,
            paid_at=paid.paid_at or self._clock.now(),
            starts_at=entitlement.starts_at,
            until=entitlement.ends_at,
            surplus=paid.received - paid.due,
        )
        key = f"receipt:{order.order_id}"
        await tell(self._outbox, unit, [order.member_id], receipt, key=key)

    async def _tell_unfulfillable(self, unit: Unit, order: Order) -> None:
        paid = await queries.order(unit.session, order.order_id) or order
        word = PaymentUnfulfillable(
            order_id=order.order_id, order_code=order.code, received=paid.received
        )
        approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
        told = {order.member_id, *approvers}
        await tell(self._outbox, unit, told, word, key=f"unfulfillable:{order.order_id}")


def source_of(order: Order) -> Source:
    """Say what an order's entitlement comes from: a trial gives no grace and no credit."""
    return Source.TRIAL if order.plan.period.kind is PeriodKind.TRIAL else Source.ORDER
