"""Reminders: nobody is surprised by the end of a membership."""

from datetime import datetime

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.membership import access_queries as queries
from community_bot.membership import rules
from community_bot.membership.facts import Standing
from community_bot.membership.memberships import Memberships
from community_bot.membership.notices import GraceBegan, MembershipEnding
from community_bot.membership.rules import Phase
from community_bot.storage.unit import Storage, Unit


class Reminders:
    """A chore: safe to run twice and safe to miss; each reminder has a key of its own."""

    def __init__(self, storage: Storage, *, outbox: Outbox, memberships: Memberships) -> None:
        self._storage = storage
        self._outbox = outbox
        self._memberships = memberships

    async def sweep(self, now: datetime) -> int:
        """Promise what is due now; return how many promises were made or repeated in vain."""
        after, before = queries.window(now)
        promised = 0
        async with self._storage.work() as unit:
            for member_id in await queries.ending(unit.session, after=after, before=before):
                standing = await self._memberships.standing_in(unit.session, member_id, now)
                promised += await self._remind(unit, standing, now)
            await unit.commit()
        return promised

    async def _remind(self, unit: Unit, standing: Standing, now: datetime) -> int:
        tier, until = standing.tier, standing.until
        if tier is None or until is None:
            return 0
        if standing.phase is Phase.GRACE:
            grace = GraceBegan(tier.code, tier.name, until, until + rules.GRACE)
            await self._put(unit, standing, grace, grace_key(standing.member_id, tier.code, until))
            return 1
        begun_at = min(
            right.starts_at for right in standing.entitlements if right.tier_code == tier.code
        )
        zone = self._memberships.zone
        due = rules.reminder_due(begun_at, until, now, zone)
        if due is None:
            return 0
        left = (until.astimezone(zone).date() - now.astimezone(zone).date()).days
        ending = MembershipEnding(tier.code, tier.name, until, left)
        key = f"ending:{standing.member_id}:{tier.code}:{until:%Y%m%d}:{due}"
        await self._put(unit, standing, ending, key)
        return 1

    async def _put(self, unit: Unit, standing: Standing, content: object, key: str) -> None:
        await self._outbox.put(
            unit,
            Promise(
                content,
                chat_id=standing.member_id,
                member_id=standing.member_id,
                lane=Lane.NOTICE,
                once_key=key,
                doubt=Doubt.ONCE_MORE,
            ),
        )


def grace_key(member_id: int, tier_code: str, ended_at: datetime) -> str:
    """Return the key under which the end of one membership is told."""
    return f"grace:{member_id}:{tier_code}:{ended_at:%Y%m%d}"
