"""Reach: members who stop the bot and come back; what waits for them stands still meanwhile."""

from community_bot.storage.unit import Unit
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import MemberBack, MemberLost
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import OPEN, Happening, Origin, TicketState
from community_bot.tickets.telling import Telling

# Where it is our turn. What was answered settles by silence, whether its member is there or not.
_OURS = (TicketState.QUEUED, TicketState.ACTIVE)


class Reaching:
    """Flags tickets whose member cannot be reached, and tells who answers them."""

    def __init__(self, *, casebook: Casebook, desk: Desk, telling: Telling) -> None:
        self._casebook = casebook
        self._desk = desk
        self._telling = telling

    async def stopped(self, unit: Unit, member_id: int) -> None:
        """Note that a member has stopped the bot, on every question of theirs that waits for us.

        What was asked in a group is answered there too, and goes on.
        """
        await self._telling.outbox.closed(unit, member_id, "blocked")
        for ticket in await queries.of_member(unit.session, member_id, _OURS):
            if ticket.origin is Origin.PRIVATE:
                held = await self._casebook.hold(unit, ticket.ticket_id)
                await self._desk.show_desk(unit, await self.lost(unit, held, has_kept=False))

    async def came_back(self, unit: Unit, member_id: int) -> None:
        """Let what was kept for a member leave, and the clocks of their questions go on."""
        await self._telling.outbox.reopened(unit, member_id)
        for ticket in await queries.of_member(unit.session, member_id, OPEN):
            if ticket.is_unreachable:
                held = await self._casebook.hold(unit, ticket.ticket_id)
                await self._desk.show_desk(unit, await self.found(unit, held))

    async def lost(self, unit: Unit, ticket: Ticket, *, has_kept: bool) -> Ticket:
        """Stop the clock of one ticket, and tell who answers it whether an answer is kept."""
        if ticket.is_unreachable:
            return ticket
        ticket = await self._casebook.note(unit, ticket, Happening.LOSE, is_unreachable=True)
        if ticket.assignee_id is not None:
            name = await self._telling.name_of(unit.session, ticket.member_id) or ""
            told = MemberLost(ticket.ticket_id, name, has_kept)
            key = f"member_lost:{ticket.ticket_id}:{await self._times(unit, ticket)}"
            await self._telling.desk(unit, ticket, told, key=key)
        return ticket

    async def found(self, unit: Unit, ticket: Ticket) -> Ticket:
        """Let the clock of one ticket go on, and tell who answers it."""
        if not ticket.is_unreachable:
            return ticket
        ticket = await self._casebook.note(unit, ticket, Happening.FIND, is_unreachable=False)
        if ticket.assignee_id is not None:
            name = await self._telling.name_of(unit.session, ticket.member_id) or ""
            key = f"member_back:{ticket.ticket_id}:{await self._times(unit, ticket)}"
            await self._telling.desk(unit, ticket, MemberBack(ticket.ticket_id, name), key=key)
        return ticket

    async def _times(self, unit: Unit, ticket: Ticket) -> int:
        """Count how often the member was lost, so that each time is told once."""
        course = await queries.course(unit.session, ticket.ticket_id)
        return sum(one.happening is Happening.LOSE for one in course)
