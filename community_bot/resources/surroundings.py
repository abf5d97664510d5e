"""What the room asks of its neighbours: tiers, places, work days, audiences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.business_time.service import BusinessTime
from community_bot.clock import Clock
from community_bot.membership import space_queries
from community_bot.membership.facts import Space
from community_bot.membership.memberships import Memberships
from community_bot.membership.tiers import Tiers
from community_bot.people.service import People
from community_bot.resources.audience_queries import Eyes, HasAsked
from community_bot.resources.audience_rules import Audience, Who
from community_bot.resources.facts import Composition, Level, Place
from community_bot.resources.schedule_rules import Workday

ARCHIVE = "archive"  # the role of the channel in which resources are kept
STAFF_PLACES = frozenset({"desk", "mentors", ARCHIVE})  # nobody but staff looks in there


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The community around the room, asked when it is needed."""

    clock: Clock
    zone: ZoneInfo
    people: People
    hours: BusinessTime
    tiers: Tiers
    memberships: Memberships
    has_asked: HasAsked
    per_second: float
    two_person_from: int
    protects_all: bool = False  # nothing that is posted may be forwarded, whatever a post says

    def eyes(self, now: datetime | None = None) -> Eyes:
        """Return what it takes to look at people now."""
        return Eyes(now or self.clock.now(), self.zone, self.people.owners, self.has_asked)

    def protects(self, composed: Composition) -> bool:
        """Say whether a post can be neither forwarded nor saved."""
        return self.protects_all or composed.is_protected

    async def levels(self) -> Mapping[str, Level]:
        """Return every tier that somebody can have, by its code."""
        known = await self.tiers.known()
        return {one.code: Level(one.code, one.rank, one.name, one.opens) for one in known}

    async def rank_of(self, member_id: int) -> int:
        standing = await self.memberships.standing(member_id)
        return standing.tier.rank if standing.tier is not None else 0

    async def workdays(self, session: AsyncSession) -> Workday:
        """Return what says of a date whether people work."""
        calendar = await self.hours.calendar_in(session)

        def is_workday(day: date) -> bool:
            return bool(calendar.hours_of(day))

        return is_workday

    async def space_of(self, session: AsyncSession, place: Place) -> Space | None:
        return await space_queries.space(session, place.chat_id)

    async def titles_of(self, session: AsyncSession, places: Iterable[Place]) -> tuple[str, ...]:
        """Return what places are called; one that nobody knows by its number."""
        spaces = [(place, await self.space_of(session, place)) for place in places]
        return tuple(space.title if space else str(place.chat_id) for place, space in spaces)

    async def seen_below(
        self, session: AsyncSession, places: Iterable[Place], least_tier: str | None
    ) -> tuple[Place, ...]:
        """Return those of the places into which people below a tier look."""
        return tuple(
            [one for one in places if await self.can_be_seen_below(session, one, least_tier)]
        )

    async def can_be_seen_below(
        self, session: AsyncSession, place: Place, least_tier: str | None
    ) -> bool:
        """Say whether people below a tier look into a place; one that nobody knows is open to all.

        A tier opens roles of places, so it is the lowest tier with the role that counts.
        """
        if least_tier is None:
            return False
        space, levels = await self.space_of(session, place), await self.levels()
        if space is not None and space.role in STAFF_PLACES:
            return False
        least = levels.get(least_tier)
        opening = [
            one.rank for one in levels.values() if space is not None and space.role in one.opens
        ]
        return not opening or least is None or min(opening) < least.rank


def least_of(audience: Audience | None, levels: Mapping[str, Level]) -> str | None:
    """Return the lowest tier of an audience that is for members alone, or None for any other."""
    paid = {code: one.rank for code, one in levels.items() if one.rank > 0}
    for one in audience.include if audience else ():
        named = one.names if one.who is Who.TIERS else paid if one.who is Who.MEMBERS else ()
        if named and set(named) <= set(paid):
            return min(named, key=lambda code: paid[code])
    return None


def asked_of(composed: Composition) -> tuple[Audience | None, str | None]:
    """Return what a recipient must still have when it leaves; a teaser asks for nothing."""
    return (None, None) if composed.is_teaser else (composed.audience, composed.least_tier)
