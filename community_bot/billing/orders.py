"""Orders: the wish to buy a plan, at a price that is said before anybody pays."""

from datetime import timedelta

from community_bot.billing import queries, seats
from community_bot.billing.facts import Line, LineKind, Order
from community_bot.billing.rules import ORDER, OrderEvent, Purpose
from community_bot.billing.till import Till
from community_bot.clock import Clock
from community_bot.config.payments import Payments
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotFound
from community_bot.ids import Ids
from community_bot.membership import queries as membership
from community_bot.membership.facts import Plan, Standing, Tier
from community_bot.membership.memberships import Memberships
from community_bot.membership.rules import PeriodKind
from community_bot.money import Money
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

CODE_LENGTH = 6
MOST_OPEN = 3  # more than that is a mistake, or somebody trying things out


class Orders:
    """Places, shows and cancels orders."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        ids: Ids,
        memberships: Memberships,
        till: Till,
        payments: Payments,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._memberships = memberships
        self._till = till
        self._payments = payments

    async def place(self, actor: Actor, *, plan_code: str) -> Order:
        """Order a plan; ordering the same again returns the order that is open already.

        What costs nothing is granted at once; a trial is had once in a life.
        """
        async with self._storage.work(actor.cause) as unit:
            plan, tier = await self._find(unit, actor.member_id, plan_code)
            standing = await self._memberships.standing_in(
                unit.session, actor.member_id, self._clock.now()
            )
            check_wanted(plan, standing)
            await seats.check(unit, tier, actor.member_id, now=self._clock.now())
            order, is_new = await self._open(unit, actor, plan, standing)
            if is_new and not order.due:
                order = await self._give(unit, order)
            await unit.commit()
        return order

    async def mine(self, actor: Actor) -> list[Order]:
        """Return the actor's own orders, newest first."""
        async with self._storage.read() as session:
            return await queries.orders_of(session, actor.member_id)

    async def one(self, actor: Actor, *, order_id: int) -> Order:
        """Return an order of the actor's own, or any for those who look after money."""
        async with self._storage.read() as session:
            found = await queries.order(session, order_id)
        return checked(actor, found, order_id)

    async def by_code(self, actor: Actor, *, code: str) -> Order:
        """Return an order by the code that people read, under the same rule as `one`."""
        async with self._storage.read() as session:
            found = await queries.order_by_code(session, code)
        return checked(actor, found, code)

    async def cancel(self, actor: Actor, *, order_id: int) -> Order:
        """Let the member take an order back for which nothing was shown yet."""
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            order = checked(actor, await queries.hold(unit.session, order_id), order_id)
            if not await queries.step(unit.session, order_id, OrderEvent.CANCEL, closed_at=now):
                ORDER.after(order.state, OrderEvent.CANCEL)
                raise AlreadyDone("order", at=order.closed_at)
            await self._record(unit, actor, order, "cancel")
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

    async def _open(
        self, unit: Unit, actor: Actor, plan: Plan, standing: Standing
    ) -> tuple[Order, bool]:
        now = self._clock.now()
        purpose = purpose_of(plan, standing)
        lines = (Line(LineKind.PRICE, plan.price),)
        order_id = await queries.add_order(
            unit.session,
            code=self._ids.code(CODE_LENGTH),
            member_id=actor.member_id,
            plan_version_id=plan.plan_version_id,
            purpose=purpose,
            state=ORDER.after(ORDER.start, OrderEvent.OFFER),
            version=1,
            lines=queries.lines_to_json(lines),
            due_minor=total(lines).minor,
            received_minor=0,
            refunded_minor=0,
            currency=plan.price.currency,
            refund=membership.facts_of_refund(plan.refund),
            placed_at=now,
            expires_at=now + timedelta(hours=self._payments.manual.order_expires_after),
        )
        order = await queries.open_like(
            unit.session,
            member_id=actor.member_id,
            plan_version_id=plan.plan_version_id,
            purpose=purpose,
        )
        if order is None:
            raise NotFound("order", order_id)
        if order_id is not None:
            await self._check_open(unit, actor)
            await self._record(unit, actor, order, "place")
        return order, order_id is not None

    async def _check_open(self, unit: Unit, actor: Actor) -> None:
        orders = await queries.orders_of(unit.session, actor.member_id)
        if sum(order.is_open for order in orders) > MOST_OPEN:
            raise LimitReached("open_orders", MOST_OPEN)

    async def _give(self, unit: Unit, order: Order) -> Order:
        """Fulfil an order that costs nothing."""
        now = self._clock.now()
        await queries.step(unit.session, order.order_id, OrderEvent.PAY, paid_at=now)
        await self._till.fulfil(unit, order, actor_id=order.member_id)
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


def check_wanted(plan: Plan, standing: Standing) -> None:
    """Refuse what would give nothing: a second trial, or more of what never ends."""
    had = {right.tier_code for right in standing.entitlements}
    if plan.period.kind is PeriodKind.TRIAL and had:
        raise Invalid("plan", "trial_used")
    if any(
        right.tier_code == plan.tier_code and right.ends_at is None and right.revoked_at is None
        for right in standing.entitlements
    ):
        raise AlreadyDone("membership")


def purpose_of(plan: Plan, standing: Standing) -> Purpose:
    """Say whether somebody buys a tier for the first time or goes on with it."""
    mine = [right for right in standing.entitlements if right.tier_code == plan.tier_code]
    return Purpose.RENEWAL if mine else Purpose.NEW


def total(lines: tuple[Line, ...]) -> Money:
    """Add up the lines; credits and coupons never make an order cost less than nothing."""
    amount = lines[0].amount
    for line in lines[1:]:
        amount = amount + line.amount
    return max(amount, Money(0, amount.currency), key=lambda money: money.minor)
