"""Quotas: how many questions a member's tier has in a month, and how many are left."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.errors import NotAllowed
from community_bot.membership.facts import Standing, Tier
from community_bot.membership.memberships import Memberships
from community_bot.tickets import quota_queries
from community_bot.tickets.facts import Allowance

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may ask by now: their tier, and what is left of the month."""

    tier: Tier
    allowance: Allowance


class Quotas:
    """Counts by the calendar month of the community's zone."""

    def __init__(self, *, memberships: Memberships) -> None:
        self._memberships = memberships

    async def right_of(self, session: AsyncSession, member_id: int, now: datetime) -> Right:
        """Return what a member may ask; NotAllowed where their tier has no questions at all.

        A tier that says nothing has any number of questions; the free one then has none. Who is
        kept from asking for a while may write all the same: it waits until then.
        """
        standing = await self._memberships.standing_in(session, member_id, now)
        tier = standing.tier
        is_free = not standing.is_member
        if tier is None or tier.questions_per_month == 0:
            raise NotAllowed("questions")
        if is_free and tier.questions_per_month is None:
            raise NotAllowed("questions")
        used = await quota_queries.used(session, member_id, self.month(now))
        allowance = Allowance(used, tier.questions_per_month, self.next_month(now))
        paused = await quota_queries.paused_until(session, member_id, now)
        return Right(tier, allowance if paused is None else self._paused(allowance, paused))

    def _paused(self, allowance: Allowance, until: datetime) -> Allowance:
        until = until.astimezone(self._memberships.zone)
        next_at = max(until, allowance.next_at) if allowance.is_used_up else until
        return replace(allowance, next_at=next_at, paused_until=until)

    async def urgent_in(
        self, session: AsyncSession, member_id: int, now: datetime
    ) -> tuple[int, int]:
        """Return how many more questions of the month may be urgent, and of how many."""
        standing = await self._memberships.standing_in(session, member_id, now)
        return await self.urgent_of(session, standing, now)

    async def urgent_of(
        self, session: AsyncSession, standing: Standing, now: datetime
    ) -> tuple[int, int]:
        """Return the same for whoever stands here."""
        limit = standing.tier.urgent_per_month if standing.tier else 0
        if not limit:
            return 0, 0
        local = now.astimezone(self._memberships.zone)
        since = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        used = await quota_queries.urgent(session, standing.member_id, since)
        return limit - used, limit

    def month(self, now: datetime) -> str:
        return f"{now.astimezone(self._memberships.zone):%Y-%m}"

    def next_month(self, now: datetime) -> datetime:
        """Return the first moment of the month after this one."""
        return next_month(now, self._memberships.zone)


def next_month(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment of the month after this one, in a zone."""
    local = now.astimezone(zone)
    year, month = (local.year + 1, 1) if local.month == DECEMBER else (local.year, local.month + 1)
    return datetime(year, month, 1, tzinfo=zone)
