"""Urgency: a question that cannot wait for the working hours; so many a month as the tier says."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.escalations import Escalations
from community_bot.tickets.facts import Ticket
from community_bot.tickets.mentors import Mentors
from community_bot.tickets.quotas import Quotas
from community_bot.tickets.rules import TicketState


class Urgency:
    """Makes the promise run in plain hours and calls mentors at once; nobody undoes that.

    It counts against the month whatever becomes of the question: mentors were called.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        quotas: Quotas,
        casebook: Casebook,
        mentors: Mentors,
        escalations: Escalations,
        desk: Desk,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._quotas = quotas
        self._casebook = casebook
        self._mentors = mentors
        self._escalations = escalations
        self._desk = desk

    async def hasten(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Call the actor's own question urgent while nobody works and nobody has it.

        LimitReached where the month's are used up; Invalid in working hours.
        """
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            await self._check(unit, actor, ticket)
            now = self._clock.now()
            if ticket.target is None:
                raise Invalid("urgent", "no_promise")
            due_at = now + ticket.target
            ticket = await self._casebook.hasten(
                unit, ticket, due_at=due_at, actor_id=actor.member_id
            )
            on_duty = [
                one.mentor_id for one in await self._mentors.all_in(unit, now) if one.is_on_duty
            ]
            await self._escalations.call_all(unit, ticket, on_duty, due_at=due_at)
            await self._desk.show(unit, ticket, at_once=True)
            await unit.commit()
        return ticket

    async def _check(self, unit: Unit, actor: Actor, ticket: Ticket) -> None:
        if ticket.member_id != actor.member_id:
            raise NotFound("question", ticket.ticket_id)
        if ticket.urgent_at is not None:
            raise AlreadyDone("urgent")
        if ticket.state is not TicketState.QUEUED or ticket.answered_at is not None:
            raise Invalid("urgent", "taken")
        now = self._clock.now()
        calendar = await self._casebook.business_time.calendar_in(unit.session)
        if calendar.is_open(now):
            raise Invalid("urgent", "open")
        left, limit = await self._quotas.urgent_in(unit.session, actor.member_id, now)
        if left <= 0:
            raise LimitReached("urgent", limit)
