"""Claiming: who has a ticket; one mentor at most, whoever else presses at the same moment."""

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people import queries as people
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import TicketTakenOver, TicketTransferred
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import HELD, NOTE_SIGNS, Happening, TicketEvent, TicketState
from community_bot.tickets.telling import Telling
from community_bot.tickets.topic_rules import TOPICS

DESK_ROLES = (Role.MENTOR, Role.ADMIN)


class Claiming:
    """Gives tickets to mentors and takes them back; a second claim hears who was first."""

    def __init__(
        self, storage: Storage, clock: Clock, *, casebook: Casebook, desk: Desk, telling: Telling
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._desk = desk
        self._telling = telling

    async def claim(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Take a ticket that nobody has; AlreadyDone says who was quicker, and when."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            _not_ones_own(actor.member_id, ticket)
            await self._check_free(unit.session, ticket)
            ticket = await self.give(unit, ticket, actor.member_id, actor_id=actor.member_id)
            await unit.commit()
        return ticket

    async def release(self, actor: Actor, *, ticket_id: int, note: str | None = None) -> Ticket:
        """Put a ticket back into the queue; its deadline stays."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            require_holder(actor, ticket)
            ticket = await self.take_back(unit, ticket, actor_id=actor.member_id, reason=note)
            await unit.commit()
        return ticket

    async def transfer(
        self, actor: Actor, *, ticket_id: int, to: int, note: str, version: int | None = None
    ) -> Ticket:
        """Hand a ticket to another mentor, with what they should know; the note is a must."""
        note = _noted(note)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            require_holder(actor, ticket)
            check_version(ticket, version)
            await self._check_mentor(unit.session, to, ticket)
            moved = await self._casebook.step(
                unit,
                ticket,
                TicketEvent.TRANSFER,
                actor_id=actor.member_id,
                reason=note,
                facts={"from": ticket.assignee_id, "to": to},
                assignee_id=to,
                claimed_at=self._clock.now(),
            )
            by = await self._telling.name_of(unit.session, actor.member_id) or ""
            told = TicketTransferred(ticket_id, by, note)
            key = f"transferred:{ticket_id}:{moved.version}"
            await self._telling.staff(unit, moved, [to], told, key=key)
            await self._desk.open_room(unit, moved, note=note)
            await self._desk.show(unit, moved)
            await unit.commit()
        return moved

    async def hand_back(
        self,
        actor: Actor,
        *,
        ticket_id: int,
        note: str,
        topic: str | None = None,
        market: str | None = None,
    ) -> Ticket:
        """Hand a ticket to whoever knows a topic or a market: into the queue, with a note."""
        note = _noted(note)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            require_holder(actor, ticket)
            changes = {"topic": topic or ticket.topic, "market": market or ticket.market}
            ticket = await self._casebook.note(
                unit,
                ticket,
                Happening.CHANGE,
                actor_id=actor.member_id,
                facts=changes,
                topic=changes["topic"],
                market=changes["market"],
            )
            ticket = await self.take_back(unit, ticket, actor_id=actor.member_id, reason=note)
            await unit.commit()
        return ticket

    async def move(self, actor: Actor, *, ticket_id: int, topic: str) -> Ticket:
        """Put a ticket that nobody has under another topic: who it is offered to follows."""
        actor.require(*DESK_ROLES)
        if topic not in TOPICS:
            raise Invalid("topic", "unknown")
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            await self._check_free(unit.session, ticket)
            if ticket.state is not TicketState.QUEUED or ticket.topic == topic:
                raise AlreadyDone("ticket")
            ticket = await self._casebook.note(
                unit,
                ticket,
                Happening.CHANGE,
                actor_id=actor.member_id,
                facts={"topic": topic},
                topic=topic,
            )
            await self._desk.show(unit, ticket, at_once=True)
            await unit.commit()
        return ticket

    async def take_over(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Let an admin take a ticket from whoever has it, or out of the queue."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            moved = await self.assign(unit, ticket, actor.member_id, actor_id=actor.member_id)
            await unit.commit()
        return moved

    async def appoint(self, actor: Actor, *, ticket_id: int, mentor_id: int) -> Ticket:
        """Let an admin say who answers a ticket."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            await self._check_mentor(unit.session, mentor_id, ticket)
            moved = await self.assign(unit, ticket, mentor_id, actor_id=actor.member_id)
            await unit.commit()
        return moved

    async def assign(self, unit: Unit, ticket: Ticket, to: int, *, actor_id: int) -> Ticket:
        """Give a ticket to somebody, whoever had it before; the journal says so."""
        before = ticket.assignee_id
        if before == to and ticket.state in HELD:
            raise AlreadyDone("claim")
        _not_ones_own(to, ticket)
        if ticket.state is TicketState.QUEUED:
            moved = await self.give(unit, ticket, to, actor_id=actor_id)
        else:
            moved = await self._casebook.step(
                unit,
                ticket,
                TicketEvent.TRANSFER,
                actor_id=actor_id,
                facts={"from": before, "to": to},
                assignee_id=to,
                claimed_at=self._clock.now(),
            )
            by = await self._telling.name_of(unit.session, to) or ""
            key = f"taken_over:{ticket.ticket_id}:{moved.version}"
            told = TicketTakenOver(ticket.ticket_id, by)
            await self._telling.staff(unit, moved, [before] if before else [], told, key=key)
            await self._desk.open_room(unit, moved)
            await self._desk.show(unit, moved)
        if to != actor_id:
            by = await self._telling.name_of(unit.session, actor_id) or ""
            given = TicketTransferred(ticket.ticket_id, by, None)
            key = f"appointed:{ticket.ticket_id}:{moved.version}"
            await self._telling.staff(unit, moved, [to], given, key=key)
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor_id,
            action="assign",
            subject="ticket",
            subject_key=ticket.ticket_id,
            before={"mentor": before},
            after={"mentor": to},
        )
        return moved

    async def give(
        self, unit: Unit, ticket: Ticket, mentor_id: int, *, actor_id: int | None
    ) -> Ticket:
        """Give a ticket that nobody has to a mentor, in the caller's unit."""
        now = self._clock.now()
        moved = await self._casebook.step(
            unit,
            ticket,
            TicketEvent.CLAIM,
            actor_id=actor_id,
            facts={"mentor": mentor_id},
            assignee_id=mentor_id,
            claimed_at=now,
            read_at=ticket.read_at or now,
        )
        await self._desk.open_room(unit, moved)
        await self._desk.show(unit, moved, at_once=True)
        return moved

    async def take_back(
        self, unit: Unit, ticket: Ticket, *, actor_id: int | None, reason: str | None
    ) -> Ticket:
        """Put a ticket back into the queue, in the caller's unit; its deadline stays."""
        moved = await self._casebook.step(
            unit,
            ticket,
            TicketEvent.RELEASE,
            actor_id=actor_id,
            reason=reason,
            facts={"mentor": ticket.assignee_id},
            assignee_id=None,
            claimed_at=None,
        )
        await self._desk.show(unit, moved, at_once=True)
        return moved

    async def _check_free(self, session: AsyncSession, ticket: Ticket) -> None:
        if ticket.state in HELD:
            by = await self._telling.name_of(session, ticket.assignee_id)
            at = ticket.claimed_at
            ago = self._clock.now() - at if at is not None else None
            raise AlreadyDone("claim", by=by, at=at, ago=ago)

    @staticmethod
    async def _check_mentor(session: AsyncSession, mentor_id: int, ticket: Ticket) -> None:
        _not_ones_own(mentor_id, ticket)
        if not {Role.MENTOR, Role.ADMIN} & await people.roles_of(session, mentor_id):
            raise NotFound("mentor", mentor_id)
        if ticket.assignee_id == mentor_id:
            raise AlreadyDone("claim")


async def held_ticket(session: AsyncSession, ticket_id: int) -> Ticket:
    """Return a ticket to look at; raises NotFound."""
    found = await queries.ticket(session, ticket_id)
    if found is None:
        raise NotFound("ticket", ticket_id)
    return found


def require_holder(actor: Actor, ticket: Ticket) -> None:
    """Refuse whoever is neither the one who has the ticket nor an admin."""
    if ticket.assignee_id is None or actor.member_id != ticket.assignee_id:
        actor.require(Role.ADMIN)


def check_version(ticket: Ticket, version: int | None) -> None:
    """Refuse a button that was made before the ticket moved on."""
    if version is not None and version != ticket.version:
        raise AlreadyDone("ticket")


def _not_ones_own(mentor_id: int, ticket: Ticket) -> None:
    if mentor_id == ticket.member_id:
        raise NotAllowed("somebody_else")


def _noted(note: str) -> str:
    words = " ".join(note.split())
    if not words:
        raise Invalid("note", "empty")
    if len(words) > NOTE_SIGNS:
        raise Invalid("note", "too_long", limit=NOTE_SIGNS)
    return words
