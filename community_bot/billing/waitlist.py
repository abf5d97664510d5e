"""Waiting lists: who waits for a seat is in line, and is held a seat for a day when one is free."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import seats
from community_bot.billing import waitlist_queries as queries
from community_bot.billing.telling import tell
from community_bot.billing.waitlist_notices import SeatFree, SeatPassed
from community_bot.billing.waitlist_queries import Place
from community_bot.billing.waitlist_rules import HELD_FOR, PlaceEvent, PlaceState
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotFound
from community_bot.membership import queries as membership
from community_bot.membership.admissions import check_admitted
from community_bot.membership.facts import Tier
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """A tier's waiting list as somebody sees it: `position` is their own, from 1."""

    tier: Tier
    is_full: bool
    length: int
    position: int | None
    held_until: datetime | None


class Waitlist:
    """Puts people in line, and offers them seats in that order."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox

    async def line(self, actor: Actor, *, tier_code: str) -> Line:
        """Say how long the list is and where the actor stands on it."""
        async with self._storage.read() as session:
            tier = await _tier(session, tier_code)
            return await self._line(session, tier, actor.member_id)

    async def line_of(self, actor: Actor, *, place_id: int) -> Line:
        """Return the list on which the actor has, or had, a place."""
        async with self._storage.read() as session:
            tier_code = await queries.tier_of(session, place_id, actor.member_id)
            tier = await _tier(session, tier_code or "")
            return await self._line(session, tier, actor.member_id)

    async def join(self, actor: Actor, *, tier_code: str) -> Line:
        """Put the actor at the end; who is in line stays where they are.

        Raises Invalid where a seat is free: there is nothing to wait for.
        """
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            tier = await _tier(unit.session, tier_code)
            await check_admitted(unit, tier, actor.member_id)
            if not await seats.is_full(unit.session, tier, actor.member_id, now=now):
                raise Invalid("waitlist", "free")
            if await queries.join(unit.session, actor.member_id, tier_code, now=now):
                await self._record(unit, actor.member_id, actor.member_id, tier_code, "wait")
            line = await self._line(unit.session, tier, actor.member_id)
            await unit.commit()
        return line

    async def leave(self, actor: Actor, *, tier_code: str) -> Line:
        """Take the actor out of the line; a seat that was held for them is the next one's."""
        async with self._storage.work(actor.cause) as unit:
            tier = await _tier(unit.session, tier_code)
            for place in await queries.queued(unit.session, tier_code):
                if place.member_id == actor.member_id:
                    await queries.move(unit.session, place.place_id, PlaceEvent.LEAVE)
                    await self._record(unit, actor.member_id, actor.member_id, tier_code, "leave")
            line = await self._line(unit.session, tier, actor.member_id)
            await unit.commit()
        return line

    async def sweep(self, now: datetime) -> int:
        """Close what was held long enough, and offer what is free; return how many were offered."""
        offered = 0
        async with self._storage.work() as unit:
            places = await queries.queued(unit.session)
            for tier_code in sorted({place.tier_code for place in places}):
                tier = await membership.tier(unit.session, tier_code)
                if tier is not None:
                    await membership.hold_tier(unit.session, tier_code)
                    offered += await self._turn(unit, tier, now)
            await unit.commit()
        return offered

    async def _turn(self, unit: Unit, tier: Tier, now: datetime) -> int:
        taken = await seats.held(unit.session, tier, now=now)
        waiting: list[Place] = []
        for place in await queries.queued(unit.session, tier.code):
            if place.member_id in taken:
                await queries.move(unit.session, place.place_id, PlaceEvent.TAKE)
            elif place.held_until is not None and place.held_until <= now:
                await self._pass(unit, tier, place)
            elif place.state is PlaceState.OFFERED:
                taken.add(place.member_id)
            else:
                waiting.append(place)
        free = len(waiting) if tier.seats is None else max(0, tier.seats - len(taken))
        for place in waiting[:free]:
            await self._offer(unit, tier, place, now)
        return len(waiting[:free])

    async def _offer(self, unit: Unit, tier: Tier, place: Place, now: datetime) -> None:
        until = now + HELD_FOR
        await queries.move(unit.session, place.place_id, PlaceEvent.OFFER, held_until=until)
        await self._record(unit, None, place.member_id, tier.code, "offer_seat")
        word = SeatFree(place.place_id, tier.name, until)
        key = f"seat_free:{place.place_id}"
        await tell(self._outbox, unit, [place.member_id], word, key=key)

    async def _pass(self, unit: Unit, tier: Tier, place: Place) -> None:
        await queries.move(unit.session, place.place_id, PlaceEvent.LAPSE)
        await self._record(unit, None, place.member_id, tier.code, "pass_seat")
        word = SeatPassed(place.place_id, tier.name)
        key = f"seat_passed:{place.place_id}"
        await tell(self._outbox, unit, [place.member_id], word, key=key)

    async def _line(self, session: AsyncSession, tier: Tier, member_id: int) -> Line:
        places = await queries.queued(session, tier.code)
        waiting = [one.member_id for one in places if one.state is PlaceState.WAITING]
        mine = next((one for one in places if one.member_id == member_id), None)
        return Line(
            tier=tier,
            is_full=await seats.is_full(session, tier, member_id, now=self._clock.now()),
            length=len(waiting),
            position=waiting.index(member_id) + 1 if member_id in waiting else None,
            held_until=mine.held_until if mine else None,
        )

    async def _record(
        self, unit: Unit, actor_id: int | None, member_id: int, tier_code: str, action: str
    ) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor_id,
            action=action,
            subject="member",
            subject_key=member_id,
            after={"tier": tier_code},
        )


async def _tier(session: AsyncSession, code: str) -> Tier:
    tier = await membership.tier(session, code)
    if tier is None or tier.seats is None:
        raise NotFound("waitlist", code)
    return tier
