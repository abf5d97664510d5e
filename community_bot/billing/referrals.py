"""Recommendations, one level deep: days for a friend who paid and stayed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community_bot.billing import queries as orders
from community_bot.billing import referral_queries as queries
from community_bot.billing.facts import Order
from community_bot.billing.referral_notices import ReferralRewarded
from community_bot.billing.referral_queries import Referral
from community_bot.billing.referral_rules import Fate, fate_of
from community_bot.billing.rules import OrderState
from community_bot.billing.telling import tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import NotFound
from community_bot.ids import Ids
from community_bot.membership import access_queries as access
from community_bot.membership.memberships import Memberships
from community_bot.membership.rules import Source, last_second
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

CODE_LENGTH = 8
REFUNDED = (OrderState.REFUNDED, OrderState.PARTLY_REFUNDED)


@dataclass(frozen=True, slots=True)
class Recommending:
    """A member's own code, and what came of it."""

    code: str
    days: int
    came: int
    rewarded: int


class Referrals:
    """Notes who came by whom, and thanks for those who stayed."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        ids: Ids,
        outbox: Outbox,
        memberships: Memberships,
        days: int,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._outbox = outbox
        self._memberships = memberships
        self.days = days  # 0: nothing is given, and nothing is noted

    async def mine(self, actor: Actor) -> Recommending:
        """Return a member's code, made when it is first asked for."""
        self._check_offered()
        actor.require(Role.MEMBER)
        async with self._storage.work(actor.cause) as unit:
            code = await queries.code_of(unit.session, actor.member_id)
            if code is None:
                code = self._ids.code(CODE_LENGTH)
                now = self._clock.now()
                await queries.add_code(unit.session, actor.member_id, code, now=now)
            came, rewarded = await queries.counts(unit.session, actor.member_id)
            await unit.commit()
        return Recommending(code, self.days, came, rewarded)

    async def came(self, actor: Actor, *, code: str) -> bool:
        """Note by whom somebody new came; say whether it was noted.

        Nobody recommends themselves, and who has ordered before is not new.
        """
        if not self.days:
            return False
        async with self._storage.work(actor.cause) as unit:
            referrer_id = await queries.owner_of(unit.session, code)
            rights = await self._memberships.standing_in(
                unit.session, actor.member_id, self._clock.now()
            )
            is_new = not rights.entitlements and not await queries.has_ordered(
                unit.session, actor.member_id
            )
            noted = False
            if referrer_id is not None and referrer_id != actor.member_id and is_new:
                noted = await queries.add(
                    unit.session,
                    friend_id=actor.member_id,
                    referrer_id=referrer_id,
                    now=self._clock.now(),
                )
            await unit.commit()
        return noted

    async def sweep(self, now: datetime) -> int:
        """Thank for friends whose money cannot go back as a whole any more; return how many."""
        if not self.days:
            return 0
        async with self._storage.read() as session:
            found = await queries.open_ones(session)
        rewarded = 0
        for referral in found:
            async with self._storage.work() as unit:
                rewarded += await self._decide(unit, referral, now)
                await unit.commit()
        return rewarded

    async def _decide(self, unit: Unit, referral: Referral, now: datetime) -> bool:
        order_id = await queries.first_paid(unit.session, referral.friend_id)
        order = None if order_id is None else await orders.order(unit.session, order_id)
        if order is None:
            return False
        fate = fate_of(
            paid_at=order.paid_at,
            full_within=timedelta(days=order.refund.full_within_days),
            is_refunded=order.state in REFUNDED,
            is_disputed=referral.friend_id in await access.held(unit.session),
            now=now,
        )
        if fate is Fate.VOID:
            await queries.close(unit.session, referral.referral_id, now=now, is_rewarded=False)
        return fate is Fate.REWARD and await self._reward(unit, referral, order, now)

    async def _reward(self, unit: Unit, referral: Referral, order: Order, now: datetime) -> bool:
        """Add days to what the member has; who has nothing to add to keeps the claim."""
        standing = await self._memberships.standing_in(unit.session, referral.referrer_id, now)
        if not standing.is_member or standing.tier is None or standing.until is None:
            return False
        if not await queries.close(unit.session, referral.referral_id, now=now, is_rewarded=True):
            return False
        zone = self._memberships.zone
        begins_at = max(standing.until, now)
        until = last_second(begins_at.astimezone(zone).date() + timedelta(days=self.days), zone)
        await self._memberships.grant_until(
            unit,
            member_id=referral.referrer_id,
            tier_code=standing.tier.code,
            plan_version_id=None,
            starts_at=begins_at,
            ends_at=until,
            source=Source.REFERRAL,
            source_key=str(referral.referral_id),
            actor_id=None,
        )
        await journal.record(
            unit,
            at=now,
            actor_id=None,
            action="reward_referral",
            subject="member",
            subject_key=referral.referrer_id,
            after={"friend": referral.friend_id, "order": order.order_id, "days": self.days},
        )
        word = ReferralRewarded(days=self.days, until=until)
        key = f"referral:{referral.referral_id}"
        await tell(self._outbox, unit, [referral.referrer_id], word, key=key)
        return True

    def _check_offered(self) -> None:
        if not self.days:
            raise NotFound("referral")
