"""Mentors: what they answer, how much they carry, and when they are there."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.config.hours import intervals
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.columns import Facts
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import mentor_queries as queries
from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentor_rows import MentorRow
from community_bot.tickets.mentor_rules import (
    FULL,
    LONGEST_AWAY,
    WEEKDAYS,
    Attendance,
    Carried,
    Duty,
    Skills,
    load,
)

MOST_OF_A_NAME = 64
MOST_SKILLS = 30
HIGHEST_CAP = 100


class Mentors:
    """Everybody who answers questions."""

    def __init__(
        self, storage: Storage, clock: Clock, *, people: People, cap: int, zone: ZoneInfo
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._people = people
        self._cap = cap
        self._zone = zone

    async def all(self, actor: Actor) -> list[Mentor]:
        """Return every mentor, those on duty first."""
        actor.require(Role.ADMIN, Role.MENTOR)
        async with self._storage.work() as unit:
            found = await self.all_in(unit, self._clock.now())
            await unit.commit()
        return found

    async def card(self, actor: Actor, *, mentor_id: int) -> Mentor:
        """Return one mentor, to themselves and to admins; raises NotFound for anybody else."""
        if actor.member_id != mentor_id:
            actor.require(Role.ADMIN)
        async with self._storage.work() as unit:
            found = await self.find_in(unit, mentor_id)
            await unit.commit()
        return found

    async def set_skills(
        self,
        actor: Actor,
        *,
        mentor_id: int,
        topics: Collection[str] = (),
        markets: Collection[str] = (),
        tiers: Collection[str] = (),
    ) -> Mentor:
        """Say what a mentor answers; nothing named fits everything."""
        actor.require(Role.ADMIN)
        skills = {
            "topics": _codes(topics),
            "markets": [market.upper() for market in _codes(markets)],
            "tiers": _codes(tiers),
        }
        return await self._change(actor, mentor_id, "set_skills", **skills)

    async def set_cap(self, actor: Actor, *, mentor_id: int, cap: int | None) -> Mentor:
        """Say how many tickets a mentor is given at most; None is what the configuration says."""
        actor.require(Role.ADMIN)
        if cap is not None and not 1 <= cap <= HIGHEST_CAP:
            raise Invalid("mentor", "cap")
        return await self._change(actor, mentor_id, "set_cap", cap=cap)

    async def rename(self, actor: Actor, *, mentor_id: int, stage_name: str) -> Mentor:
        """Name a mentor for members; an empty name is their own again."""
        if actor.member_id != mentor_id:
            actor.require(Role.ADMIN)
        name = " ".join(stage_name.split())
        if len(name) > MOST_OF_A_NAME:
            raise Invalid("mentor", "stage_name")
        return await self._change(actor, mentor_id, "rename_mentor", stage_name=name or None)

    async def pause(self, actor: Actor, *, mentor_id: int) -> Mentor:
        """Give a mentor nothing any more until they are brought back; what they have they keep."""
        actor.require(Role.ADMIN)
        return await self._change(actor, mentor_id, "pause_mentor", paused_at=self._clock.now())

    async def bring_back(self, actor: Actor, *, mentor_id: int) -> Mentor:
        actor.require(Role.ADMIN)
        return await self._change(actor, mentor_id, "bring_mentor_back", paused_at=None)

    async def go_on(self, actor: Actor, *, until: datetime | None = None) -> Mentor:
        """Be on duty: until a time, or until they say otherwise."""
        if until is not None and until <= self._clock.now():
            raise Invalid("duty", "past")
        return await self._attend(actor, duty=Duty.ON, on_until=until, away_until=None)

    async def go_off(self, actor: Actor) -> Mentor:
        return await self._attend(actor, duty=Duty.OFF, on_until=None, away_until=None)

    async def go_away(self, actor: Actor, *, span: timedelta) -> Mentor:
        """Be away for a while, and then be there again as before."""
        if not timedelta() < span <= LONGEST_AWAY:
            raise Invalid("duty", "span")
        return await self._attend(actor, away_until=self._clock.now() + span)

    async def keep_hours(
        self, actor: Actor, *, week: Mapping[str, Collection[str]], zone: str | None = None
    ) -> Mentor:
        """Be on duty in the same hours every week, in a zone of their own; no hours ends that."""
        kept = {day: list(week[day]) for day in WEEKDAYS if week.get(day)}
        for hours in kept.values():
            intervals(hours)
        duty = Duty.WEEKLY if kept else Duty.ON
        return await self._attend(
            actor, duty=duty, week=kept, zone=zone, on_until=None, away_until=None
        )

    async def exclude(self, actor: Actor, *, member_id: int, mentor_id: int) -> None:
        """Never give a member's questions to a mentor: the member or an admin wants it so."""
        if actor.member_id != member_id:
            actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            await self.find_in(unit, mentor_id)
            if mentor_id in await queries.excluded(unit.session, member_id):
                raise AlreadyDone("exclusion")
            await queries.exclude(
                unit.session,
                member_id=member_id,
                mentor_id=mentor_id,
                by=actor.member_id,
                now=self._clock.now(),
            )
            await self._record(unit, actor, mentor_id, "exclude_mentor", {"member": member_id})
            await unit.commit()

    async def allow(self, actor: Actor, *, member_id: int, mentor_id: int) -> None:
        """Take that back."""
        if actor.member_id != member_id:
            actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            if not await queries.allow(unit.session, member_id=member_id, mentor_id=mentor_id):
                raise NotFound("exclusion", mentor_id)
            await self._record(unit, actor, mentor_id, "allow_mentor", {"member": member_id})
            await unit.commit()

    async def find_in(self, unit: Unit, mentor_id: int) -> Mentor:
        """Return a mentor inside a unit of work; raises NotFound for who has not the role."""
        for mentor in await self.all_in(unit, self._clock.now()):
            if mentor.mentor_id == mentor_id:
                return mentor
        raise NotFound("mentor", mentor_id)

    async def all_in(self, unit: Unit, now: datetime) -> list[Mentor]:
        """Return every mentor inside a unit of work; who was given the role begins here."""
        session = unit.session
        given = {one for one, role in await self._people.staff_in(session) if role is Role.MENTOR}
        known = {row.mentor_id: row for row in await queries.mentors(session)}
        for mentor_id in sorted(given - known.keys()):
            await queries.add(session, mentor_id, now)
        if given - known.keys():
            known = {row.mentor_id: row for row in await queries.mentors(session)}
        return await self._facts(session, [known[one] for one in sorted(given)], now)

    async def _facts(
        self, session: AsyncSession, rows: Collection[MentorRow], now: datetime
    ) -> list[Mentor]:
        names = await self._people.names_in(session, [row.mentor_id for row in rows])
        carried, offered = await queries.carried(session), await queries.offered(session)
        found = [
            self._fact(
                row,
                name=names.get(row.mentor_id, str(row.mentor_id)),
                carried=carried.get(row.mentor_id, []),
                offered=offered.get(row.mentor_id, 0),
                now=now,
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: (not one.is_on_duty, one.name))

    def _fact(
        self, row: MentorRow, *, name: str, carried: list[Carried], offered: int, now: datetime
    ) -> Mentor:
        attendance = Attendance(
            duty=row.duty,
            on_until=row.on_until,
            away_until=row.away_until,
            week={day: intervals(hours) for day, hours in row.week.items()},
            zone=ZoneInfo(row.zone) if row.zone else self._zone,
            is_paused=row.paused_at is not None,
        )
        return Mentor(
            mentor_id=row.mentor_id,
            name=name,
            stage_name=row.stage_name,
            skills=Skills(frozenset(row.topics), frozenset(row.markets), frozenset(row.tiers)),
            attendance=attendance,
            is_on_duty=attendance.is_on(now),
            cap=(row.cap or self._cap) * FULL,
            load=load(carried) + offered * FULL,
            held=len(carried),
            active=sum(not one.is_answered for one in carried),
            off_since=row.off_since,
            goes_on=row.goes_on,
        )

    async def _attend(self, actor: Actor, **values: object) -> Mentor:
        """Note what a mentor says of their own hours; that is no matter for the journal."""
        actor.require(Role.MENTOR)
        async with self._storage.work(actor.cause) as unit:
            await self._find_own(unit, actor)
            await queries.change(unit.session, actor.member_id, **values)
            changed = await self.find_in(unit, actor.member_id)
            await unit.commit()
        return changed

    async def _find_own(self, unit: Unit, actor: Actor) -> None:
        """Refuse an owner who may do everything and was not made a mentor."""
        try:
            await self.find_in(unit, actor.member_id)
        except NotFound:
            raise NotAllowed("mentor") from None

    async def _change(self, actor: Actor, mentor_id: int, action: str, **values: object) -> Mentor:
        async with self._storage.work(actor.cause) as unit:
            await self.find_in(unit, mentor_id)
            await queries.change(unit.session, mentor_id, **values)
            await self._record(unit, actor, mentor_id, action, _plain(values))
            changed = await self.find_in(unit, mentor_id)
            await unit.commit()
        return changed

    async def _record(
        self, unit: Unit, actor: Actor, mentor_id: int, action: str, after: Facts
    ) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="mentor",
            subject_key=mentor_id,
            after=after,
        )


def _codes(given: Collection[str]) -> list[str]:
    found = sorted({code.strip() for code in given if code.strip()})
    if len(found) > MOST_SKILLS or any(len(code) > MOST_OF_A_NAME for code in found):
        raise Invalid("mentor", "skills")
    return found


def _plain(values: Mapping[str, object]) -> Facts:
    """Write moments as the journal keeps them."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
