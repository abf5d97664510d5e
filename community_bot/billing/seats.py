"""Seats: held and paid ones together are never more than a tier has, and waiting is in order."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import queries
from community_bot.billing import waitlist_queries as waitlist
from community_bot.billing.waitlist_rules import PlaceState
from community_bot.errors import LimitReached
from community_bot.membership import queries as membership
from community_bot.membership.facts import Tier
from community_bot.storage.unit import Unit


async def check(unit: Unit, tier: Tier, member_id: int, *, now: datetime) -> None:
    """Refuse when every seat is taken by somebody else; nobody else counts until we are done."""
    if tier.seats is None:
        return
    await membership.hold_tier(unit.session, tier.code)
    if await is_full(unit.session, tier, member_id, now=now):
        raise LimitReached("seats", tier.seats)


async def is_full(session: AsyncSession, tier: Tier, member_id: int, *, now: datetime) -> bool:
    """Say whether there is no seat for somebody: those before them in line come first."""
    if tier.seats is None:
        return False
    taken = await held(session, tier, now=now)
    if member_id in taken:
        return len(taken - {member_id}) >= tier.seats
    for place in await waitlist.queued(session, tier.code):
        if place.member_id == member_id:
            is_held = place.state is PlaceState.OFFERED
            return not is_held and len(taken) >= tier.seats
        taken.add(place.member_id)
    return len(taken) >= tier.seats


async def held(session: AsyncSession, tier: Tier, *, now: datetime) -> set[int]:
    """Return who has a seat, by a right or by an open order."""
    taken = await membership.seated(session, tier.code, now=now)
    return taken | await queries.holders(session, tier.code)
