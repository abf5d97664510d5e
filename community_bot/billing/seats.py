"""Seats: held and paid ones together are never more than a tier has."""

from datetime import datetime

from community_bot.billing import queries
from community_bot.errors import LimitReached
from community_bot.membership import queries as membership
from community_bot.membership.facts import Tier
from community_bot.storage.unit import Unit


async def check(unit: Unit, tier: Tier, member_id: int, *, now: datetime) -> None:
    """Refuse when every seat is taken by somebody else; nobody else counts until we are done."""
    if tier.seats is None:
        return
    await membership.hold_tier(unit.session, tier.code)
    taken = await membership.seated(unit.session, tier.code, now=now)
    taken |= await queries.holders(unit.session, tier.code)
    if len(taken - {member_id}) >= tier.seats:
        raise LimitReached("seats", tier.seats)
