"""Orders: the wish to buy a plan, at a price that is said before anybody pays."""

from datetime import timedelta

from community_bot.billing import coupon_queries as coupons
from community_bot.billing import order_cards, queries, seats, terms_queries, terms_rules
from community_bot.billing.coupon_rules import RedemptionEvent
from community_bot.billing.facts import Order, Ways
from community_bot.billing.pricing import Priced, price
from community_bot.billing.rules import ORDER, OrderEvent, OrderState
from community_bot.billing.till import Till
from community_bot.billing.wishes import (
    Choice,
    Wish,
    amount_of,
    check_gift,
    check_wanted,
    purpose_of,
)
from community_bot.clock import Clock
from community_bot.config.payments import Payments
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotFound
from community_bot.ids import Ids
from community_bot.membership import queries as membership
from community_bot.membership.admissions import check_admitted
from community_bot.membership.facts import Plan, Tier
from community_bot.membership.memberships import Memberships
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

CODE_LENGTH = 6
MOST_OPEN = 3  # more than that is a mistake, or somebody trying things out
TWO_TAPS = timedelta(seconds=10)  # so soon after the first a second one is a slip of the thumb
_REPLACEABLE = OrderState.AWAITING_PAYMENT


class Orders:
    """Places, shows and cancels orders."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        ids: Ids,
        outbox: Outbox,
        memberships: Memberships,
        till: Till,
        payments: Payments,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._outbox = outbox
        self._memberships = memberships
        self._till = till
        self._payments = payments

    async def place(
        self,
        actor: Actor,
        *,
        plan_code: str,
        coupon_code: str | None = None,
        in_stars: bool = False,
        as_gift: bool = False,
    ) -> Order:
        """Order a plan; ordering the same again returns the order that is open already.

        The buyer is told how to pay in the same transaction: no crash takes that away. Another
        coupon or currency replaces an order for which nothing was shown yet, so that nobody pays
        twice. What costs nothing is granted at once; a trial is had once in a life.
        """
        if in_stars and not self._payments.stars.enabled:
            raise Invalid("plan", "no_stars")
        wish = Wish(plan_code, coupon_code, in_stars=in_stars, as_gift=as_gift)
        async with self._storage.work(actor.cause) as unit:
            choice = await self._choose(unit, actor.member_id, wish)
            known = await self._known(unit, choice)
            is_shown = known is not None and known.state is not _REPLACEABLE
            if known is not None and is_shown and coupon_code and not wish.is_for(known):
                raise Invalid("coupon", "too_late")
            if known is not None and (is_shown or wish.is_for(known)):
                order = known
            else:
                if known is not None:
                    await self._close(unit, actor, known)
                order = await self._place(unit, actor, choice)
            await self._show(unit, order)
            await unit.commit()
        return order

    @property
    def ways(self) -> Ways:
        """Return how orders can be paid, as the configuration says now."""
        manual = self._payments.manual
        return Ways(
            payees=manual.payees if manual.enabled else (),
            stars=self._payments.stars.enabled,
            invoices=self._payments.telegram.enabled,
        )

    async def mine(self, actor: Actor) -> list[Order]:
        """Return the actor's own orders, newest first."""
        async with self._storage.read() as session:
            return await queries.orders_of(session, actor.member_id)

    async def one(self, actor: Actor, *, order_id: int) -> Order:
        """Return an order of the actor's own, or any for those who look after money."""
        async with self._storage.read() as session:
            found = await queries.order(session, order_id)
        return checked(actor, found, order_id)

    async def payable(self, actor: Actor) -> list[Order]:
        """Return the actor's orders that wait for money, newest first."""
        return [order for order in await self.mine(actor) if order.is_open]

    async def paid(self, actor: Actor, *, order_id: int) -> Order:
        """Return an order that there is a receipt for, under the same rule as `one`."""
        order = await self.one(actor, order_id=order_id)
        if order.paid_at is None:
            raise Invalid("order", "nothing_paid")
        return order

    async def by_code(self, actor: Actor, *, code: str) -> Order:
        """Return an order by the code that people read, under the same rule as `one`."""
        async with self._storage.read() as session:
            found = await queries.order_by_code(session, code)
        if found is None and actor.has(Role.FINANCE, Role.ADMIN):
            raise NotFound("order_code", code)
        return checked(actor, found, code)

    async def cancel(self, actor: Actor, *, order_id: int) -> Order:
        """Let the member take an order back for which nothing was shown yet."""
        async with self._storage.work(actor.cause) as unit:
            order = checked(actor, await queries.hold(unit.session, order_id), order_id)
            await self._close(unit, actor, order)
            cancelled = await queries.order(unit.session, order_id) or order
            await unit.commit()
        return cancelled

    async def _find(self, unit: Unit, member_id: int, plan_code: str) -> tuple[Plan, Tier]:
        """Return the plan if it is offered, or if the member has it and so may renew it."""
        plan = await membership.newest_plan(unit.session, plan_code)
        if plan is None:
            raise NotFound("plan", plan_code)
        tier = await membership.tier(unit.session, plan.tier_code)
        if tier is None:
            raise NotFound("tier", plan.tier_code)
        if not plan.is_offered:
            rights = await membership.entitlements(unit.session, member_id)
            held = {right.plan_version_id for right in rights if right.revoked_at is None}
            if tier.successor or plan.plan_version_id not in held:
                raise NotFound("plan", plan_code)
        return plan, tier

    async def _choose(self, unit: Unit, member_id: int, wish: Wish) -> Choice:
        plan, tier = await self._find(unit, member_id, wish.plan_code)
        standing = await self._memberships.standing_in(unit.session, member_id, self._clock.now())
        purpose = purpose_of(plan, tier, standing, as_gift=wish.as_gift)
        return Choice(wish, plan, tier, standing, purpose)

    async def _known(self, unit: Unit, choice: Choice) -> Order | None:
        """Return the open order of this kind, if there is one."""
        return await queries.open_like(
            unit.session,
            member_id=choice.standing.member_id,
            plan_version_id=choice.plan.plan_version_id,
            purpose=choice.purpose,
        )

    async def _place(self, unit: Unit, actor: Actor, choice: Choice) -> Order:
        now = self._clock.now()
        plan, wish = choice.plan, choice.wish
        if wish.as_gift:
            check_gift(choice.tier, plan)
        else:
            check_wanted(plan, choice.standing, now=now, zone=self._memberships.zone)
            await check_admitted(unit, choice.tier, actor.member_id)
            await seats.check(unit, choice.tier, actor.member_id, now=now)
        priced = await price(
            unit,
            plan=plan,
            tier=choice.tier,
            amount=amount_of(plan, in_stars=wish.in_stars),
            standing=choice.standing,
            coupon_code=wish.coupon_code,
            now=now,
            zone=self._memberships.zone,
        )
        order_id = await self._add(unit, choice, priced)
        order = await self._known(unit, choice)
        if order is None:
            raise NotFound("order", order_id)
        if order_id is None:
            return order
        await self._hold(unit, actor, order, priced)
        return order if order.due else await self._give(unit, order)

    async def _add(self, unit: Unit, choice: Choice, priced: Priced) -> int | None:
        """Insert the order; None where the other of two taps at once has done so."""
        now = self._clock.now()
        return await queries.add_order(
            unit.session,
            code=self._ids.code(CODE_LENGTH),
            member_id=choice.standing.member_id,
            plan_version_id=choice.plan.plan_version_id,
            purpose=choice.purpose,
            state=ORDER.after(ORDER.start, OrderEvent.OFFER),
            version=1,
            lines=queries.lines_to_json(priced.lines),
            due_minor=priced.due.minor,
            received_minor=0,
            refunded_minor=0,
            currency=priced.due.currency,
            refund=membership.facts_of_refund(choice.plan.refund),
            placed_at=now,
            expires_at=now
            + self._payments.manual.open_for(has_seats=choice.tier.seats is not None),
        )

    async def _hold(self, unit: Unit, actor: Actor, order: Order, priced: Priced) -> None:
        """Hold the coupon of a new order, note the terms, and refuse one order too many."""
        now, order_id = self._clock.now(), order.order_id
        await self._check_open(unit, actor)
        await terms_queries.accept(
            unit.session, actor.member_id, terms_rules.CURRENT, order_id=order_id, now=now
        )
        if priced.coupon is not None:
            await coupons.reserve(
                unit.session,
                coupon_id=priced.coupon.coupon_id,
                order_id=order_id,
                member_id=actor.member_id,
                now=now,
            )
        await self._record(unit, actor, order, "place")

    async def _close(self, unit: Unit, actor: Actor, order: Order) -> None:
        """Cancel an order, and set free what it holds."""
        now = self._clock.now()
        if not await queries.step(unit.session, order.order_id, OrderEvent.CANCEL, closed_at=now):
            ORDER.after(order.state, OrderEvent.CANCEL)
            raise AlreadyDone("order", at=order.closed_at)
        await coupons.settle(unit.session, order.order_id, RedemptionEvent.RELEASE)
        await self._record(unit, actor, order, "cancel")

    async def _check_open(self, unit: Unit, actor: Actor) -> None:
        orders = await queries.orders_of(unit.session, actor.member_id)
        if sum(order.is_open for order in orders) > MOST_OPEN:
            raise LimitReached("open_orders", MOST_OPEN)

    async def _show(self, unit: Unit, order: Order) -> None:
        """Tell how an open order is paid; what was free has its receipt already.

        Who asks for the same order again is shown it again, but not for two taps at once.
        """
        now = self._clock.now()
        if not order.is_open:
            return
        key = f"order_placed:{order.order_id}"
        is_first = now - order.placed_at <= TWO_TAPS
        if not is_first:
            key = f"{key}:{now:%Y%m%d%H%M}"
        await order_cards.show_below(
            self._outbox, unit, order, self.ways, key=key, is_first=is_first
        )

    async def _give(self, unit: Unit, order: Order) -> Order:
        """Fulfil an order that costs nothing."""
        now = self._clock.now()
        await queries.step(unit.session, order.order_id, OrderEvent.PAY, paid_at=now)
        await coupons.settle(unit.session, order.order_id, RedemptionEvent.CONFIRM)
        await self._till.fulfilment.fulfil(unit, order, actor_id=order.member_id)
        return await queries.order(unit.session, order.order_id) or order

    async def _record(self, unit: Unit, actor: Actor, order: Order, action: str) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="order",
            subject_key=order.order_id,
            after={"plan": order.plan.plan_version_id, "due_minor": order.due.minor},
        )


def checked(actor: Actor, order: Order | None, key: object) -> Order:
    """Return the order if the actor may see it; a stranger's does not exist for them."""
    if order is None:
        raise NotFound("order", key)
    if order.member_id != actor.member_id and not actor.has(Role.FINANCE, Role.ADMIN):
        raise NotFound("order", key)
    return order
