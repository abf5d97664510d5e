"""Imports: members who paid before there was a bot, taken over whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.membership import access_queries as access
from community_bot.membership import admission_queries as claims
from community_bot.membership import import_rules as rules
from community_bot.membership import queries
from community_bot.membership.facts import Entitlement
from community_bot.membership.import_rules import Fault, Imported
from community_bot.membership.memberships import Memberships, derive
from community_bot.membership.rules import Source, last_second
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

NO_REMOVALS = timedelta(days=14)
HEADING = ("member_id", "claim", "tier", "until", "note", "phase")


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. With a fault or a conflict it does nothing."""

    rows: tuple[Imported, ...]
    faults: tuple[Fault, ...]
    conflicts: tuple[Fault, ...]
    over: int

    @property
    def is_clean(self) -> bool:
        return not self.faults and not self.conflicts


class Imports:
    """Previews, takes over, lets people claim what is theirs, and writes the list out again."""

    def __init__(self, storage: Storage, clock: Clock, *, memberships: Memberships) -> None:
        self._storage = storage
        self._clock = clock
        self._memberships = memberships

    async def preview(self, actor: Actor, *, text: str) -> Preview:
        """Say what an import would do, and do none of it."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await self._preview(session, text)

    async def take_over(self, actor: Actor, *, text: str) -> Preview:
        """Take a clean list over in one go; then nobody is removed for fourteen days.

        Raises Invalid, and changes nothing, for a list with faults or conflicts.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._storage.read() as session:
            preview = await self._preview(session, text)
        _check_clean(preview)
        rows = preview.rows
        async with self._storage.work(actor.cause) as unit:
            # Read again what somebody else may have changed meanwhile; the text is as it was.
            found = await self._conflicts(unit.session, rows)
            _check_clean(replace(preview, conflicts=tuple(found)))
            await self._grant(unit, actor, [row for row in rows if row.member_id is not None])
            await self._keep_claims(unit, actor, preview)
            await access.pause(
                unit.session, "import", until=now + NO_REMOVALS, by=actor.member_id, now=now
            )
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="import",
                subject="members",
                subject_key=len(rows),
            )
            await unit.commit()
        return preview

    async def claim(self, actor: Actor, *, number: str) -> Entitlement:
        """Give somebody the membership that was imported under their number, once."""
        claim = rules.normal_claim(number)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            found = await claims.claim(unit.session, claim) if claim else None
            if found is None:
                raise NotFound("claim", number)
            if not await claims.take_claim(
                unit.session, found.claim_id, by=actor.member_id, now=now
            ):
                raise AlreadyDone("claim", at=found.claimed_at)
            entitlement = await self._memberships.grant_until(
                unit,
                member_id=actor.member_id,
                tier_code=found.tier_code,
                plan_version_id=None,
                starts_at=now,
                ends_at=found.ends_at,
                source=Source.IMPORT,
                source_key=f"claim:{found.claim_id}",
                actor_id=found.imported_by,
                reason=found.note or "import",
            )
            await unit.commit()
        return entitlement

    async def export(self, actor: Actor) -> str:
        """Write who has, or had, which tier until when, and what nobody has claimed yet.

        The list can be imported again. A right that was taken back is left out.
        """
        actor.require(Role.ADMIN)
        now, zone = self._clock.now(), self._memberships.zone
        async with self._storage.read() as session:
            tiers = {tier.code: tier for tier, _ in await queries.tiers(session)}
            rights = await queries.every_entitlement(session)
            unclaimed = await claims.unclaimed(session)
        lines: list[tuple[object, ...]] = []
        for member_id, own in groupby(rights, key=lambda right: right.member_id):
            held = list(own)
            phase = derive(member_id, held, tiers, now).phase.value
            for last in _last_of_each_tier(held):
                until = _day_of(last.ends_at, zone)
                lines.append((member_id, "", last.tier_code, until, last.reason, phase))
        for claim in unclaimed:
            until = _day_of(claim.ends_at, zone)
            lines.append(("", claim.claim, claim.tier_code, until, claim.note, ""))
        return rules.write(lines, HEADING)

    async def _preview(self, session: AsyncSession, text: str) -> Preview:
        tiers = {tier.code for tier, gone in await queries.tiers(session) if gone is None}
        rows, faults = rules.read(text, tiers=tiers)
        today = self._clock.now().astimezone(self._memberships.zone).date()
        return Preview(
            rows=tuple(rows),
            faults=tuple(faults),
            conflicts=tuple(await self._conflicts(session, rows)),
            over=sum(row.until is not None and row.until < today for row in rows),
        )

    async def _conflicts(self, session: AsyncSession, rows: Sequence[Imported]) -> list[Fault]:
        """Find people who have the tier already, and numbers that were imported before."""
        known = await claims.known_claims(session, [row.claim for row in rows if row.claim])
        seated: dict[str, set[int]] = {}
        conflicts = []
        for row in rows:
            if row.tier_code not in seated:
                seated[row.tier_code] = await queries.seated(
                    session, row.tier_code, now=self._clock.now()
                )
            if row.member_id in seated[row.tier_code]:
                conflicts.append(Fault(row.line, "member_id", "has_it"))
            if row.claim in known:
                conflicts.append(Fault(row.line, "claim", "known"))
        return conflicts

    async def _grant(self, unit: Unit, actor: Actor, rows: Sequence[Imported]) -> None:
        """Give every right of the list in a few statements: nobody else writes meanwhile."""
        rights = [self._right(actor, row) for row in rows]
        numbers = await queries.add_entitlements(unit.session, rights)
        await journal.record_many(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action="grant",
            subject="member",
            entries=[
                (
                    right["member_id"],
                    right["reason"],
                    {
                        "entitlement": number,
                        "tier": right["tier_code"],
                        "until": right["ends_at"] and right["ends_at"].isoformat(),
                        "source": f"{Source.IMPORT.value}:{right['source_key']}",
                    },
                )
                for number, right in zip(numbers, rights, strict=True)
            ],
        )
        await access.withdraw_removals(unit.session, [right["member_id"] for right in rights])

    def _right(self, actor: Actor, row: Imported) -> dict[str, Any]:
        now = self._clock.now()
        ends_at = _end_of(row, self._memberships.zone)
        return {
            "member_id": row.member_id,
            "tier_code": row.tier_code,
            "plan_version_id": None,
            "source": Source.IMPORT,
            "source_key": f"{row.member_id}:{row.tier_code}:{now:%Y%m%d%H%M%S}",
            "starts_at": min(now, ends_at) if ends_at else now,
            "ends_at": ends_at,
            "granted_by": actor.member_id,
            "reason": row.note or "import",
            "made_at": now,
        }

    async def _keep_claims(self, unit: Unit, actor: Actor, preview: Preview) -> None:
        zone = self._memberships.zone
        await claims.add_claims(
            unit.session,
            [
                {
                    "claim": row.claim,
                    "tier_code": row.tier_code,
                    "ends_at": _end_of(row, zone),
                    "note": row.note,
                    "imported_by": actor.member_id,
                    "imported_at": self._clock.now(),
                }
                for row in preview.rows
                if row.claim is not None
            ],
        )


def _check_clean(preview: Preview) -> None:
    """Refuse a list with a fault or a conflict, and an empty one."""
    if not preview.is_clean or not preview.rows:
        raise Invalid("import", "not_clean", faults=len(preview.faults))


def _end_of(row: Imported, zone: ZoneInfo) -> datetime | None:
    return None if row.until is None else last_second(row.until, zone)


def _day_of(ends_at: datetime | None, zone: ZoneInfo) -> str:
    return rules.FOREVER if ends_at is None else ends_at.astimezone(zone).date().isoformat()


def _last_of_each_tier(rights: Iterable[Entitlement]) -> list[Entitlement]:
    """Return of each tier the right that holds longest, without what was taken back."""
    last: dict[str, Entitlement] = {}
    for right in rights:
        if right.revoked_at is None:
            known = last.get(right.tier_code, right)
            last[right.tier_code] = max(known, right, key=_length)
    return list(last.values())


def _length(right: Entitlement) -> tuple[bool, datetime]:
    return right.ends_at is None, right.ends_at or right.starts_at
