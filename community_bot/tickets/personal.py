"""What a person's tickets hold of them: shown to them on request, and blackened when they go."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import personal_queries, queries
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import OPEN, TicketState


class PersonalTickets:
    """Numbers, states and times stay for the figures; words, files and names go."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def of(self, member_id: int) -> list[dict[str, Any]]:
        """Return everything that a member has asked and was answered, as plain data."""
        async with self._storage.read() as session:
            tickets = await queries.of_member(session, member_id, tuple(TicketState))
            return [
                {**_plain(one), "messages": await personal_queries.said(session, one.ticket_id)}
                for one in tickets
            ]

    async def is_open(self, session: AsyncSession, member_id: int) -> str | None:
        """Say so where a question of a member's still waits for its answer."""
        return "question_open" if await queries.of_member(session, member_id, OPEN) else None

    async def erase(self, unit: Unit, _actor: Actor, member_id: int) -> None:
        """Blacken what a member said and was told, in the unit in which they are forgotten."""
        await personal_queries.blacken(unit.session, member_id)


def _plain(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.ticket_id,
        "state": ticket.state.value,
        "topic": ticket.topic,
        "market": ticket.market,
        "asked_at": ticket.opened_at.isoformat(),
        "answered_at": ticket.answered_at.isoformat() if ticket.answered_at else None,
        "summary": ticket.summary,
    }
