"""Merging: two tickets about the same go on as one, with everything that was said in both."""

from community_bot.clock import Clock
from community_bot.errors import Invalid
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import quota_queries
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES
from community_bot.tickets.desk import Desk
from community_bot.tickets.facts import Ticket
from community_bot.tickets.notices import QuestionMerged
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.rules import HELD, OPEN, Happening, MessageKind, TicketEvent, TicketState
from community_bot.tickets.telling import Telling


class Merging:
    """Of one member only: nobody's words ever come into somebody else's ticket."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        relaying: Relaying,
        desk: Desk,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._relaying = relaying
        self._desk = desk
        self._telling = telling

    async def merge(self, actor: Actor, *, ticket_id: int, into_id: int) -> Ticket:
        """Let a ticket go on in another of the same member; its question is given back."""
        actor.require(*DESK_ROLES)
        if ticket_id == into_id:
            raise Invalid("merge", "itself")
        async with self._storage.work(actor.cause) as unit:
            first, second = sorted((ticket_id, into_id))  # two who merge crosswise do not wait
            held = {number: await self._casebook.hold(unit, number) for number in (first, second)}
            gone, into = held[ticket_id], held[into_id]
            if gone.member_id != into.member_id or into.state not in OPEN:
                raise Invalid("merge", "other")
            into = await self._join(unit, actor, gone, into)
            await unit.commit()
        return into

    async def _join(self, unit: Unit, actor: Actor, gone: Ticket, into: Ticket) -> Ticket:
        number, into_id = gone.ticket_id, into.ticket_id
        said = await messages.of_ticket(unit.session, number)
        was_waiting = gone.waiting_since is not None
        gone = await self._casebook.step(
            unit,
            gone,
            TicketEvent.MERGE,
            actor_id=actor.member_id,
            facts={"into": into_id},
            assignee_id=None,
            merged_into_id=into_id,
        )
        now = self._clock.now()
        await messages.house(
            unit.session, [one.ticket_message_id for one in said], ticket_id=into_id
        )
        await relays.move(unit.session, number, into_id)
        await quota_queries.give_back(unit.session, number, reason="merged", now=now)
        into = await self._casebook.note(
            unit, into, Happening.ABSORB, actor_id=actor.member_id, facts={"from": number}
        )
        if was_waiting and into.state is TicketState.ANSWERED:
            into = await self._casebook.step(
                unit,
                into,
                TicketEvent.FOLLOW_UP,
                actor_id=actor.member_id,
                warn_at=None,
                resolve_at=None,
            )
        if into.state in HELD:
            own = [one for one in said if one.kind is MessageKind.MEMBER]
            await self._relaying.to_desk(unit, into, own)
        await self._tell(unit, actor, gone, into)
        return into

    async def _tell(self, unit: Unit, actor: Actor, gone: Ticket, into: Ticket) -> None:
        number, into_id = gone.ticket_id, into.ticket_id
        told = QuestionMerged(number, into_id)
        await self._telling.member(
            unit, into.member_id, told, key=f"merged:{number}", ticket_id=into_id
        )
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action="merge",
            subject="ticket",
            subject_key=number,
            after={"into": into_id},
        )
        await self._desk.close_room(unit, gone)
        await self._desk.show(unit, gone)
        await self._desk.show(unit, into)
