"""Memberships: who has which right, since when and until when."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.membership import access_queries as access
from community_bot.membership import queries, rules
from community_bot.membership.facts import Entitlement, Plan, Standing, Tier
from community_bot.membership.rules import Phase, Source
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class Memberships:
    """Derives where people stand, and grants and ends their rights inside others' units."""

    def __init__(self, storage: Storage, clock: Clock, *, zone: ZoneInfo) -> None:
        self._storage = storage
        self._clock = clock
        self.zone = zone
        # Called in the unit that gave or ended a right of somebody.
        self.changed: Callable[[Unit, int], Awaitable[None]] = _nobody_follows

    async def standing(self, member_id: int, now: datetime | None = None) -> Standing:
        """Return where a person stands now, or at another moment."""
        async with self._storage.read() as session:
            return await self.standing_in(session, member_id, now or self._clock.now())

    async def standing_in(self, session: AsyncSession, member_id: int, now: datetime) -> Standing:
        """Return the same inside a unit of work."""
        rights = await queries.entitlements(session, member_id)
        tiers = {tier.code: tier for tier, _ in await queries.tiers(session)}
        return derive(member_id, rights, tiers, now)

    async def standings_in(
        self, session: AsyncSession, member_ids: Collection[int], now: datetime
    ) -> dict[int, Standing]:
        """Return where many people stand, in few questions."""
        rights = await queries.entitlements_of(session, member_ids)
        tiers = {tier.code: tier for tier, _ in await queries.tiers(session)}
        return {one: derive(one, held, tiers, now) for one, held in rights.items()}

    async def rank_of(self, member_id: int) -> int:
        """Say how high the tier of a person is, for rooms that know no memberships."""
        tier = (await self.standing(member_id)).tier
        return tier.rank if tier is not None else 0

    async def is_member_in(self, session: AsyncSession, member_id: int, now: datetime) -> bool:
        """Say whether a membership holds, without reading what its tier is."""
        return rules.phase_of(await queries.entitlements(session, member_id), now).is_held

    async def of(self, member_id: int) -> list[Entitlement]:
        """Return every right a person ever had, oldest first."""
        async with self._storage.read() as session:
            return await queries.entitlements(session, member_id)

    async def grant(
        self,
        unit: Unit,
        *,
        member_id: int,
        plan: Plan,
        source: Source,
        source_key: str,
        actor_id: int | None,
        reason: str | None = None,
    ) -> Entitlement:
        """Give a plan's period, after what the person has of that tier already.

        Part of the caller's unit. The same source grants once: AlreadyDone the second time.
        """
        begins_at, ends_at = await self.term_in(unit.session, member_id, plan)
        return await self.grant_until(
            unit,
            member_id=member_id,
            tier_code=plan.tier_code,
            plan_version_id=plan.plan_version_id,
            starts_at=begins_at,
            ends_at=ends_at,
            source=source,
            source_key=source_key,
            actor_id=actor_id,
            reason=reason,
        )

    async def term_in(
        self, session: AsyncSession, member_id: int, plan: Plan
    ) -> tuple[datetime, datetime | None]:
        """Return from when until when a plan would hold, after what the person has already."""
        rights = await queries.entitlements(session, member_id)
        begins_at = rules.begin_of(rights, plan.tier_code, self._clock.now())
        if begins_at is None:
            raise AlreadyDone("membership")
        ends_at = rules.end_of(plan.period, begins_at, self.zone)
        if ends_at is not None and ends_at <= begins_at:
            raise Invalid("plan", "over", ends_at=ends_at)
        return begins_at, ends_at

    async def grant_until(
        self,
        unit: Unit,
        *,
        member_id: int,
        tier_code: str,
        plan_version_id: int | None,
        starts_at: datetime,
        ends_at: datetime | None,
        source: Source,
        source_key: str,
        actor_id: int | None,
        reason: str | None = None,
    ) -> Entitlement:
        """Give a right from-until as it is said: imports, transfers and grants by hand."""
        now = self._clock.now()
        entitlement_id = await queries.add_entitlement(
            unit.session,
            member_id=member_id,
            tier_code=tier_code,
            plan_version_id=plan_version_id,
            source=source,
            source_key=source_key,
            starts_at=starts_at,
            ends_at=ends_at,
            granted_by=actor_id,
            reason=reason,
            made_at=now,
        )
        await journal.record(
            unit,
            at=now,
            actor_id=actor_id,
            action="grant",
            subject="member",
            subject_key=member_id,
            reason=reason,
            after={
                "entitlement": entitlement_id,
                "tier": tier_code,
                "until": ends_at and ends_at.isoformat(),
                "source": f"{source.value}:{source_key}",
            },
        )
        found = await queries.entitlement_from(unit.session, source.value, source_key)
        if found is None:
            raise NotFound("entitlement", entitlement_id)
        await access.withdraw_removals(unit.session, [member_id])
        await self.changed(unit, member_id)
        return found

    async def end(
        self, unit: Unit, *, entitlement: Entitlement, actor_id: int | None, reason: str
    ) -> bool:
        """End a right at once; what was to follow it moves up, so that no day is lost."""
        now = self._clock.now()
        if not await queries.revoke(
            unit.session, entitlement.entitlement_id, at=now, reason=reason
        ):
            return False
        await self._close_gap(unit, entitlement, now)
        await journal.record(
            unit,
            at=now,
            actor_id=actor_id,
            action="end",
            subject="member",
            subject_key=entitlement.member_id,
            reason=reason,
            before={"entitlement": entitlement.entitlement_id, "tier": entitlement.tier_code},
        )
        await self.changed(unit, entitlement.member_id)
        return True

    async def _close_gap(self, unit: Unit, ended: Entitlement, now: datetime) -> None:
        rights = await queries.entitlements(unit.session, ended.member_id)
        for right, starts_at, ends_at in rules.moved_up(rights, ended, now, self.zone):
            await queries.move_entitlement(
                unit.session, right.entitlement_id, starts_at=starts_at, ends_at=ends_at
            )


async def _nobody_follows(_unit: Unit, _member_id: int) -> None:
    """Nobody else needs to know."""


def derive(
    member_id: int, rights: list[Entitlement], tiers: dict[str, Tier], now: datetime
) -> Standing:
    """Derive where a person stands from their rights; nothing of it is stored."""
    phase = rules.phase_of(rights, now)
    held = rules.best(rights, now)
    grace = rules.in_grace(rights, now) if phase is Phase.GRACE else None
    shown = grace or held
    free = next((tier for tier in tiers.values() if tier.rank == 0), None)
    open_now = [right for right in rights if rules.is_active(right, now)]
    codes = {right.tier_code for right in [*open_now, *([grace] if grace else [])]}
    return Standing(
        member_id=member_id,
        phase=phase,
        tier=tiers[shown.tier_code] if shown else free,
        until=_until(rights, held, grace, now),
        grace_until=grace.ends_at + rules.GRACE if grace and grace.ends_at else None,
        opens=frozenset().union(
            *(tiers[code].opens for code in codes), free.opens if free else frozenset()
        ),
        entitlements=tuple(rights),
    )


def _until(
    rights: list[Entitlement], held: Entitlement | None, grace: Entitlement | None, now: datetime
) -> datetime | None:
    if grace is not None:
        return grace.ends_at
    return rules.until(rights, held.tier_code, now) if held is not None else None
