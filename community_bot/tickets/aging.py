"""Aging: what becomes of tickets when time passes: warned of, settled, closed, woken."""

from datetime import datetime

from community_bot.clock import Clock
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import aging_queries, rating_queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import TicketWoken
from community_bot.tickets.ending import Ending
from community_bot.tickets.facts import Ticket
from community_bot.tickets.notices import RatingReminder, SilenceWarning
from community_bot.tickets.rules import (
    RATING_ASKED_AGAIN,
    Happening,
    TicketEvent,
    TicketState,
)
from community_bot.tickets.telling import Telling


class Aging:
    """A chore: each ticket in a unit of its own, seen again there before anything is done."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        ending: Ending,
        desk: Desk,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._ending = ending
        self._desk = desk
        self._telling = telling

    async def sweep(self, now: datetime) -> int:
        """Do what is due; return for how many tickets something was."""
        async with self._storage.read() as session:
            due = await aging_queries.due(session, now)
            unrated = await rating_queries.unrated(session, now - RATING_ASKED_AGAIN)
        for ticket_id in due:
            async with self._storage.work() as unit:
                await self._age(unit, await self._casebook.hold(unit, ticket_id), now)
                await unit.commit()
        for ticket in unrated:
            async with self._storage.work() as unit:
                await self._ask_again(unit, ticket, now)
                await unit.commit()
        return len(due)

    async def _age(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        if ticket.state is TicketState.ANSWERED:
            await self._silent(unit, ticket, now)
        elif ticket.state is TicketState.RESOLVED and _passed(ticket.close_at, now):
            await self._close(unit, ticket)
        elif ticket.state is TicketState.ACTIVE and _passed(ticket.snoozed_until, now):
            await self._wake(unit, ticket)

    async def _silent(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        """Warn a member who says nothing, and settle the ticket a day later."""
        if ticket.is_unreachable:
            return
        if _passed(ticket.resolve_at, now):
            await self._ending.settle(unit, ticket, actor_id=None)
            return
        if ticket.resolve_at is None:
            return
        warned = await self._casebook.note(unit, ticket, Happening.WARN, warn_at=None)
        await self._telling.member(
            unit,
            ticket.member_id,
            SilenceWarning(ticket.ticket_id, ticket.resolve_at),
            key=f"silence:{ticket.ticket_id}:{warned.version}",
            ticket_id=ticket.ticket_id,
        )

    async def _close(self, unit: Unit, ticket: Ticket) -> None:
        closed = await self._casebook.step(
            unit, ticket, TicketEvent.CLOSE, actor_id=None, close_at=None
        )
        await self._desk.close_room(unit, closed)
        await self._desk.show(unit, closed)

    async def _wake(self, unit: Unit, ticket: Ticket) -> None:
        woken = await self._casebook.note(unit, ticket, Happening.WAKE, snoozed_until=None)
        told = TicketWoken(ticket.ticket_id, ticket.summary)
        key = f"woken:{ticket.ticket_id}:{ticket.snoozed_until}"
        await self._telling.desk(unit, woken, told, key=key)
        await self._desk.show(unit, woken)

    async def _ask_again(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        """Ask once more for a verdict, and no member twice within a day."""
        since = now - RATING_ASKED_AGAIN
        if await rating_queries.was_asked_since(unit.session, ticket.member_id, since):
            return
        await aging_queries.note_asked(unit.session, ticket.ticket_id, now)
        told = RatingReminder(ticket.ticket_id)
        key = f"rating:{ticket.ticket_id}"
        await self._telling.member(
            unit, ticket.member_id, told, key=key, ticket_id=ticket.ticket_id
        )


def _passed(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now
