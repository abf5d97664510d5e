"""Mentors who are away: the end of a shift, and tickets that must not wait for nobody."""

from datetime import datetime, timedelta

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import NotFound
from community_bot.people.roles import STAFF, Actor, Role
from community_bot.people.service import People
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import mentor_queries
from community_bot.tickets import routing_queries as queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import Claiming
from community_bot.tickets.escalation_notices import ShiftOver, TicketHandedBack
from community_bot.tickets.facts import Ticket
from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentors import Mentors
from community_bot.tickets.rules import TicketState


class Absences:
    """Brings tickets back into the queue, with their deadline, when their mentor is not there."""

    def __init__(
        self,
        storage: Storage,
        *,
        outbox: Outbox,
        people: People,
        casebook: Casebook,
        mentors: Mentors,
        claiming: Claiming,
        hand_back_minutes: int,
    ) -> None:
        self._storage = storage
        self._outbox = outbox
        self._people = people
        self._casebook = casebook
        self._mentors = mentors
        self._claiming = claiming
        self._hand_back_minutes = hand_back_minutes

    async def sweep(self, now: datetime) -> int:
        """Note whose shift is over, and bring back what waits for absent mentors; say how much."""
        async with self._storage.work() as unit:
            await self._note_shifts(unit, now)
            mentors = {one.mentor_id: one for one in await self._mentors.all_in(unit, now)}
            gone = await self._gone(unit, mentors)
            waiting = await queries.active_of(unit.session, gone)
            await unit.commit()
        brought_back = 0
        for ticket_id in waiting:
            async with self._storage.work() as unit:
                ticket = await self._casebook.hold(unit, ticket_id)
                if await self._waits_in_vain(unit, ticket, mentors, now):
                    await self._bring_back(unit, ticket)
                    brought_back += 1
                await unit.commit()
        return brought_back

    async def hand_over(self, actor: Actor) -> int:
        """Hand everything that waits for an answer to whoever is there; say how many tickets.

        What waits for its member stays: should the member write, it goes the same way by itself.
        """
        actor.require(Role.MENTOR)
        async with self._storage.work(actor.cause) as unit:
            active = await mentor_queries.held_by(unit.session, actor.member_id, TicketState.ACTIVE)
            for ticket_id in active:
                ticket = await self._casebook.hold(unit, ticket_id)
                await self._claiming.take_back(
                    unit, ticket, actor_id=actor.member_id, reason="shift_over"
                )
            await unit.commit()
        return len(active)

    async def keep(self, actor: Actor) -> None:
        """Go on with one's tickets although the shift is over, until the next one."""
        actor.require(Role.MENTOR)
        async with self._storage.work(actor.cause) as unit:
            if await mentor_queries.mentor(unit.session, actor.member_id) is None:
                raise NotFound("mentor", actor.member_id)
            await mentor_queries.change(unit.session, actor.member_id, goes_on=True)
            await unit.commit()

    async def _note_shifts(self, unit: Unit, now: datetime) -> None:
        for mentor in await self._mentors.all_in(unit, now):
            if mentor.is_on_duty and mentor.off_since is not None:
                await mentor_queries.change(
                    unit.session, mentor.mentor_id, off_since=None, goes_on=False
                )
            elif not mentor.is_on_duty and mentor.off_since is None:
                await mentor_queries.change(unit.session, mentor.mentor_id, off_since=now)
                await self._ask(unit, mentor, now)

    async def _ask(self, unit: Unit, mentor: Mentor, now: datetime) -> None:
        """Ask whoever goes what becomes of their tickets; who is away for a while comes back."""
        if not mentor.active or mentor.attendance.is_away(now):
            return
        answered = mentor.held - mentor.active
        over = ShiftOver(mentor.active, answered, self._hand_back_minutes)
        await self._tell(unit, mentor.mentor_id, over, key=f"shift:{now.isoformat()}")

    async def _gone(self, unit: Unit, mentors: dict[int, Mentor]) -> set[int]:
        """Return who is off duty and does not go on, and who is no mentor any more."""
        off = {one.mentor_id for one in mentors.values() if not one.is_on_duty and not one.goes_on}
        staff = {one for one, role in await self._people.staff_in(unit.session) if role in STAFF}
        holders = await queries.assignees(unit.session)
        return off | (holders - staff - self._people.owners)

    async def _waits_in_vain(
        self, unit: Unit, ticket: Ticket, mentors: dict[int, Mentor], now: datetime
    ) -> bool:
        """Say whether a member has waited too long for somebody who is not there.

        Who took the ticket after going off duty knew what they did.
        """
        is_paused = ticket.is_unreachable or ticket.snoozed_until is not None
        if ticket.state is not TicketState.ACTIVE or ticket.waiting_since is None or is_paused:
            return False
        mentor = mentors.get(ticket.assignee_id or 0)
        since = ticket.waiting_since
        if mentor is not None:
            since = max(since, mentor.off_since or now)
            if ticket.claimed_at is not None and ticket.claimed_at >= since:
                return False
        calendar = await self._casebook.business_time.calendar_in(unit.session)
        return calendar.between(since, now) >= timedelta(minutes=self._hand_back_minutes)

    async def _bring_back(self, unit: Unit, ticket: Ticket) -> None:
        absent = ticket.assignee_id or 0
        await self._claiming.take_back(unit, ticket, actor_id=None, reason="absent")
        back = TicketHandedBack(ticket.ticket_id, ticket.summary)
        key = f"back:{ticket.ticket_id}:{ticket.version}"
        await self._tell(unit, absent, back, key=key)

    async def _tell(self, unit: Unit, mentor_id: int, content: object, *, key: str) -> None:
        await self._outbox.put(
            unit,
            Promise(
                content,
                chat_id=mentor_id,
                member_id=mentor_id,
                lane=Lane.DESK,
                once_key=f"{key}:{mentor_id}",
                doubt=Doubt.ONCE_MORE,
            ),
        )
