"""Placing: a member's message is kept in its ticket, moves it, and is carried to its mentor."""

from collections.abc import Sequence
from datetime import datetime

from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import Claiming
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import FollowUpCame
from community_bot.tickets.drafting import words_of
from community_bot.tickets.facts import Message, Placed, Said, Ticket
from community_bot.tickets.mentors import Mentors
from community_bot.tickets.notices import Courtesy, FollowUpStored
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.rules import (
    ALBUM_PAUSE,
    HELD,
    Happening,
    MessageKind,
    Origin,
    TicketEvent,
    TicketState,
)
from community_bot.tickets.telling import STORED, Telling
from community_bot.tickets.wording_rules import is_courtesy


class Placing:
    """Whatever state a ticket that still lives is in, what its member writes has an effect."""

    def __init__(
        self,
        clock: Clock,
        *,
        casebook: Casebook,
        claiming: Claiming,
        mentors: Mentors,
        desk: Desk,
        relaying: Relaying,
        telling: Telling,
    ) -> None:
        self._clock = clock
        self._casebook = casebook
        self._claiming = claiming
        self._mentors = mentors
        self._desk = desk
        self._relaying = relaying
        self._telling = telling

    async def place(
        self, unit: Unit, actor: Actor, ticket: Ticket, said: Said, *, is_guess: bool = False
    ) -> Placed:
        """Keep a message in a ticket; an album is one event, however many parts it has.

        Of a guess the member is told where it went, and may say that it is another question.
        """
        earlier = await self._parts(unit, said)
        thanks = is_courtesy(said.content, said.text)
        kept = await messages.add(
            unit.session,
            said,
            kind=MessageKind.MEMBER,
            author_id=actor.member_id,
            now=self._clock.now(),
            ticket_id=ticket.ticket_id,
            is_courtesy=thanks,
        )
        if kept is None:
            return Placed(ticket, is_courtesy=thanks)
        placed = Placed(ticket)
        if not earlier:
            placed = await self._moved(unit, ticket, [kept])
            await self._telling.react(unit, said, STORED)
            if is_guess and not placed.is_courtesy:
                await self._say_where(unit, placed.ticket, kept)
        if said.media_group_id is None:
            await self.carry(unit, placed.ticket, [kept])
        else:
            at = self._clock.now() + ALBUM_PAUSE
            await messages.relay_at(unit.session, [kept.ticket_message_id], at)
        return placed

    async def house(
        self, unit: Unit, member_id: int, ticket: Ticket, waiting: Sequence[Message]
    ) -> Placed:
        """Take in messages of which the member has said now that they belong to a ticket."""
        numbers = [one.ticket_message_id for one in waiting]
        await messages.house(unit.session, numbers, ticket_id=ticket.ticket_id)
        placed = await self._moved(unit, ticket, waiting)
        told = FollowUpStored(ticket.ticket_id, placed.is_reopened, self._ahead(placed.ticket))
        key = f"stored:{ticket.ticket_id}:{numbers[0]}"
        await self._telling.member(unit, member_id, told, key=key, ticket_id=ticket.ticket_id)
        await self.carry(unit, placed.ticket, waiting)
        return placed

    async def _say_where(self, unit: Unit, ticket: Ticket, kept: Message) -> None:
        number = kept.ticket_message_id
        told = FollowUpStored(
            ticket.ticket_id,
            is_reopened=False,
            promised_at=self._ahead(ticket),
            guessed_id=number,
        )
        key = f"stored:{ticket.ticket_id}:{number}"
        await self._telling.member(
            unit, ticket.member_id, told, key=key, ticket_id=ticket.ticket_id
        )

    def _ahead(self, ticket: Ticket) -> datetime | None:
        """Return the time that was promised, as long as it is not over."""
        at = ticket.promised_at
        return at if at is not None and at > self._clock.now() else None

    async def begin_draft(self, unit: Unit, member_id: int, waiting: Sequence[Message]) -> int:
        """Make a new question of messages that belong to no ticket; return the draft's number."""
        now = self._clock.now()
        kept = await drafts.begin(
            unit.session,
            member_id,
            origin=Origin.PRIVATE,
            group_chat_id=None,
            group_message_id=None,
            follows_id=None,
            now=now,
        )
        numbers = [one.ticket_message_id for one in waiting]
        await messages.house(unit.session, numbers, draft_id=kept.draft_id)
        await drafts.put(unit.session, kept.draft_id, last_said_at=now)
        return kept.draft_id

    async def reopen(self, unit: Unit, ticket: Ticket, *, actor_id: int) -> Ticket:
        """Open a settled ticket again: for its mentor if they are there, else for the queue."""
        before = ticket.assignee_id
        ticket = await self._casebook.step(
            unit,
            ticket,
            TicketEvent.REOPEN,
            actor_id=actor_id,
            assignee_id=None,
            claimed_at=None,
            resolved_at=None,
            close_at=None,
        )
        ticket = await self._casebook.step(
            unit, ticket, TicketEvent.FOLLOW_UP, actor_id=actor_id, warn_at=None, resolve_at=None
        )
        if before is not None and await self._is_there(unit, before):
            return await self._claiming.give(unit, ticket, before, actor_id=None)
        await self._desk.show(unit, ticket, at_once=True)
        return ticket

    async def carry(self, unit: Unit, ticket: Ticket, said: Sequence[Message]) -> None:
        """Carry a member's messages to where the ticket is worked on, once somebody has it.

        A topic that is still being made is filled when it is there, with everything.
        """
        is_worked_on = ticket.state in HELD or ticket.forum_topic_id is not None
        if not is_worked_on or await self._desk.awaits_room(unit, ticket):
            return
        known = await self._relaying.known_at(unit, ticket)
        new = [one for one in said if one.ticket_message_id not in known]
        await self._relaying.to_desk(unit, ticket, new)

    async def _moved(self, unit: Unit, ticket: Ticket, said: Sequence[Message]) -> Placed:
        """Let a ticket take the step that a message of its member means."""
        thanks = all(is_courtesy(one.said.content, one.said.text) for one in said)
        if thanks and ticket.state in (TicketState.ANSWERED, TicketState.RESOLVED):
            return await self._thanked(unit, ticket)
        author_id = said[0].author_id
        is_reopened = ticket.state is TicketState.RESOLVED
        if is_reopened:
            ticket = await self.reopen(unit, ticket, actor_id=author_id)
        else:
            ticket = await self._casebook.step(
                unit,
                ticket,
                TicketEvent.FOLLOW_UP,
                actor_id=author_id,
                facts={"message": said[0].ticket_message_id},
                warn_at=None,
                resolve_at=None,
            )
            await self._desk.show(unit, ticket)
        await self._call(unit, ticket, said, is_reopened=is_reopened)
        return Placed(ticket, is_reopened=is_reopened)

    async def _thanked(self, unit: Unit, ticket: Ticket) -> Placed:
        """Thanks start no clock: the member is asked whether the question is settled."""
        ticket = await self._casebook.note(unit, ticket, Happening.THANK, actor_id=ticket.member_id)
        if ticket.state is TicketState.ANSWERED:
            key = f"courtesy:{ticket.ticket_id}:{ticket.version}"
            told = Courtesy(ticket.ticket_id)
            await self._telling.member(
                unit, ticket.member_id, told, key=key, ticket_id=ticket.ticket_id
            )
        return Placed(ticket, is_courtesy=True)

    async def _call(
        self, unit: Unit, ticket: Ticket, said: Sequence[Message], *, is_reopened: bool
    ) -> None:
        """Call whoever has the ticket, once for each time that the member waits."""
        if ticket.assignee_id is None:
            return
        came = FollowUpCame(
            ticket_id=ticket.ticket_id,
            mentor_id=ticket.assignee_id,
            mentor_name=await self._telling.name_of(unit.session, ticket.assignee_id),
            words=words_of(said),
            due_at=ticket.due_at,
            is_reopened=is_reopened,
        )
        key = f"follow_up:{ticket.ticket_id}:{ticket.waiting_since}"
        await self._telling.desk(unit, ticket, came, key=key)

    async def _is_there(self, unit: Unit, mentor_id: int) -> bool:
        """Say whether a mentor is on duty and can carry one more."""
        try:
            mentor = await self._mentors.find_in(unit, mentor_id)
        except NotFound:
            return False
        return mentor.is_on_duty and mentor.load < mentor.cap

    async def _parts(self, unit: Unit, said: Said) -> list[Message]:
        if said.media_group_id is None:
            return []
        return await messages.of_album(unit.session, said.chat_id, said.media_group_id)
