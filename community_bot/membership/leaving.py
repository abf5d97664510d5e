"""Leaving for good: every right ends and every space is left, at somebody's own wish."""

from community_bot.delivery.acts import Remove
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.membership import queries
from community_bot.membership import space_queries as spaces
from community_bot.membership.memberships import Memberships
from community_bot.people.roles import Actor
from community_bot.storage.unit import Unit

REASON = "erased"


class Leaving:
    """Ends what a person has in the unit in which they are forgotten."""

    def __init__(self, *, outbox: Outbox, memberships: Memberships) -> None:
        self._outbox = outbox
        self._memberships = memberships

    async def leave(self, unit: Unit, actor: Actor, member_id: int) -> None:
        """End every right, the last first, and take the person out of every space."""
        rights = await queries.entitlements(unit.session, member_id)
        for right in sorted(rights, key=lambda right: right.starts_at, reverse=True):
            if right.revoked_at is None:
                await self._memberships.end(
                    unit, entitlement=right, actor_id=actor.member_id, reason=REASON
                )
        for space in await spaces.spaces_with(unit.session, member_id):
            await self._outbox.put(
                unit,
                Promise(
                    Remove(chat_id=space.chat_id, member_id=member_id),
                    chat_id=space.chat_id,
                    lane=Lane.NOTICE,
                    doubt=Doubt.REPEAT,
                    keep=False,
                ),
            )
