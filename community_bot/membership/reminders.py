"""Reminders: nobody is surprised by the end of a membership."""

from collections.abc import Awaitable, Callable, Collection
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.membership import access_queries as queries
from community_bot.membership import rules
from community_bot.membership.facts import Standing
from community_bot.membership.memberships import Memberships
from community_bot.membership.notices import GraceBegan, MembershipEnding
from community_bot.membership.rules import Phase
from community_bot.people.telling import notice_to
from community_bot.storage.unit import Storage

IN_ONE_GROUP = 100  # promises in one transaction, so that none holds the writer for long


class Reminders:
    """A chore: safe to run twice and safe to miss; each reminder has a key of its own."""

    def __init__(
        self,
        storage: Storage,
        *,
        outbox: Outbox,
        memberships: Memberships,
        is_read_only: bool = False,
    ) -> None:
        self._storage = storage
        self._outbox = outbox
        self._memberships = memberships
        self._is_read_only = is_read_only
        # Says whose tier is charged for again by itself: nobody has to be reminded of it.
        self.renewing: Callable[
            [AsyncSession, Collection[int]], Awaitable[AbstractSet[tuple[int, str]]]
        ] = _nobody_renews

    async def sweep(self, now: datetime) -> int:
        """Promise what is due now and was not promised before; return how much that was.

        What is due is found without holding the writer, and promised in small groups.
        """
        after, before = queries.window(now)
        due: dict[str, Promise] = {}
        async with self._storage.read() as session:
            members = await queries.ending(session, after=after, before=before)
            standings = await self._memberships.standings_in(session, members, now)
            renewing = await self.renewing(session, members)
            for standing in standings.values():
                if _renews(standing, renewing):
                    continue
                promise = self._due(standing, now)
                if promise is not None and promise.once_key is not None:
                    due[promise.once_key] = promise
            known = await queries.promised(session, due)
        wanted = [promise for key, promise in due.items() if key not in known]
        for start in range(0, len(wanted), IN_ONE_GROUP):
            async with self._storage.work() as unit:
                await self._outbox.put(unit, *wanted[start : start + IN_ONE_GROUP])
                await unit.commit()
        return len(wanted)

    def _due(self, standing: Standing, now: datetime) -> Promise | None:
        """Return what a member is to be told now, under a key of its own."""
        tier, until = standing.tier, standing.until
        if tier is None or until is None:
            return None
        if standing.phase is Phase.GRACE:
            grace = GraceBegan(
                tier.code,
                tier.name,
                until,
                until + rules.GRACE,
                is_read_only=self._is_read_only,
            )
            key = grace_key(standing.member_id, tier.code, until)
            return notice_to(standing.member_id, grace, key=key, lane=Lane.NOTICE)
        begun_at = min(
            right.starts_at for right in standing.entitlements if right.tier_code == tier.code
        )
        zone = self._memberships.zone
        due = rules.reminder_due(begun_at, until, now, zone)
        if due is None:
            return None
        left = (until.astimezone(zone).date() - now.astimezone(zone).date()).days
        ending = MembershipEnding(tier.code, tier.name, until, left)
        key = f"ending:{standing.member_id}:{tier.code}:{until:%Y%m%d}:{due}"
        return notice_to(standing.member_id, ending, key=key, lane=Lane.NOTICE)


async def _nobody_renews(
    _session: AsyncSession, _member_ids: Collection[int]
) -> AbstractSet[tuple[int, str]]:
    return frozenset()


def _renews(standing: Standing, renewing: AbstractSet[tuple[int, str]]) -> bool:
    """Say whether what ends goes on by itself; grace is told all the same: no money came."""
    if standing.tier is None or standing.phase is Phase.GRACE:
        return False
    return (standing.member_id, standing.tier.code) in renewing


def grace_key(member_id: int, tier_code: str, ended_at: datetime) -> str:
    """Return the key under which the end of one membership is told."""
    return f"grace:{member_id}:{tier_code}:{ended_at:%Y%m%d}"
