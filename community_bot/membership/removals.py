"""Removals: who has no right to a space any more is taken out of it, late and carefully.

Nobody is removed who has a right, is in grace, is staff, is in dispute about money, was not
warned, or of whom Telegram does not surely say that they are in the space. A sweep that would
remove more than max(3, 5 %) of a space stops and asks an admin.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.acts import Remove
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.membership import access_queries as access
from community_bot.membership import queries, rules
from community_bot.membership import space_queries as spaces
from community_bot.membership.facts import Space, Standing
from community_bot.membership.memberships import Memberships
from community_bot.membership.notices import RemovalAhead, RemovalsStopped
from community_bot.membership.reminders import grace_key
from community_bot.people.roles import STAFF, Actor, Role
from community_bot.people.service import People
from community_bot.people.telling import notice_to, tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

# Says whether somebody is in a space now; None when Telegram does not say.
IsIn: TypeAlias = Callable[[int, int], Awaitable[bool | None]]
AFTER_WARNING = timedelta(days=1)


class Fate(StrEnum):
    """What a sweep does about one person without a right."""

    REMOVE = "remove"
    WARN = "warn"
    WAIT = "wait"  # warned, and the day is not over
    HELD = "held"
    UNKNOWN = "unknown"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SpaceReport:
    """What a sweep did, or would do, in one space."""

    space: Space
    present: int
    fates: dict[int, Fate]
    is_stopped: bool

    @property
    def removed(self) -> list[int]:
        return [] if self.is_stopped else self.with_fate(Fate.REMOVE)

    def with_fate(self, fate: Fate) -> list[int]:
        return [member_id for member_id, one in self.fates.items() if one is fate]


class Removals:
    """A chore that takes nothing away twice and nothing away in doubt."""

    def __init__(
        self,
        storage: Storage,
        *,
        outbox: Outbox,
        people: People,
        memberships: Memberships,
    ) -> None:
        self._storage = storage
        self._outbox = outbox
        self._people = people
        self._memberships = memberships

    async def sweep(self, now: datetime, is_in: IsIn) -> list[SpaceReport]:
        """Look at every space; warn, wait or remove, and stop where it would be too many."""
        reports = await self.plan(now, is_in)
        for report in reports:
            await self._carry_out(report, now)
        return reports

    async def plan(
        self, now: datetime, is_in: IsIn, *, but: Collection[str] = ()
    ) -> list[SpaceReport]:
        """Say what a sweep would do, and do none of it; `but` are pauses not to be counted."""
        async with self._storage.read() as session:
            if await access.paused_until(session, now=now, but=but) is not None:
                return []
            found = [
                (space, await spaces.present(session, space.chat_id))
                for space in await self._guarded(session)
            ]
        return [await self._plan_space(space, present, now, is_in) for space, present in found]

    async def confirm(
        self, actor: Actor, now: datetime, is_in: IsIn, *, chat_id: int
    ) -> SpaceReport | None:
        """Let an admin say yes to a sweep of one space that was stopped."""
        actor.require(Role.ADMIN)
        for report in await self.plan(now, is_in):
            if report.space.chat_id == chat_id:
                await self._remove(report, now, actor.member_id)
                return report
        return None

    async def pause_in(
        self, unit: Unit, *, until: datetime, reason: str, by: int | None, now: datetime
    ) -> None:
        """Let nobody be removed for a while, as part of somebody else's unit of work."""
        await access.pause(unit.session, reason, until=until, by=by, now=now)

    async def _guarded(self, session: AsyncSession) -> list[Space]:
        """Return the spaces that a paid tier opens; a free one or the desk is not swept."""
        tiers = [tier for tier, _ in await queries.tiers(session)]
        paid = frozenset().union(*(tier.opens for tier in tiers if tier.rank > 0))
        free = frozenset().union(*(tier.opens for tier in tiers if tier.rank == 0))
        return [space for space in await spaces.spaces(session) if space.role in paid - free]

    async def _plan_space(
        self, space: Space, present: Sequence[int], now: datetime, is_in: IsIn
    ) -> SpaceReport:
        kept = set(await self._people.with_roles(*STAFF))
        async with self._storage.read() as session:
            kept |= await self._entitled(session, space, now)
            looked_at = [member_id for member_id in present if member_id not in kept]
            fates = await self._fates(session, space, looked_at, now)
        for member_id, fate in fates.items():
            if fate is Fate.REMOVE:
                fates[member_id] = _after_looking(await is_in(space.chat_id, member_id))
        ready = sum(fate is Fate.REMOVE for fate in fates.values())
        return SpaceReport(
            space=space,
            present=len(present),
            fates=fates,
            is_stopped=ready > rules.most_removed(len(present)),
        )

    async def _entitled(self, session: AsyncSession, space: Space, now: datetime) -> set[int]:
        """Return everybody with a right to the space, now or to come, in a few large questions."""
        found: set[int] = set()
        for tier, _ in await queries.tiers(session):
            if space.role in tier.opens:
                found |= await queries.seated(session, tier.code, now=now)
        return found

    async def _fates(
        self, session: AsyncSession, space: Space, member_ids: Sequence[int], now: datetime
    ) -> dict[int, Fate]:
        """Return what becomes of those without a right to the space, in a few large questions."""
        standings = await self._memberships.standings_in(session, member_ids, now)
        without = {
            member_id: warnings(space, standing)
            for member_id, standing in standings.items()
            if space.role not in standing.opens
        }
        held = await access.held(session)
        warned = await access.warned_at(session, set().union(*without.values()))
        fates = {}
        for member_id, keys in without.items():
            first = min((warned[key] for key in keys if key in warned), default=None)
            fates[member_id] = Fate.HELD if member_id in held else _after_warning(first, now)
        return fates

    async def _carry_out(self, report: SpaceReport, now: datetime) -> None:
        async with self._storage.work() as unit:
            await self._warn(unit, report.space, report.with_fate(Fate.WARN), now)
            for member_id in report.with_fate(Fate.GONE):
                await spaces.save_presence(
                    unit.session, report.space.chat_id, member_id, is_in=False, now=now
                )
            if report.is_stopped:
                await self._ask_admins(unit, report, now)
            await unit.commit()
        if not report.is_stopped:
            await self._remove(report, now, None)

    async def _remove(self, report: SpaceReport, now: datetime, actor_id: int | None) -> None:
        """Remove who, read again in this very transaction, has still no right to be there."""
        async with self._storage.work() as unit:
            staff = set(await self._people.with_roles_in(unit.session, *STAFF))
            paused = await access.paused_until(unit.session, now=now)
            ready = report.with_fate(Fate.REMOVE)
            fates = await self._fates(unit.session, report.space, ready, now)
            for member_id, fate in fates.items():
                if fate is Fate.REMOVE and member_id not in staff and paused is None:
                    await self._take_out(unit, report.space, member_id, now, actor_id)
            await unit.commit()

    async def _take_out(
        self, unit: Unit, space: Space, member_id: int, now: datetime, actor_id: int | None
    ) -> None:
        await self._outbox.put(
            unit,
            Promise(
                Remove(chat_id=space.chat_id, member_id=member_id),
                chat_id=space.chat_id,
                member_id=member_id,
                once_key=f"remove:{space.chat_id}:{member_id}:{now:%Y%m%d}",
                doubt=Doubt.REPEAT,
                keep=False,  # who is to go is decided anew each time, never sent late
            ),
        )
        await journal.record(
            unit,
            at=now,
            actor_id=actor_id,
            action="remove",
            subject="member",
            subject_key=member_id,
            after={"space": space.chat_id},
        )

    async def _warn(
        self, unit: Unit, space: Space, member_ids: Sequence[int], now: datetime
    ) -> None:
        word = RemovalAhead(space.chat_id, space.title, removal_at=now + AFTER_WARNING)
        standings = await self._memberships.standings_in(unit.session, member_ids, now)
        promises = [
            notice_to(member_id, word, key=warnings(space, standing)[0], lane=Lane.NOTICE)
            for member_id, standing in standings.items()
        ]
        await self._outbox.put(unit, *promises)

    async def _ask_admins(self, unit: Unit, report: SpaceReport, now: datetime) -> None:
        stopped = RemovalsStopped(
            chat_id=report.space.chat_id,
            title=report.space.title,
            would_remove=len(report.with_fate(Fate.REMOVE)),
            present=report.present,
        )
        admins = await self._people.with_roles_in(unit.session, Role.ADMIN)
        key = f"removals_stopped:{report.space.chat_id}:{now:%Y%m%d}"
        await tell(self._outbox, unit, admins, stopped, key=key, lane=Lane.NOTICE)


def warnings(space: Space, standing: Standing) -> list[str]:
    """Return the keys of the warnings that count for this lapse, the space's own first."""
    rights = standing.entitlements
    ended = [min(filter(None, (right.ends_at, right.revoked_at)), default=None) for right in rights]
    last = max(filter(None, ended), default=None)
    since = f"{last:%Y%m%d}" if last else "never"
    own = f"removal:{space.chat_id}:{standing.member_id}:{since}"
    told = [
        grace_key(standing.member_id, right.tier_code, right.ends_at)
        for right in rights
        if right.ends_at is not None and right.ends_at == last
    ]
    return [own, *told]


def _after_warning(warned_at: datetime | None, now: datetime) -> Fate:
    if warned_at is None:
        return Fate.WARN
    return Fate.REMOVE if warned_at + AFTER_WARNING <= now else Fate.WAIT


def _after_looking(seen: bool | None) -> Fate:  # noqa: FBT001  the answer itself, of three values
    if seen is None:
        return Fate.UNKNOWN
    return Fate.REMOVE if seen else Fate.GONE
