"""Splitting: what was put with a question, and is another one, becomes a question of its own."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets.amending import Amending
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import QuestionRecalled
from community_bot.tickets.facts import Message, Ticket
from community_bot.tickets.placing import Placing
from community_bot.tickets.rules import (
    LIVE,
    RESOLVED_AFTER,
    WARNED_AHEAD,
    Happening,
    MessageKind,
    TicketEvent,
    TicketState,
)
from community_bot.tickets.telling import Telling


class Splitting:
    """Lets the member correct what was guessed, as long as nobody has answered it."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        placing: Placing,
        amending: Amending,
        desk: Desk,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._placing = placing
        self._amending = amending
        self._desk = desk
        self._telling = telling

    async def split(self, actor: Actor, *, ticket_message_id: int) -> int:
        """Take a message and what was added after it out of its ticket; return their draft.

        NotFound for what is nobody's or in no ticket any more, AlreadyDone once it is answered.
        """
        async with self._storage.work(actor.cause) as unit:
            first = await messages.message(unit.session, ticket_message_id)
            if first is None or first.ticket_id is None or first.author_id != actor.member_id:
                raise NotFound("message", ticket_message_id)
            ticket = await self._casebook.hold(unit, first.ticket_id)
            own = await self._unanswered(unit, ticket, first)
            await self._take_out(unit, ticket, own)
            draft_id = await self._placing.begin_draft(unit, actor.member_id, own)
            await self._go_on_without(unit, ticket, own)
            await unit.commit()
        return draft_id

    async def _unanswered(self, unit: Unit, ticket: Ticket, first: Message) -> list[Message]:
        """Return what the member wrote from then on; an answer to it settles where it belongs."""
        said = await messages.of_ticket(unit.session, ticket.ticket_id)
        later = [one for one in said if one.ticket_message_id >= first.ticket_message_id]
        is_answered = any(one.kind is MessageKind.PUBLIC for one in later)
        if is_answered or ticket.state not in LIVE or first.draft_id is not None:
            raise AlreadyDone("split")
        own = [one for one in later if one.kind is MessageKind.MEMBER and one.recalled_at is None]
        if not own:
            raise AlreadyDone("recall")
        return own

    async def _take_out(self, unit: Unit, ticket: Ticket, own: list[Message]) -> None:
        for one in own:
            await self._amending.withdraw(unit, one)
        numbers = [one.ticket_message_id for one in own]
        await messages.relay_at(unit.session, numbers, None)
        await messages.house(unit.session, numbers, ticket_id=None)
        if ticket.assignee_id is not None:
            key = f"recalled:{numbers[0]}"
            await self._telling.desk(unit, ticket, QuestionRecalled(ticket.ticket_id), key=key)

    async def _go_on_without(self, unit: Unit, ticket: Ticket, own: list[Message]) -> None:
        """Write it down; where nothing else waits for an answer, it is the member's turn again."""
        facts = {"messages": [one.ticket_message_id for one in own]}
        ticket = await self._casebook.note(
            unit, ticket, Happening.RECALL, actor_id=ticket.member_id, facts=facts
        )
        since = ticket.waiting_since
        is_all = ticket.answered_at is not None and since is not None and since >= own[0].said_at
        if ticket.state is TicketState.ACTIVE and is_all:
            now = self._clock.now()
            calendar = await self._casebook.business_time.calendar_in(unit.session)
            ticket = await self._casebook.step(
                unit,
                ticket,
                TicketEvent.WAIVE,
                actor_id=ticket.member_id,
                warn_at=calendar.add(now, RESOLVED_AFTER - WARNED_AHEAD),
                resolve_at=calendar.add(now, RESOLVED_AFTER),
            )
        await self._desk.show(unit, ticket)
