"""Answering: what staff write about a ticket; only what its mentor says goes to the member."""

from collections.abc import Sequence
from dataclasses import replace

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES, held_ticket
from community_bot.tickets.facts import Heard, Message, Said, Ticket
from community_bot.tickets.publishing import Publishing, ticket_at
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.rules import (
    ALBUM_PAUSE,
    HELD,
    TICKET,
    Happening,
    MessageKind,
    TicketEvent,
)
from community_bot.tickets.telling import NOTED, Telling
from community_bot.tickets.wording_rules import is_note


class Answering:
    """Tells what is for the member from what stays inside, and carries it."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        publishing: Publishing,
        relaying: Relaying,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._publishing = publishing
        self._relaying = relaying
        self._telling = telling

    async def about(self, *, said: Said) -> int | None:
        """Return the ticket that a message at the desk is about; None for talk among mentors."""
        async with self._storage.work() as unit:
            try:
                return await self._ticket_of(unit, said)
            except NotFound:
                return None

    async def hear(self, actor: Actor, *, said: Said) -> Heard:
        """Take what somebody wrote in a ticket's topic, or as a reply to something of it.

        The mentor who has the ticket speaks to the member; "//" before it, and everybody else,
        stays inside. NotFound where it belongs to no ticket.
        """
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, await self._ticket_of(unit, said))
            heard = await self._take(unit, actor, ticket, said)
            await unit.commit()
        return heard

    async def may_answer(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Return the ticket of which the actor may begin an answer now.

        Raises NotAllowed for whoever does not have it, IllegalTransition where it is over.
        """
        actor.require(*DESK_ROLES)
        async with self._storage.read() as session:
            ticket = await held_ticket(session, ticket_id)
        if actor.member_id != ticket.assignee_id:
            raise NotAllowed("holder")
        TICKET.after(ticket.state, TicketEvent.ANSWER)
        return ticket

    async def answer(self, actor: Actor, *, ticket_id: int, said: Sequence[Said]) -> Heard:
        """Send what was gathered in private to the member; the mentor who has it alone may."""
        actor.require(*DESK_ROLES)
        if not said:
            raise Invalid("answer", "empty")
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if actor.member_id != ticket.assignee_id:
                raise NotAllowed("holder")
            kept = [await self._keep(unit, actor, ticket, one, MessageKind.PUBLIC) for one in said]
            new = [one for one, is_new in kept if is_new]
            if not new:
                raise AlreadyDone("answer")
            ticket = await self._publishing.answered(unit, ticket, actor_id=actor.member_id)
            await self._publishing.publish(unit, ticket, new)
            await unit.commit()
        return Heard(ticket, new[0].ticket_message_id, MessageKind.PUBLIC)

    async def late_part(self, actor: Actor, *, said: Said) -> Heard | None:
        """Let a part of an album that comes after its answer was sent go with it; else None.

        Of an answer that was taken back meanwhile it stays inside.
        """
        if said.media_group_id is None or not actor.has(*DESK_ROLES):
            return None
        async with self._storage.work(actor.cause) as unit:
            parts = await self._parts(unit, said)
            of_answer = [one for one in parts if one.kind is not MessageKind.MEMBER]
            if not of_answer or of_answer[0].ticket_id is None:
                return None
            ticket = await self._casebook.hold(unit, of_answer[0].ticket_id)
            if all(one.recalled_at is not None for one in of_answer):
                kept, _ = await self._keep(unit, actor, ticket, said, MessageKind.NOTE)
                ticket = await self._noted(unit, actor, ticket, kept)
                heard = Heard(ticket, kept.ticket_message_id, MessageKind.NOTE, is_more=True)
            else:
                heard = await self._take(unit, actor, ticket, said)
            await unit.commit()
        return heard

    async def note(self, actor: Actor, *, ticket_id: int, said: Said) -> Heard:
        """Keep something about a ticket that only the desk ever reads."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            kept, is_new = await self._keep(unit, actor, ticket, said, MessageKind.NOTE)
            if is_new:
                ticket = await self._noted(unit, actor, ticket, kept)
                await self._relaying.to_desk(unit, ticket, [kept])
            await unit.commit()
        return Heard(ticket, kept.ticket_message_id, MessageKind.NOTE)

    async def assist(self, actor: Actor, *, ticket_message_id: int) -> Heard:
        """Send one's own inner message to the member after all, as help for who has the ticket."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            message = await messages.message(unit.session, ticket_message_id)
            if message is None or message.ticket_id is None:
                raise NotFound("message", ticket_message_id)
            if message.author_id != actor.member_id or is_note(message.said.text):
                raise NotAllowed("author")
            ticket = await self._casebook.hold(unit, message.ticket_id)
            if message.kind is not MessageKind.NOTE or message.recalled_at is not None:
                raise AlreadyDone("answer")
            album = await self._album(unit, message)
            numbers = [one.ticket_message_id for one in album]
            await messages.house(unit.session, numbers, kind=MessageKind.PUBLIC)
            ticket = await self._publishing.answered(
                unit, ticket, actor_id=actor.member_id, happening=Happening.ASSIST
            )
            public = [replace(one, kind=MessageKind.PUBLIC) for one in album]
            await self._publishing.publish(unit, ticket, public)
            await unit.commit()
        return Heard(ticket, ticket_message_id, MessageKind.PUBLIC)

    async def _ticket_of(self, unit: Unit, said: Said) -> int:
        """Return the ticket of a topic, or of what was replied to."""
        if said.forum_topic_id is not None:
            found = await queries.in_topic(unit.session, said.chat_id, said.forum_topic_id)
            if found is not None:
                return found.ticket_id
        if said.reply_to is not None:
            ticket_id = await ticket_at(unit, said.chat_id, said.reply_to)
            if ticket_id is not None:
                return ticket_id
        if said.media_group_id is not None:
            parts = await messages.of_album(unit.session, said.chat_id, said.media_group_id)
            for part in parts:
                if part.ticket_id is not None:
                    return part.ticket_id
        raise NotFound("ticket")

    async def _take(self, unit: Unit, actor: Actor, ticket: Ticket, said: Said) -> Heard:
        is_holder = actor.member_id == ticket.assignee_id and ticket.state in HELD
        is_public = is_holder and not is_note(said.text)
        kind = MessageKind.PUBLIC if is_public else MessageKind.NOTE
        earlier = await self._parts(unit, said)
        if earlier:
            kind = earlier[0].kind
        kept, is_new = await self._keep(unit, actor, ticket, said, kind)
        may_assist = kind is MessageKind.NOTE and not is_note(said.text) and ticket.state in HELD
        heard = Heard(
            ticket,
            kept.ticket_message_id,
            kind,
            may_assist=may_assist and not is_holder,
            is_note=is_note(said.text),
            is_more=bool(earlier),
        )
        if not is_new:
            return heard
        if kind is MessageKind.NOTE:
            noted = ticket if earlier else await self._noted(unit, actor, ticket, kept)
            return replace(heard, ticket=noted)
        if not earlier:
            ticket = await self._publishing.answered(unit, ticket, actor_id=actor.member_id)
        if said.media_group_id is None:
            await self._publishing.publish(unit, ticket, [kept])
        else:
            await self._wait_for_album(unit, [*earlier, kept])
        return replace(heard, ticket=ticket)

    async def _wait_for_album(self, unit: Unit, parts: Sequence[Message]) -> None:
        """Carry an album on when its last part has come; parts that left already have left."""
        last = parts[-1].ticket_message_id
        await messages.relay_at(unit.session, [last], self._clock.now() + ALBUM_PAUSE)

    async def _parts(self, unit: Unit, said: Said) -> list[Message]:
        if said.media_group_id is None:
            return []
        return await messages.of_album(unit.session, said.chat_id, said.media_group_id)

    async def _album(self, unit: Unit, message: Message) -> list[Message]:
        parts = await self._parts(unit, message.said)
        return parts or [message]

    async def _keep(
        self, unit: Unit, actor: Actor, ticket: Ticket, said: Said, kind: MessageKind
    ) -> tuple[Message, bool]:
        """Keep a message, and say whether it is new."""
        added = await messages.add(
            unit.session,
            said,
            kind=kind,
            author_id=actor.member_id,
            now=self._clock.now(),
            ticket_id=ticket.ticket_id,
        )
        if added is not None:
            return added, True
        known = await messages.at(unit.session, said.chat_id, said.message_id)
        if known is None:
            raise NotFound("message", said.message_id)
        return known, False

    async def _noted(self, unit: Unit, actor: Actor, ticket: Ticket, kept: Message) -> Ticket:
        await self._telling.react(unit, kept.said, NOTED)
        return await self._casebook.note(
            unit,
            ticket,
            Happening.NOTE,
            actor_id=actor.member_id,
            facts={"message": kept.ticket_message_id},
        )
