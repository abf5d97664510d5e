"""Ending: how tickets are settled, given up or found to be none; and how some begin again."""

from datetime import datetime

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import quota_queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES, check_version, require_holder
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import TicketEnded
from community_bot.tickets.facts import Ticket
from community_bot.tickets.notices import QuestionRefused, QuestionResolved
from community_bot.tickets.placing import Placing
from community_bot.tickets.rules import (
    LONGEST_SNOOZE,
    REOPENED_WITHIN,
    RESOLVED_AFTER,
    WARNED_AHEAD,
    Happening,
    TicketEvent,
    TicketState,
)
from community_bot.tickets.telling import Telling


class Ending:
    """Every end is told to the member, with the way back."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        placing: Placing,
        desk: Desk,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._placing = placing
        self._desk = desk
        self._telling = telling

    async def resolve(self, actor: Actor, *, ticket_id: int, version: int | None = None) -> Ticket:
        """Settle a ticket: its member may at any time, its mentor while nothing waits for them."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if actor.member_id != ticket.member_id:
                actor.require(*DESK_ROLES)
                require_holder(actor, ticket)
                check_version(ticket, version)
                if ticket.answered_at is None:
                    raise Invalid("ticket", "unanswered")
                if ticket.state is TicketState.ACTIVE:
                    raise Invalid("ticket", "waits")
            ticket = await self.settle(unit, ticket, actor_id=actor.member_id)
            await unit.commit()
        return ticket

    async def settle(self, unit: Unit, ticket: Ticket, *, actor_id: int | None) -> Ticket:
        """Settle a ticket in the caller's unit; nobody's id means that silence did."""
        now = self._clock.now()
        ticket = await self._casebook.step(
            unit,
            ticket,
            TicketEvent.RESOLVE,
            actor_id=actor_id,
            resolved_at=now,
            close_at=now + REOPENED_WITHIN,
            warn_at=None,
            resolve_at=None,
            snoozed_until=None,
        )
        number, until = ticket.ticket_id, now + REOPENED_WITHIN
        told = QuestionResolved(number, actor_id is None, until)
        key = f"resolved:{number}:{ticket.version}"
        await self._telling.member(unit, ticket.member_id, told, key=key, ticket_id=number)
        await self._over(unit, ticket, actor_id)
        return ticket

    async def reopen(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Open a settled ticket again: its member finds that it is not, or its mentor does.

        One that is closed stays so for its member: what they write becomes a ticket that follows.
        """
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            is_own = actor.member_id == ticket.member_id
            if not is_own:
                actor.require(*DESK_ROLES)
            if not is_own or ticket.state is not TicketState.CLOSED:
                ticket = await self._placing.reopen(unit, ticket, actor_id=actor.member_id)
            await unit.commit()
        return ticket

    async def cancel(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Take one's own question back before anybody has it; the question is given back."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._own(unit, actor, ticket_id)
            if ticket.answered_at is not None:
                raise AlreadyDone("answer", at=ticket.answered_at)
            ticket = await self._casebook.step(
                unit, ticket, TicketEvent.CANCEL, actor_id=actor.member_id
            )
            await self._give_back(unit, ticket, "cancelled")
            await self._over(unit, ticket, actor.member_id)
            await unit.commit()
        return ticket

    async def solved_by_faq(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Take one's own question back because the FAQ has answered it meanwhile."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._own(unit, actor, ticket_id)
            ticket = await self._casebook.step(
                unit, ticket, TicketEvent.CANCEL, actor_id=actor.member_id, reason="faq"
            )
            await self._give_back(unit, ticket, "faq")
            await self._over(unit, ticket, actor.member_id)
            await unit.commit()
        return ticket

    async def waive(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Say that what the member wrote last wants no answer; there must have been one before."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            require_holder(actor, ticket)
            if ticket.answered_at is None:
                raise Invalid("ticket", "unanswered")
            now = self._clock.now()
            calendar = await self._casebook.business_time.calendar_in(unit.session)
            ticket = await self._casebook.step(
                unit,
                ticket,
                TicketEvent.WAIVE,
                actor_id=actor.member_id,
                warn_at=calendar.add(now, RESOLVED_AFTER - WARNED_AHEAD),
                resolve_at=calendar.add(now, RESOLVED_AFTER),
            )
            await self._desk.show(unit, ticket)
            await unit.commit()
        return ticket

    async def spam(self, actor: Actor, *, ticket_id: int, version: int | None = None) -> Ticket:
        """Say that a ticket is no question; an admin may take that back."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            check_version(ticket, version)
            if ticket.assignee_id is not None:
                require_holder(actor, ticket)
            ticket = await self._casebook.step(
                unit,
                ticket,
                TicketEvent.SPAM,
                actor_id=actor.member_id,
                facts={"mentor": ticket.assignee_id},
                assignee_id=None,
                claimed_at=None,
            )
            await self._record(unit, actor, ticket, "spam")
            key = f"refused:{ticket_id}:{ticket.version}"
            told = QuestionRefused(ticket_id)
            await self._telling.member(unit, ticket.member_id, told, key=key, ticket_id=ticket_id)
            await self._over(unit, ticket, actor.member_id)
            await unit.commit()
        return ticket

    async def restore(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Take back that a ticket is no question: whoever said so, or an admin.

        The member's question of the month is given back for the mistake; the deadline stays.
        """
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            ticket = await self._casebook.step(
                unit, ticket, TicketEvent.RESTORE, actor_id=actor.member_id
            )
            await self._give_back(unit, ticket, "mistake")
            await self._record(unit, actor, ticket, "restore")
            await self._desk.show(unit, ticket, at_once=True)
            await unit.commit()
        return ticket

    async def snooze(self, actor: Actor, *, ticket_id: int, until: datetime) -> Ticket:
        """Put a ticket off until a time; its clock stands still, and the card says so."""
        now = self._clock.now()
        if not now < until <= now + LONGEST_SNOOZE:
            raise Invalid("snooze", "time")
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            require_holder(actor, ticket)
            if ticket.state is not TicketState.ACTIVE:
                raise Invalid("snooze", "state")
            if ticket.snoozed_until is None:
                ticket = await self._casebook.note(
                    unit,
                    ticket,
                    Happening.SNOOZE,
                    actor_id=actor.member_id,
                    facts={"until": until.isoformat()},
                    snoozed_until=until,
                )
            else:
                ticket = await self._casebook.note(
                    unit, ticket, Happening.CHANGE, actor_id=actor.member_id, snoozed_until=until
                )
            await self._desk.show(unit, ticket)
            await unit.commit()
        return ticket

    async def _over(self, unit: Unit, ticket: Ticket, actor_id: int | None) -> None:
        """Show the desk that a ticket is over."""
        ended = TicketEnded(
            ticket_id=ticket.ticket_id,
            state=ticket.state,
            by_name=await self._telling.name_of(unit.session, actor_id),
            can_promote=ticket.state is TicketState.RESOLVED and ticket.answered_at is not None,
        )
        if ticket.forum_topic_id is not None or ticket.assignee_id is not None:
            key = f"ended:{ticket.ticket_id}:{ticket.version}"
            await self._telling.desk(unit, ticket, ended, key=key)
        await self._desk.show(unit, ticket, at_once=True)

    async def _own(self, unit: Unit, actor: Actor, ticket_id: int) -> Ticket:
        ticket = await self._casebook.hold(unit, ticket_id)
        if ticket.member_id != actor.member_id:
            raise NotFound("question", ticket_id)
        return ticket

    async def _give_back(self, unit: Unit, ticket: Ticket, reason: str) -> None:
        now = self._clock.now()
        await quota_queries.give_back(unit.session, ticket.ticket_id, reason=reason, now=now)

    async def _record(self, unit: Unit, actor: Actor, ticket: Ticket, action: str) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="ticket",
            subject_key=ticket.ticket_id,
        )
