"""Coupons and access codes: made by staff, used by members."""

import unicodedata
from datetime import datetime

from community_bot.billing import coupon_queries as queries
from community_bot.billing import seats
from community_bot.billing.coupon_queries import AccessCode
from community_bot.billing.pricing_rules import Coupon, CouponFor
from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotFound
from community_bot.ids import Ids
from community_bot.membership import queries as membership
from community_bot.membership.facts import Entitlement
from community_bot.membership.memberships import Memberships
from community_bot.membership.rules import Source
from community_bot.money import parse_amount
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

CODE_LENGTH = 8
MOST_IN_BATCH = 500
LONGEST = 32


class Coupons:
    """Codes that make an order cheaper; an order that holds one keeps its price."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def make(
        self,
        actor: Actor,
        *,
        code: str,
        percent: int | None = None,
        amount_text: str | None = None,
        currency: str = "CNY",
        plan_codes: tuple[str, ...] = (),
        audience: CouponFor = CouponFor.ANYONE,
        uses: int | None = None,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
    ) -> Coupon:
        """Make a coupon of a percentage or of an amount."""
        actor.require(Role.FINANCE, Role.ADMIN)
        text = normal_code(code)
        if (percent is None) == (amount_text is None):
            raise Invalid("coupon", "percent_or_amount")
        if percent is not None and not 1 <= percent <= 100:  # noqa: PLR2004  a percentage
            raise Invalid("coupon", "percent")
        amount = None if amount_text is None else parse_amount(amount_text, currency)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            if await queries.hold_coupon(unit.session, text) is not None:
                raise AlreadyDone("coupon")
            await queries.add_coupon(
                unit.session,
                code=text,
                percent=percent,
                amount_minor=amount.minor if amount else None,
                currency=amount.currency if amount else None,
                plan_codes=list(plan_codes),
                audience=audience,
                uses=uses,
                starts_at=starts_at,
                ends_at=ends_at,
                made_by=actor.member_id,
                made_at=now,
            )
            await _record(unit, actor, "make", "coupon", text, at=now)
            made = await queries.hold_coupon(unit.session, text)
            if made is None:
                raise NotFound("coupon", text)
            await unit.commit()
        return made

    async def all(self, actor: Actor) -> list[tuple[Coupon, int]]:
        """Return every coupon with how often it is used or held."""
        actor.require(Role.FINANCE, Role.ADMIN)
        async with self._storage.read() as session:
            return await queries.coupons(session)

    async def disable(self, actor: Actor, *, code: str) -> None:
        actor.require(Role.FINANCE, Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            now = self._clock.now()
            if not await queries.disable(unit.session, normal_code(code), now=now):
                raise NotFound("coupon", code)
            await _record(unit, actor, "disable", "coupon", code, at=now)
            await unit.commit()


class AccessCodes:
    """Codes that give a membership: made by staff in batches, or bought as a gift."""

    def __init__(
        self, storage: Storage, clock: Clock, *, ids: Ids, memberships: Memberships
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._memberships = memberships

    async def make(
        self,
        actor: Actor,
        *,
        plan_code: str,
        count: int,
        note: str,
        expires_at: datetime | None = None,
    ) -> list[AccessCode]:
        """Make codes for people who paid elsewhere; the note says where."""
        actor.require(Role.FINANCE)
        if not 1 <= count <= MOST_IN_BATCH:
            raise LimitReached("codes", MOST_IN_BATCH)
        if not note.strip():
            raise Invalid("note", "empty")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            plan = await membership.newest_plan(unit.session, plan_code)
            if plan is None:
                raise NotFound("plan", plan_code)
            made = [
                await queries.add_code(
                    unit.session,
                    code=self._ids.code(CODE_LENGTH),
                    plan_version_id=plan.plan_version_id,
                    source=Source.CODE,
                    made_by=actor.member_id,
                    made_at=now,
                    expires_at=expires_at,
                    note=note.strip(),
                )
                for _ in range(count)
            ]
            await _record(
                unit, actor, "make", "access_codes", plan_code, at=now, reason=note.strip()
            )
            await unit.commit()
        return made

    async def of_order(self, actor: Actor, *, order_id: int) -> AccessCode:
        """Return the code of a gift that the actor bought."""
        async with self._storage.read() as session:
            found = await queries.code_of_order(session, order_id)
        if found is None or found.made_by != actor.member_id:
            raise NotFound("access_code", order_id)
        return found

    async def redeem(self, actor: Actor, *, code: str) -> Entitlement:
        """Have what a code gives. Nobody redeems what they bought as a gift."""
        text = normal_code(code)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            found = await queries.code(unit.session, text)
            if found is None or found.voided_at is not None:
                raise NotFound("access_code", text)
            if found.expires_at is not None and found.expires_at < now:
                raise Invalid("access_code", "over")
            if found.source is Source.GIFT and found.made_by == actor.member_id:
                raise Invalid("access_code", "own_gift")
            plan = await membership.plan(unit.session, found.plan_version_id)
            tier = await membership.tier(unit.session, plan.tier_code) if plan else None
            if plan is None or tier is None:
                raise NotFound("plan", found.plan_version_id)
            await seats.check(unit, tier, actor.member_id, now=now)
            if not await queries.redeem(
                unit.session, found.access_code_id, by=actor.member_id, now=now
            ):
                raise AlreadyDone("access_code", at=found.redeemed_at)
            entitlement = await self._memberships.grant(
                unit,
                member_id=actor.member_id,
                plan=plan,
                source=found.source,
                source_key=str(found.access_code_id),
                actor_id=actor.member_id,
            )
            await unit.commit()
        return entitlement


def normal_code(text: str) -> str:
    """Return a code as it is compared: upper case, no full width, no spaces people put in."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper().replace("-", "")
    if not plain or len(plain) > LONGEST or not plain.isalnum():
        raise Invalid("code", "malformed")
    return plain


async def _record(
    unit: Unit,
    actor: Actor,
    action: str,
    subject: str,
    key: str,
    *,
    at: datetime,
    reason: str | None = None,
) -> None:
    await journal.record(
        unit,
        at=at,
        actor_id=actor.member_id,
        action=action,
        subject=subject,
        subject_key=key,
        reason=reason,
    )
