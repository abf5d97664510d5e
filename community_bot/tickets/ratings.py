"""Ratings: what members say of answers, once for each ticket, and why."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import rating_queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import AnswerRated
from community_bot.tickets.facts import Rating, Ticket
from community_bot.tickets.rules import Grievance, Happening, TicketState, Verdict
from community_bot.tickets.telling import Telling

LONGEST = 1000
_RATED = (TicketState.RESOLVED, TicketState.CLOSED)


class Ratings:
    """Three buttons, and a reason where it did not help."""

    def __init__(
        self, storage: Storage, clock: Clock, *, casebook: Casebook, desk: Desk, telling: Telling
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._desk = desk
        self._telling = telling

    async def rate(self, actor: Actor, *, ticket_id: int, verdict: Verdict) -> Rating:
        """Say what the answer to one's own question was worth; AlreadyDone a second time."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._own(unit, actor, ticket_id)
            if ticket.state not in _RATED:
                raise Invalid("rating", "open")
            if not await rating_queries.rate(
                unit.session,
                ticket_id=ticket_id,
                member_id=actor.member_id,
                mentor_id=ticket.assignee_id,
                verdict=verdict,
                now=self._clock.now(),
            ):
                raise AlreadyDone("rating")
            await self._casebook.note(
                unit,
                ticket,
                Happening.RATE,
                actor_id=actor.member_id,
                facts={"verdict": verdict.value},
            )
            rating = await self._tell(unit, ticket, step="verdict")
            await unit.commit()
        return rating

    async def explain(
        self,
        actor: Actor,
        *,
        ticket_id: int,
        reason: Grievance | None = None,
        words: str | None = None,
    ) -> Rating:
        """Say why: with a button, in words of one's own, or both, each once."""
        if (reason is None) == (words is None):
            raise Invalid("reason", "empty")
        if words is not None and not 0 < len(words.strip()) <= LONGEST:
            raise Invalid("reason", "too_long", limit=LONGEST)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._own(unit, actor, ticket_id)
            if await rating_queries.rating(unit.session, ticket_id) is None:
                raise NotFound("rating", ticket_id)
            kept = words.strip() if words is not None else None
            if not await rating_queries.explain(unit.session, ticket_id, reason=reason, words=kept):
                raise AlreadyDone("rating")
            rating = await self._tell(unit, ticket, step="words" if words else "reason")
            await unit.commit()
        return rating

    async def _tell(self, unit: Unit, ticket: Ticket, *, step: str) -> Rating:
        """Let the mentor know what was said of their answer."""
        rating = await rating_queries.rating(unit.session, ticket.ticket_id)
        if rating is None:
            raise NotFound("rating", ticket.ticket_id)
        told = AnswerRated(ticket.ticket_id, rating.verdict, rating.reason, rating.words)
        key = f"rated:{ticket.ticket_id}:{step}"
        if ticket.assignee_id is not None:
            await self._telling.staff(unit, ticket, [ticket.assignee_id], told, key=key)
        await self._desk.show_desk(unit, ticket)
        return rating

    async def _own(self, unit: Unit, actor: Actor, ticket_id: int) -> Ticket:
        ticket = await self._casebook.hold(unit, ticket_id)
        if ticket.member_id != actor.member_id:
            raise NotFound("question", ticket_id)
        return ticket
