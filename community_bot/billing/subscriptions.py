"""Subscriptions: Telegram charges Stars for a plan every thirty days until it is told to stop.

Each charge has an order of its own, with its receipt and its refund. Nothing is given before the
money has come, and that the charging has stopped is said once Telegram has confirmed it.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import payment_queries as payments
from community_bot.billing import purchases, queries, seats
from community_bot.billing import subscription_queries as subscriptions
from community_bot.billing.facts import Order
from community_bot.billing.gateways.port import Charge
from community_bot.billing.orders import CODE_LENGTH
from community_bot.billing.pricing_rules import Line, LineKind
from community_bot.billing.rules import GRANTED, ORDER, OrderEvent, OrderState, Purpose
from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
    SubscriptionMoved,
    SubscriptionResumed,
    SubscriptionStays,
)
from community_bot.billing.subscription_queries import Subscription
from community_bot.billing.subscription_rules import (
    REPORTED,
    SUBSCRIPTION,
    SubscriptionEvent,
)
from community_bot.clock import Clock
from community_bot.delivery.acts import EndSubscription
from community_bot.delivery.contents import unpack
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import NotAllowed, NotFound
from community_bot.ids import Ids
from community_bot.membership.memberships import Memberships
from community_bot.membership.queries import facts_of_refund
from community_bot.people.roles import Actor
from community_bot.people.telling import tell_one
from community_bot.storage import journal
from community_bot.storage.unit import Cause, Storage, Unit

NOWHERE = 0  # charging stops for who has blocked us, and for who is forgotten
_TOLD = {
    SubscriptionEvent.END: SubscriptionEnded,
    SubscriptionEvent.FAIL: SubscriptionFailed,
    SubscriptionEvent.RESUME: SubscriptionResumed,
    SubscriptionEvent.REFUSE_END: SubscriptionStays,
}


class Subscriptions:
    """Follows what Telegram charges, and asks it to stop."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        ids: Ids,
        outbox: Outbox,
        memberships: Memberships,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._outbox = outbox
        self._memberships = memberships

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        return {"end_subscription": self._settled}

    async def of(self, actor: Actor, *, order_id: int) -> tuple[Subscription, Order]:
        """Return the subscription that one of the actor's own orders belongs to, and its last."""
        async with self._storage.read() as session:
            order = await queries.order(session, order_id)
            if order is None or order.member_id != actor.member_id:
                raise NotFound("order", order_id)
            found = await subscriptions.of(session, actor.member_id, order.tier.code)
            last = await queries.order(session, found[0].last_order_id) if found else None
        if last is None:
            raise NotFound("subscription", order_id)
        return found[0], last

    async def going_on(self, actor: Actor) -> list[tuple[Subscription, Order]]:
        """Return what goes on by itself of what the actor pays or has, with the last order."""
        async with self._storage.read() as session:
            found = [one for one in await subscriptions.of(session, actor.member_id) if one.goes_on]
            orders = await queries.orders_by_id(session, {one.last_order_id for one in found})
        return [(one, orders[one.last_order_id]) for one in found]

    async def end(self, actor: Actor, *, order_id: int) -> None:
        """Ask Telegram to charge no more; the answer is told when it has come.

        Only the account that subscribed can stop it.
        """
        found, _ = await self.of(actor, order_id=order_id)
        if found.member_id != actor.member_id:
            raise NotAllowed("payer")
        SUBSCRIPTION.after(found.state, SubscriptionEvent.ASK_END)
        async with self._storage.work(actor.cause) as unit:
            await self._ask_end(unit, found, actor_id=actor.member_id)
            await unit.commit()

    async def end_in(self, unit: Unit, order: Order) -> None:
        """Let nothing more be charged for what an order gave: it has ended, or could not begin."""
        for found in await subscriptions.of(unit.session, order.member_id, order.tier.code):
            await self._ask_end(unit, found, actor_id=None)

    async def moved_in(self, unit: Unit, from_id: int, to_id: int) -> None:
        """Say to both accounts who goes on paying when a membership moves, and who can stop it."""
        for found in await subscriptions.of(unit.session, from_id):
            order = await queries.order(unit.session, found.last_order_id)
            if found.holder_id != from_id or not found.goes_on or order is None:
                continue
            await subscriptions.hand_over(unit.session, found.order_id, to_id)
            key = f"subscription_moved:{found.order_id}:{to_id}:{self._clock.now():%Y%m%d}"
            for member_id in {found.member_id, to_id}:
                is_payer = member_id == found.member_id
                word = SubscriptionMoved(found.order_id, order.tier.name, is_payer=is_payer)
                await tell_one(self._outbox, unit, member_id, word, key=f"{key}:{member_id}")

    async def leave(self, unit: Unit, actor: Actor, member_id: int) -> None:
        """Charge somebody no more who is forgotten."""
        for found in await subscriptions.of(unit.session, member_id):
            await self._ask_end(unit, found, actor_id=actor.member_id)

    async def reported(
        self, *, first: Order | None, member_id: int, state: str, cause: Cause | None = None
    ) -> None:
        """Note what Telegram says of a subscription; what it said before changes nothing."""
        event = REPORTED.get(state)
        async with self._storage.work(cause) as unit:
            found = await subscriptions.one(unit.session, first.order_id) if first else None
            if event is not None and found is not None and found.member_id == member_id:
                await self._step(unit, found, event)
            await unit.commit()

    async def order_for(self, unit: Unit, gateway: str, first: Order, charge: Charge) -> Order:
        """Return the order that a charge pays: the first one, or one of its own for a new period.

        Where the money went back, or the seat is gone, it is the first one: then the charge waits
        in the queue for a person.
        """
        held = await queries.hold(unit.session, first.order_id) or first
        if not charge.is_recurring or held.state not in GRANTED:
            return held
        if await payments.payment_from(unit.session, gateway, charge.external_id) is not None:
            return held
        known = await subscriptions.one(unit.session, held.order_id)
        last = await queries.order(unit.session, known.last_order_id) if known else held
        now = self._clock.now()
        if last is None or last.state is OrderState.REFUNDED:
            return held
        member_id = await purchases.holder_of(unit.session, last)
        if await seats.is_full(unit.session, held.tier, member_id, now=now):
            return held
        return await self._place(unit, held, member_id)

    async def charged(self, unit: Unit, first: Order, paid: Order, charge: Charge) -> None:
        """Note that a charge has paid for a period; for one that cannot be given it is the last."""
        now, charge_id = self._clock.now(), charge.external_id
        await subscriptions.charged(unit.session, first, paid, charge_id, now=now)
        if paid.state is OrderState.PAID_UNFULFILLABLE:
            await self.end_in(unit, paid)

    async def _place(self, unit: Unit, first: Order, member_id: int) -> Order:
        """Order another period at the price and under the rules of the first."""
        now = self._clock.now()
        order_id = await queries.add_order(
            unit.session,
            code=self._ids.code(CODE_LENGTH),
            member_id=member_id,
            plan_version_id=first.plan.plan_version_id,
            purpose=Purpose.SUBSCRIPTION,
            state=ORDER.after(ORDER.start, OrderEvent.OFFER),
            version=1,
            lines=queries.lines_to_json([Line(LineKind.PRICE, first.due)]),
            due_minor=first.due.minor,
            received_minor=0,
            refunded_minor=0,
            currency=first.due.currency,
            refund=facts_of_refund(first.refund),
            placed_at=now,
            expires_at=now,
        )
        order = await queries.order(unit.session, order_id or 0)
        if order is None:
            raise NotFound("order", order_id)
        await self._record(unit, order.order_id, "order", "place", actor_id=None)
        return order

    async def _ask_end(self, unit: Unit, found: Subscription, *, actor_id: int | None) -> None:
        if not await subscriptions.step(unit.session, found.order_id, SubscriptionEvent.ASK_END):
            return
        act = EndSubscription(NOWHERE, found.member_id, found.order_id, found.charge_id)
        await self._outbox.put(
            unit,
            Promise(act, chat_id=NOWHERE, lane=Lane.REPLY, doubt=Doubt.REPEAT),
        )
        await self._record(unit, found.order_id, "subscription", "ask_end", actor_id=actor_id)

    async def _settled(self, unit: Unit, outcome: Outcome) -> None:
        """Follow Telegram's answer to our asking it to charge no more."""
        act = unpack(outcome.letter.kind, outcome.letter.facts)
        if outcome.event is DeliveryEvent.PUT_OFF or not isinstance(act, EndSubscription):
            return
        found = await subscriptions.one(unit.session, act.order_id)
        if found is not None and found.member_id == act.member_id:
            is_done = outcome.event is DeliveryEvent.ARRIVE
            event = SubscriptionEvent.END if is_done else SubscriptionEvent.REFUSE_END
            await self._step(unit, found, event)

    async def _step(self, unit: Unit, found: Subscription, event: SubscriptionEvent) -> None:
        """Take a step and tell of it, where it is one."""
        if not await subscriptions.step(unit.session, found.order_id, event):
            return
        await self._record(unit, found.order_id, "subscription", event.value, actor_id=None)
        now = self._clock.now()
        order = await queries.order(unit.session, found.last_order_id)
        if order is None:
            return
        until = await self._until(unit.session, found)
        word = _TOLD[event](order.order_id, order.tier.name, until)
        key = f"subscription:{found.order_id}:{event.value}:{now:%Y%m%d%H%M%S}"
        await tell_one(self._outbox, unit, found.member_id, word, key=key, lane=Lane.REPLY)

    async def _until(self, session: AsyncSession, found: Subscription) -> datetime | None:
        standing = await self._memberships.standing_in(session, found.holder_id, self._clock.now())
        return standing.until

    async def _record(
        self, unit: Unit, order_id: int, subject: str, action: str, *, actor_id: int | None
    ) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor_id,
            action=action,
            subject=subject,
            subject_key=order_id,
        )
