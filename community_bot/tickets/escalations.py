"""What is done about a waiting ticket: it is offered, warned of, and owned up to when late."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.business_time.rules import Calendar
from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.people.roles import Role
from community_bot.people.service import People
from community_bot.storage.unit import Unit
from community_bot.tickets import routing_queries as queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.escalation_notices import (
    AnswerLate,
    DeadlineNear,
    LeadCalled,
    TicketEscalated,
    TicketOffered,
    TicketUrgent,
    Tried,
    Waiting,
)
from community_bot.tickets.facts import Ticket
from community_bot.tickets.routing import Plan
from community_bot.tickets.routing_queries import Pending
from community_bot.tickets.rules import Happening

ANSWERED_WITHIN = timedelta(minutes=15)  # of working time, until the next mentor is asked
OWNERS_TOO = 2  # the level from which on owners are told as well


class Escalations:
    """Does what routing has decided; staff are called in working hours only."""

    def __init__(
        self, clock: Clock, *, outbox: Outbox, people: People, casebook: Casebook, desk: Desk
    ) -> None:
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._casebook = casebook
        self._desk = desk

    async def act(
        self, unit: Unit, ticket: Ticket, one: Pending, plan: Plan, *, calendar: Calendar
    ) -> None:
        """Offer, warn and escalate, as planned, and show it on the cards."""
        now = self._clock.now()
        if plan.offer_to is not None:
            await self._offer(unit, ticket, one, plan, calendar.add(now, ANSWERED_WITHIN))
        if plan.warns:
            await self._warn(unit, ticket, one, calendar.next_opening(now))
        if plan.escalation:
            promised_at = calendar.add(now, one.target / 2)
            ticket = await self._escalate(unit, ticket, plan.escalation, promised_at)
            await self._own_up(unit, ticket, one, plan, calendar.next_opening(now))
        if plan.seen:
            await self._desk.show(unit, ticket)

    async def call_all(
        self, unit: Unit, ticket: Ticket, mentor_ids: Iterable[int], *, due_at: datetime
    ) -> None:
        """Call these mentors and the leads at once, whatever the hour: it cannot wait."""
        number = ticket.ticket_id
        waiting = Waiting(number, ticket.topic, ticket.market, ticket.summary, due_at)
        told = sorted({*mentor_ids, *await self._leads(unit)})
        await self._tell(unit, ticket, told, TicketUrgent(waiting), key="urgent")

    async def call_lead(self, unit: Unit, ticket: Ticket, *, by: int) -> None:
        """Let a mentor ask the leads for help; the promise to the member stays as it is."""
        level = max(ticket.escalation, 1)
        ticket = await self._casebook.note(
            unit,
            ticket,
            Happening.ESCALATE,
            actor_id=by,
            facts={"level": level},
            escalation=level,
        )
        called = LeadCalled(
            ticket.ticket_id, await self._name(unit, by) or "", ticket.summary, ticket.due_at
        )
        told = [one for one in await self._leads(unit) if one != by]
        key = f"called:{self._clock.now().isoformat()}"
        await self._tell(unit, ticket, told, called, key=key)
        await self._desk.show(unit, ticket)

    async def tried(self, session: AsyncSession, ticket_id: int) -> tuple[Tried, ...]:
        """Return which mentors were asked about a ticket, and what came of it."""
        offers = (await queries.offers(session, ticket_id)).get(ticket_id, [])
        names = await self._people.names_in(session, [one.mentor_id for one in offers])
        return tuple(
            Tried(names.get(one.mentor_id, str(one.mentor_id)), one.state) for one in offers
        )

    async def _offer(
        self, unit: Unit, ticket: Ticket, one: Pending, plan: Plan, expires_at: datetime
    ) -> None:
        mentor_id = plan.offer_to or 0
        await queries.add_offer(
            unit.session,
            ticket_id=ticket.ticket_id,
            mentor_id=mentor_id,
            now=self._clock.now(),
            expires_at=expires_at,
        )
        facts = {"mentor_id": mentor_id, "breadth": plan.breadth.value}
        await self._casebook.note(unit, ticket, Happening.OFFER, facts=facts)
        offered = TicketOffered(_waiting(ticket, one), expires_at)
        await self._tell(unit, ticket, [mentor_id], offered, key=f"offer:{mentor_id}")

    async def _warn(self, unit: Unit, ticket: Ticket, one: Pending, not_before: datetime) -> None:
        """Warn who has the ticket; where nobody has it, warn admins that it is asked widely now."""
        holder = ticket.assignee_id
        happening = Happening.WIDEN if holder is None else Happening.WARN
        await self._casebook.note(unit, ticket, happening)
        told = await self._leads(unit) if holder is None else [holder]
        near = DeadlineNear(_waiting(ticket, one), await self._name(unit, holder))
        key = f"near:{one.waiting_since.isoformat()}"
        await self._tell(unit, ticket, told, near, key=key, not_before=not_before)

    async def _escalate(
        self, unit: Unit, ticket: Ticket, level: int, promised_at: datetime
    ) -> Ticket:
        """Raise the level and write a new promise down; the breach of the old one stays."""
        ticket = await self._casebook.note(
            unit, ticket, Happening.ESCALATE, facts={"level": level}, escalation=level
        )
        return await self._casebook.note(unit, ticket, Happening.PROMISE, due_at=promised_at)

    async def _own_up(
        self, unit: Unit, ticket: Ticket, one: Pending, plan: Plan, not_before: datetime
    ) -> None:
        """Tell admins, and tell the member honestly; both with the new promise."""
        promised_at = ticket.promised_at or one.due_at
        told = await self._leads(unit)
        if plan.escalation >= OWNERS_TOO:
            told = sorted({*told, *self._people.owners})
        key = f"late:{one.waiting_since.isoformat()}:{plan.escalation}"
        escalated = TicketEscalated(
            _waiting(ticket, one),
            plan.escalation,
            await self._name(unit, ticket.assignee_id),
            await self.tried(unit.session, ticket.ticket_id),
            promised_at,
        )
        await self._tell(unit, ticket, told, escalated, key=key, not_before=not_before)
        late = AnswerLate(ticket.ticket_id, plan.escalation, promised_at)
        await self._tell(unit, ticket, [ticket.member_id], late, key=f"{key}:member", asker=True)

    async def _tell(
        self,
        unit: Unit,
        ticket: Ticket,
        people: Iterable[int],
        content: object,
        *,
        key: str,
        not_before: datetime | None = None,
        asker: bool = False,
    ) -> None:
        """Tell people in private; what is for staff never goes to whoever asked."""
        await self._outbox.put(
            unit,
            *(
                Promise(
                    content,
                    chat_id=one,
                    member_id=one,
                    lane=Lane.DESK,
                    once_key=f"ticket:{ticket.ticket_id}:{key}:{one}",
                    doubt=Doubt.ONCE_MORE,
                    not_before=not_before,
                    about=f"ticket:{ticket.ticket_id}",
                )
                for one in people
                if (one == ticket.member_id) is asker
            ),
        )

    async def _leads(self, unit: Unit) -> list[int]:
        """Return the admins; the owners, where there is none."""
        admins = [
            one for one, role in await self._people.staff_in(unit.session) if role is Role.ADMIN
        ]
        return admins or sorted(self._people.owners)

    async def _name(self, unit: Unit, mentor_id: int | None) -> str | None:
        if mentor_id is None:
            return None
        names = await self._people.names_in(unit.session, [mentor_id])
        return names.get(mentor_id, str(mentor_id))


def _waiting(ticket: Ticket, one: Pending) -> Waiting:
    return Waiting(ticket.ticket_id, ticket.topic, ticket.market, ticket.summary, one.due_at)
