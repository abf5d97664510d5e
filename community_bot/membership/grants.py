"""Grants: memberships given, ended and moved by hand, each with a reason that is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotAllowed, NotFound
from community_bot.membership import queries
from community_bot.membership.admission_notices import (
    MembershipEnded,
    MembershipGranted,
    MembershipMoved,
)
from community_bot.membership.facts import Entitlement, Plan, Tier
from community_bot.membership.memberships import Memberships
from community_bot.membership.rules import Source
from community_bot.people import queries as people
from community_bot.people.roles import Actor, Role
from community_bot.people.telling import tell, tell_one
from community_bot.storage.unit import Storage, Unit

BETWEEN_MOVES = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an act would give, end or move: shown before anybody confirms it."""

    tier: Tier
    starts_at: datetime
    ends_at: datetime | None


class Grants:
    """What a person decides about memberships, outside of any order."""

    def __init__(
        self, storage: Storage, clock: Clock, *, outbox: Outbox, memberships: Memberships
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._memberships = memberships
        self.moved: Callable[[Unit, int, int], Awaitable[None]] | None = None

    async def would_give(
        self, actor: Actor, *, member_id: int, plan_code: str, reason: str
    ) -> Prospect:
        """Say what `give` would give, and refuse what it would refuse."""
        _check(actor, member_id, reason)
        async with self._storage.read() as session:
            plan = await _plan(session, plan_code)
            tier = await _tier(session, plan.tier_code)
            begins_at, ends_at = await self._memberships.term_in(session, member_id, plan)
        return Prospect(tier, begins_at, ends_at)

    async def would_end(
        self, actor: Actor, *, member_id: int, entitlement_id: int, reason: str
    ) -> Prospect:
        """Say which right `end` would end."""
        _check(actor, member_id, reason)
        async with self._storage.read() as session:
            right = await _right(session, member_id, entitlement_id)
            tier = await _tier(session, right.tier_code)
        return Prospect(tier, right.starts_at, right.ends_at)

    async def would_move(
        self, actor: Actor, *, from_id: int, to_id: int, reason: str
    ) -> list[Prospect]:
        """Say which rights `move` would move."""
        _check_move(actor, from_id, to_id, reason)
        async with self._storage.read() as session:
            return [
                Prospect(await _tier(session, right.tier_code), right.starts_at, right.ends_at)
                for right in await self._movable(session, from_id, to_id)
            ]

    async def give(
        self, actor: Actor, *, member_id: int, plan_code: str, reason: str
    ) -> Entitlement:
        """Give somebody else a plan's period; the same again on one day is AlreadyDone."""
        _check(actor, member_id, reason)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            plan = await _plan(unit.session, plan_code)
            key = f"{member_id}:{plan_code}:{now:%Y%m%d}"
            if await queries.entitlement_from(unit.session, Source.GRANT.value, key) is not None:
                raise AlreadyDone("grant")
            entitlement = await self._memberships.grant(
                unit,
                member_id=member_id,
                plan=plan,
                source=Source.GRANT,
                source_key=key,
                actor_id=actor.member_id,
                reason=reason.strip(),
            )
            tier = await _tier(unit.session, plan.tier_code)
            granted = MembershipGranted(tier.name, entitlement.ends_at, reason.strip())
            key = f"granted:{entitlement.entitlement_id}"
            await tell_one(self._outbox, unit, member_id, granted, key=key)
            await unit.commit()
        return entitlement

    async def end(self, actor: Actor, *, member_id: int, entitlement_id: int, reason: str) -> None:
        """End somebody's right at once, and tell them why."""
        _check(actor, member_id, reason)
        async with self._storage.work(actor.cause) as unit:
            right = await _right(unit.session, member_id, entitlement_id)
            if not await self._memberships.end(
                unit, entitlement=right, actor_id=actor.member_id, reason=reason.strip()
            ):
                raise AlreadyDone("entitlement", at=right.revoked_at)
            tier = await _tier(unit.session, right.tier_code)
            ended = MembershipEnded(tier.name, reason.strip())
            key = f"ended:{entitlement_id}"
            await tell_one(self._outbox, unit, member_id, ended, key=key)
            await unit.commit()

    async def move(self, actor: Actor, *, from_id: int, to_id: int, reason: str) -> int:
        """Move every right to a member's new account, once in ninety days; return how many."""
        _check_move(actor, from_id, to_id, reason)
        async with self._storage.work(actor.cause) as unit:
            rights = await self._movable(unit.session, from_id, to_id)
            await self._move(unit, actor, rights, to_id, reason.strip())
            both, key = (from_id, to_id), f"moved:{rights[0].entitlement_id}"
            await tell(self._outbox, unit, both, MembershipMoved(from_id, to_id), key=key)
            if self.moved is not None:
                await self.moved(unit, from_id, to_id)
            await unit.commit()
        return len(rights)

    async def _movable(self, session: AsyncSession, from_id: int, to_id: int) -> list[Entitlement]:
        """Return the rights that may move now; raises DomainError where none may."""
        now = self._clock.now()
        if await people.member(session, to_id) is None:
            raise NotFound("member", to_id)
        rights = [
            right
            for right in await queries.entitlements(session, from_id)
            if right.revoked_at is None and not (right.ends_at and right.ends_at < now)
        ]
        if not rights:
            raise NotFound("membership", from_id)
        if any(_moved_lately(right, now - BETWEEN_MOVES) for right in rights):
            raise LimitReached("moves", BETWEEN_MOVES.days)
        return rights

    async def _move(
        self, unit: Unit, actor: Actor, rights: list[Entitlement], to_id: int, reason: str
    ) -> None:
        """Close each right now and open it again for the new account, the last first.

        In that order nothing that follows moves up meanwhile.
        """
        now = self._clock.now()
        for right in sorted(rights, key=lambda right: right.starts_at, reverse=True):
            if not await self._memberships.end(
                unit, entitlement=right, actor_id=actor.member_id, reason=f"moved to {to_id}"
            ):
                raise AlreadyDone("entitlement")
            await self._memberships.grant_until(
                unit,
                member_id=to_id,
                tier_code=right.tier_code,
                plan_version_id=right.plan_version_id,
                starts_at=max(now, right.starts_at),
                ends_at=right.ends_at,
                source=Source.TRANSFER,
                source_key=str(right.entitlement_id),
                actor_id=actor.member_id,
                reason=reason,
            )


def _check(actor: Actor, member_id: int, reason: str) -> None:
    """Let staff act for others only, and never without a reason."""
    actor.require(Role.ADMIN)
    if actor.member_id == member_id:
        raise NotAllowed("somebody_else")
    if not reason.strip():
        raise Invalid("reason", "empty")


def _check_move(actor: Actor, from_id: int, to_id: int, reason: str) -> None:
    _check(actor, from_id, reason)
    _check(actor, to_id, reason)
    if from_id == to_id:
        raise Invalid("member", "same")


async def _plan(session: AsyncSession, code: str) -> Plan:
    found = await queries.newest_plan(session, code)
    if found is None:
        raise NotFound("plan", code)
    return found


async def _tier(session: AsyncSession, code: str) -> Tier:
    found = await queries.tier(session, code)
    if found is None:
        raise NotFound("tier", code)
    return found


async def _right(session: AsyncSession, member_id: int, entitlement_id: int) -> Entitlement:
    for right in await queries.entitlements(session, member_id):
        if right.entitlement_id == entitlement_id:
            return right
    raise NotFound("entitlement", entitlement_id)


def _moved_lately(right: Entitlement, since: datetime) -> bool:
    return right.source is Source.TRANSFER and since < right.made_at
