"""Pausing: who floods the mentors asks nothing new for a while; what is open is answered."""

from datetime import datetime, timedelta

from community_bot.clock import Clock
from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import quota_queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES, held_ticket
from community_bot.tickets.notices import QuestionsPaused
from community_bot.tickets.rules import LONGEST_PAUSE, TicketState
from community_bot.tickets.telling import Telling


class Pausing:
    """Starts from a ticket that was found to be no question, so that there is a reason."""

    def __init__(
        self, storage: Storage, clock: Clock, *, casebook: Casebook, telling: Telling
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._telling = telling

    async def pause(self, actor: Actor, *, ticket_id: int, span: timedelta) -> datetime:
        """Let whoever wrote a ticket that is spam ask nothing new; the member is told until when.

        What they had open before is answered, and what they write to it arrives.
        """
        actor.require(*DESK_ROLES)
        if not timedelta() < span <= LONGEST_PAUSE:
            raise Invalid("pause", "span")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if ticket.state is not TicketState.SPAM:
                raise Invalid("pause", "state")
            until = now + span
            await quota_queries.pause(
                unit.session, ticket.member_id, until=until, by=actor.member_id, now=now
            )
            await self._tell(unit, actor, ticket.member_id, until)
            await unit.commit()
        return until

    async def resume(self, actor: Actor, *, ticket_id: int) -> None:
        """Let the member ask again at once; NotFound where nobody kept them from it."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if not await quota_queries.resume(unit.session, ticket.member_id):
                raise NotFound("pause", ticket.member_id)
            await self._tell(unit, actor, ticket.member_id, None)
            await unit.commit()

    async def until(self, actor: Actor, *, ticket_id: int) -> datetime | None:
        """Return until when whoever wrote a ticket may ask nothing new; None where they may."""
        actor.require(*DESK_ROLES)
        async with self._storage.read() as session:
            ticket = await held_ticket(session, ticket_id)
            return await quota_queries.paused_until(session, ticket.member_id, self._clock.now())

    async def _tell(self, unit: Unit, actor: Actor, member_id: int, until: datetime | None) -> None:
        now = self._clock.now()
        key = f"{'paused' if until else 'resumed'}:{now.isoformat()}"
        kept = await drafts.kept_of(unit.session, member_id)
        told = QuestionsPaused(until, 0 if until else len(kept))
        await self._telling.member(unit, member_id, told, key=key)
        await journal.record(
            unit,
            at=now,
            actor_id=actor.member_id,
            action="pause_questions" if until else "resume_questions",
            subject="member",
            subject_key=member_id,
            after={"until": until.isoformat()} if until else None,
        )
