"""The shop window: one plan as somebody sees it before they order, and what it means for them."""

from dataclasses import dataclass

from community_bot.billing import queries, seats, terms_queries
from community_bot.billing.terms_queries import Acceptance
from community_bot.billing.wishes import contained_in, may_be_given
from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.membership import queries as membership
from community_bot.membership.admissions import is_admitted
from community_bot.membership.facts import Offer, Plan, Standing, Tier
from community_bot.membership.memberships import Memberships
from community_bot.membership.tiers import Tiers
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage


@dataclass(frozen=True, slots=True)
class View:
    """A plan that is offered, and what stands between it and this person.

    `contained_in` is a higher tier of theirs that opens all of it already.
    """

    plan: Plan
    tier: Tier
    asks_first: bool
    is_full: bool
    may_be_given: bool
    contained_in: Tier | None


@dataclass(frozen=True, slots=True)
class WaysOn:
    """How somebody can go on: what leads on from what they have, and the plan they paid last."""

    standing: Standing
    offers: tuple[Offer, ...]
    held: Plan | None


class Window:
    """Shows plans; orders nothing."""

    def __init__(
        self, storage: Storage, clock: Clock, *, tiers: Tiers, memberships: Memberships
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._tiers = tiers
        self._memberships = memberships

    async def ways_on(self, actor: Actor) -> WaysOn:
        """Return the offers that are no step down from what the actor has or had."""
        offers = await self._tiers.offers()
        async with self._storage.read() as session:
            standing = await self._memberships.standing_in(
                session, actor.member_id, self._clock.now()
            )
            orders = await queries.orders_of(session, actor.member_id)
        rank = max((right.rank for right in standing.entitlements), default=0)
        return WaysOn(
            standing=standing,
            offers=tuple(offer for offer in offers if offer.tier.rank >= rank),
            held=next((order.plan for order in orders if order.paid_at), None),
        )

    async def accepted_terms(self, actor: Actor) -> Acceptance | None:
        """Return which terms the actor agreed to last, by ordering under them."""
        async with self._storage.read() as session:
            return await terms_queries.newest(session, actor.member_id)

    async def look(self, actor: Actor, *, plan_code: str) -> View:
        """Return a plan that is offered; raises NotFound."""
        now, member_id = self._clock.now(), actor.member_id
        async with self._storage.read() as session:
            plan = await membership.newest_plan(session, plan_code)
            if plan is None or not plan.is_offered:
                raise NotFound("plan", plan_code)
            tier = await membership.tier(session, plan.tier_code)
            if tier is None:
                raise NotFound("tier", plan.tier_code)
            standing = await self._memberships.standing_in(session, member_id, now)
            return View(
                plan=plan,
                tier=tier,
                asks_first=not await is_admitted(session, tier, member_id),
                is_full=await seats.is_full(session, tier, member_id, now=now),
                may_be_given=may_be_given(tier, plan),
                contained_in=contained_in(tier, standing),
            )
