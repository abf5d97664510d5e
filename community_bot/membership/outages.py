"""Outages: who was away, or works from an old copy, does not begin by removing people.

After a long outage nobody is removed for a day. After a backup was put back nobody is removed
until an admin has seen who it would be: what was paid since the copy is unknown to it. They are
not asked before the Stars that came since have been looked for.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.config.payments import Payments
from community_bot.delivery.lanes import Lane
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid
from community_bot.membership import access_queries as access
from community_bot.membership.notices import RemovalsLocked
from community_bot.membership.removals import IsIn, Removals, SpaceReport
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.people.telling import tell
from community_bot.storage import journal, leases
from community_bot.storage.unit import Storage, Unit

# Telegram keeps updates for a day (core.telegram.org/bots/api#getting-updates): after that we
# may have missed who paid, who came back and who asked.
LONG = timedelta(hours=24)
NO_REMOVALS = timedelta(hours=24)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lock:
    """That nobody is removed since a backup was put back, and what would happen without it."""

    restored_at: datetime | None
    paused_until: datetime | None  # for another reason, which goes on
    reports: list[SpaceReport]
    stars_are_unseen: bool  # while they are, removals cannot go on


class Outages:
    """Looks back before the program begins to work: the leases tell when it last did."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        removals: Removals,
        rails: Payments,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._removals = removals
        self._takes_stars = rails.stars.enabled

    async def look_back(self) -> timedelta | None:
        """Let nobody be removed for a day after a long outage; return how long it was, if it was.

        To be asked before this process takes a lease of its own.
        """
        now = self._clock.now()
        await self.remind(now)
        last = await leases.last_held(self._storage)
        if last is None or now - last <= LONG:
            return None
        until = now + NO_REMOVALS
        async with self._storage.work() as unit:
            await self._removals.pause_in(unit, until=until, reason="outage", by=None, now=now)
            await _withdraw(unit)
            await journal.record(
                unit,
                at=now,
                actor_id=None,
                action="pause",
                subject="removals",
                subject_key="outage",
                before={"last_at": last.isoformat()},
                after={"until": until.isoformat()},
            )
            await unit.commit()
        log.warning("away since %s: nobody is removed before %s", last, until)
        return now - last

    async def remind(self, now: datetime) -> None:
        """Say at start, and once a week, that a person has to let removals go on."""
        async with self._storage.work() as unit:
            restored_at = await access.restored_at(unit.session)
            if restored_at is None:
                return
            await _withdraw(unit)
            admins = await self._people.with_roles_in(unit.session, Role.ADMIN)
            week = (now - restored_at).days // 7
            key = f"removals_locked:{restored_at:%Y%m%d%H%M%S}:{week}"
            told = RemovalsLocked(restored_at)
            await tell(self._outbox, unit, admins, told, key=key, lane=Lane.NOTICE)
            await unit.commit()

    async def lock(self, actor: Actor, is_in: IsIn) -> Lock:
        """Say what would happen if removals went on now; nothing does."""
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._storage.read() as session:
            restored_at = await access.restored_at(session)
            paused_until = await access.paused_until(session, now=now, but=access.OF_RESTORE)
            is_unseen = await self._waits_for_stars(session)
        reports = await self._removals.plan(now, is_in, but=access.OF_RESTORE)
        return Lock(restored_at, paused_until, reports, is_unseen)

    async def unlock(self, actor: Actor) -> datetime | None:
        """Let removals go on; return until when they still wait for another reason.

        Raises Invalid while nobody has looked yet which Stars came since.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            restored_at = await access.restored_at(unit.session)
            if await self._waits_for_stars(unit.session):
                raise Invalid("removals", "stars_unseen")
            if await access.lift(unit.session, *access.OF_RESTORE, now=now):
                await journal.record(
                    unit,
                    at=now,
                    actor_id=actor.member_id,
                    action="lift",
                    subject="removals",
                    subject_key=access.RESTORED,
                    before={"restored_at": restored_at and restored_at.isoformat()},
                    after={"lifted_at": now.isoformat()},
                )
            waiting = await access.paused_until(unit.session, now=now)
            await unit.commit()
        return waiting

    async def stars_are_unseen(self) -> bool:
        """Say whether all Stars have to be looked through: the database is older than they are."""
        async with self._storage.read() as session:
            return await access.stars_are_unseen(session)

    async def stars_seen(self) -> None:
        """Note that whatever Stars came since a restore are in the books now."""
        async with self._storage.work() as unit:
            await access.lift(unit.session, access.STARS_UNSEEN, now=self._clock.now())
            await unit.commit()

    async def _waits_for_stars(self, session: AsyncSession) -> bool:
        """Say whether removals wait: a community that takes none has no Stars to look for."""
        return self._takes_stars and await access.stars_are_unseen(session)


async def mark_restored(storage: Storage, *, now: datetime) -> None:
    """Note in a database that it was put back from a copy: from now on nobody is removed."""
    async with storage.work() as unit:
        for reason in sorted(access.OF_RESTORE):
            await access.pause(unit.session, reason, until=access.NO_END, by=None, now=now)
        await unit.commit()


async def _withdraw(unit: Unit) -> None:
    """Take back removals that were promised before; whoever has to go is found anew."""
    await access.withdraw_removals(unit.session, await access.waiting_removals(unit.session))
