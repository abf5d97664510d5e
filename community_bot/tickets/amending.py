"""Amending: edits are mirrored and leave what was said before; messages can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.message_acts import DeleteMessages, EditPiece
from community_bot.delivery.rules import Doubt
from community_bot.errors import AlreadyDone, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.cards import opening
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.clock import Beat
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import QuestionEdited, QuestionRecalled
from community_bot.tickets.drafting import Drafting, words_of
from community_bot.tickets.facts import Message, Recalled, Said, Ticket
from community_bot.tickets.group_answers import follow_in_group
from community_bot.tickets.mirroring import mirrored
from community_bot.tickets.rules import DELETABLE, Happening, MessageKind, TicketEvent, TicketState
from community_bot.tickets.telling import DELIVERED, TAKEN_BACK, Telling
from community_bot.tickets.unsaying import unsay

CROSSED_OUT = "🗑"  # what stands where a copy was that is too old to be deleted
_ANSWERED = (TicketState.ANSWERED, TicketState.RESOLVED)


class Amending:
    """Nothing that was said is ever lost; the copies say what the message says now."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        drafting: Drafting,
        casebook: Casebook,
        desk: Desk,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._drafting = drafting
        self._casebook = casebook
        self._desk = desk
        self._telling = telling

    async def edited(self, actor: Actor, *, said: Said, head: str = "") -> Message | None:
        """Take an edit of a message that was kept; None where it is none of a question's.

        `head` is the command, or the name, with which it begins: it is no part of a question.
        """
        async with self._storage.work(actor.cause) as unit:
            before = await messages.at(unit.session, said.chat_id, said.message_id)
            if before is None:
                return None
            said = said.without(head) if before.said.is_cut else said
            if _is_changed(before.said, said):
                await messages.replace_text(unit.session, before, said, now=self._clock.now())
                await self._follow(unit, before, said)
            await unit.commit()
        if before.ticket_id is None and before.draft_id is not None:
            await self._drafting.refresh(replace(actor, cause=None), before.draft_id)
        return before

    async def recall(self, actor: Actor, *, chat_id: int, message_id: int) -> Recalled:
        """Take one's own message back, wherever it was carried; AlreadyDone the second time."""
        async with self._storage.work(actor.cause) as unit:
            message = await messages.at(unit.session, chat_id, message_id)
            if message is None or message.author_id != actor.member_id:
                raise NotFound("message", message_id)
            recalled = await self._recall(unit, actor, message)
            await unit.commit()
        return recalled

    async def recall_last(self, actor: Actor, *, ticket_id: int) -> Recalled:
        """Take back what one said last in a ticket; an album goes as a whole."""
        async with self._storage.work(actor.cause) as unit:
            said = await messages.of_ticket(unit.session, ticket_id)
            own = [
                one
                for one in said
                if one.author_id == actor.member_id
                and one.recalled_at is None
                and one.kind is not MessageKind.NOTE
            ]
            if not own:
                raise NotFound("message", ticket_id)
            recalled = await self._recall(unit, actor, own[-1])
            await unit.commit()
        return recalled

    async def recall_answer(self, actor: Actor, *, ticket_message_id: int, most: int) -> Recalled:
        """Take back an answer that was sent in one go: so many messages from the first one on."""
        async with self._storage.work(actor.cause) as unit:
            first = await messages.message(unit.session, ticket_message_id)
            if first is None or first.ticket_id is None:
                raise NotFound("message", ticket_message_id)
            said = await messages.of_ticket(unit.session, first.ticket_id)
            own = [
                one
                for one in said
                if one.author_id == actor.member_id
                and one.said.chat_id == first.said.chat_id
                and one.ticket_message_id >= ticket_message_id
            ][:most]
            if not own:
                raise NotFound("message", ticket_message_id)
            recalled = Recalled(first.ticket_id, was_deleted=True)
            for one in own:
                now = await messages.message(unit.session, one.ticket_message_id)
                if now is not None and now.recalled_at is None:
                    done = await self._recall(unit, actor, now)
                    recalled = Recalled(done.ticket_id, recalled.was_deleted and done.was_deleted)
            if all(one.recalled_at is not None for one in own):
                raise AlreadyDone("recall")
            await unit.commit()
        return recalled

    async def withdraw(self, unit: Unit, message: Message) -> bool:
        """Delete the copies of a message, or cross them out; say whether all could be deleted.

        A copy that is still under way is deleted when it arrives.
        """
        now, all_deleted = self._clock.now(), True
        for relay in await relays.of_message(unit.session, message.ticket_message_id):
            if relay.message_id is None or relay.arrived_at is None:
                continue
            is_young = now - relay.arrived_at < DELETABLE
            all_deleted &= is_young
            act: DeleteMessages | EditPiece = (
                DeleteMessages(chat_id=relay.chat_id, message_ids=(relay.message_id,))
                if is_young
                else EditPiece(
                    chat_id=relay.chat_id,
                    message_id=relay.message_id,
                    text=CROSSED_OUT,
                    is_caption=message.said.content != "text",
                )
            )
            await self._put(unit, relay.chat_id, act, key=f"recall:{relay.relay_id}")
        return all_deleted

    async def _follow(self, unit: Unit, before: Message, said: Said) -> None:
        """Let the copies and the desk know of an edit."""
        for relay in await relays.of_message(unit.session, before.ticket_message_id):
            edit = mirrored(relay, before.said, said, version=before.version + 1)
            if edit is not None:
                await self._telling.outbox.put(unit, edit)
        if before.ticket_id is None:
            return
        ticket = await self._casebook.hold(unit, before.ticket_id)
        of_all = await messages.of_ticket(unit.session, before.ticket_id)
        is_late = before.kind is MessageKind.MEMBER and ticket.state in _ANSWERED
        ticket = await self._casebook.note(
            unit,
            ticket,
            Happening.EDIT,
            actor_id=before.author_id,
            facts={"message": before.ticket_message_id, "version": before.version + 1},
            needs_review=ticket.needs_review or is_late,
            summary=words_of(opening(of_all)) or ticket.summary,
        )
        await self._telling.react(unit, said, DELIVERED)
        if before.kind is MessageKind.PUBLIC:
            await follow_in_group(unit, self._telling, ticket, before.ticket_message_id)
        if before.kind is MessageKind.MEMBER:
            await self._tell(unit, ticket, before, said, is_late=is_late)

    async def _tell(
        self, unit: Unit, ticket: Ticket, before: Message, said: Said, *, is_late: bool
    ) -> None:
        if ticket.assignee_id is not None:
            edited = QuestionEdited(
                ticket.ticket_id, before.said.text or "", said.text or "", is_late
            )
            key = f"edited:{before.ticket_message_id}:{before.version}"
            await self._telling.desk(unit, ticket, edited, key=key)
        await self._desk.show_desk(unit, ticket)

    async def _recall(self, unit: Unit, actor: Actor, message: Message) -> Recalled:
        parts, was_deleted = await self._parts(unit, message), True
        now = self._clock.now()
        for part in parts:
            if not await messages.recall(unit.session, part.ticket_message_id, now):
                raise AlreadyDone("recall")
            was_deleted &= await self.withdraw(unit, part)
            await self._telling.react(unit, part.said, TAKEN_BACK)
        if message.ticket_id is None:
            return Recalled(0, was_deleted)
        ticket = await self._casebook.hold(unit, message.ticket_id)
        ticket = await self._note_recall(unit, actor, ticket, parts)
        if message.kind is MessageKind.MEMBER and ticket.assignee_id is not None:
            key = f"recalled:{message.ticket_message_id}"
            await self._telling.desk(unit, ticket, QuestionRecalled(ticket.ticket_id), key=key)
        if message.kind is MessageKind.PUBLIC and was_deleted:
            await unsay(unit, self._telling, ticket)
        if message.kind is MessageKind.PUBLIC:
            number = message.ticket_message_id
            await follow_in_group(unit, self._telling, ticket, number)
        await self._desk.show_desk(unit, ticket)
        return Recalled(ticket.ticket_id, was_deleted)

    async def _note_recall(
        self, unit: Unit, actor: Actor, ticket: Ticket, parts: Sequence[Message]
    ) -> Ticket:
        """Write it down; where nothing is left of an answer, it is the mentor's turn again."""
        facts = {"messages": [one.ticket_message_id for one in parts]}
        if ticket.state is TicketState.ANSWERED and await self._was_all(unit, ticket, parts):
            return await self._casebook.step(
                unit,
                ticket,
                TicketEvent.FOLLOW_UP,
                actor_id=actor.member_id,
                happening=Happening.RECALL,
                facts=facts,
                beat=Beat.ASKED,
                warn_at=None,
                resolve_at=None,
            )
        return await self._casebook.note(
            unit, ticket, Happening.RECALL, actor_id=actor.member_id, facts=facts
        )

    async def _was_all(self, unit: Unit, ticket: Ticket, parts: Sequence[Message]) -> bool:
        """Say whether what was taken back is all that was answered to what was asked last."""
        said = await messages.of_ticket(unit.session, ticket.ticket_id)
        asked = [
            one
            for one in said
            if one.kind is MessageKind.MEMBER and not one.is_courtesy and one.recalled_at is None
        ]
        since = max((one.ticket_message_id for one in asked), default=0)
        at = max((one.said_at for one in asked), default=ticket.opened_at)
        answers = [
            one for one in said if one.kind is MessageKind.PUBLIC and one.ticket_message_id > since
        ]
        course = await queries.course(unit.session, ticket.ticket_id)
        by_entry = any("entry" in one.facts and one.at >= at for one in course)
        numbers = {one.ticket_message_id for one in answers}
        was_one = any(one.ticket_message_id in numbers for one in parts)
        return was_one and not by_entry and all(one.recalled_at is not None for one in answers)

    async def _parts(self, unit: Unit, message: Message) -> Sequence[Message]:
        album = message.said.media_group_id
        if album is None:
            return [message]
        found = await messages.of_album(unit.session, message.said.chat_id, album)
        return [one for one in found if one.recalled_at is None] or [message]

    async def _put(
        self, unit: Unit, chat_id: int, act: DeleteMessages | EditPiece, *, key: str
    ) -> None:
        await self._telling.outbox.put(
            unit,
            Promise(
                act, chat_id=chat_id, lane=Lane.DESK, once_key=key, doubt=Doubt.REPEAT, keep=False
            ),
        )


def _is_changed(before: Said, after: Said) -> bool:
    """Say whether an edit is one: a live location moves, a link gets its preview, nothing else."""
    if after.content == "location":
        return False
    return (before.text, tuple(map(dict, before.entities)), before.file_id) != (
        after.text,
        tuple(map(dict, after.entities)),
        after.file_id or before.file_id,
    )
