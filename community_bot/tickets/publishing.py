"""Publishing: an answer goes to the member, to those who follow, and to the group that asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from community_bot.clock import Clock
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.facts import Entry
from community_bot.faq.failing import Failing
from community_bot.storage.unit import Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import rating_queries
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.facts import Message, Ticket
from community_bot.tickets.group_answers import follow_in_group, point_from_group, say_in_group
from community_bot.tickets.notices import AnswerFooter, AnswerHeading, EntryAnswer
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.rules import (
    RESOLVED_AFTER,
    WARNED_AHEAD,
    Happening,
    MessageKind,
    Origin,
    TicketEvent,
)
from community_bot.tickets.telling import Telling
from community_bot.tickets.unsaying import footer_card, heading_card

FOOTER_PAUSE = timedelta(seconds=3)  # several messages of one answer are asked about once


class Publishing:
    """The one way by which words of staff reach members."""

    def __init__(
        self,
        clock: Clock,
        *,
        casebook: Casebook,
        desk: Desk,
        relaying: Relaying,
        telling: Telling,
        failing: Failing,
    ) -> None:
        self._clock = clock
        self._casebook = casebook
        self._desk = desk
        self._relaying = relaying
        self._telling = telling
        self._failing = failing

    async def answered(
        self,
        unit: Unit,
        ticket: Ticket,
        *,
        actor_id: int,
        happening: Happening = Happening.ANSWER,
        entry_id: int | None = None,
    ) -> Ticket:
        """Let it be the member's turn, and let silence count from now on."""
        if ticket.snoozed_until is not None:
            ticket = await self._casebook.note(unit, ticket, Happening.WAKE, snoozed_until=None)
        now = self._clock.now()
        calendar = await self._casebook.business_time.calendar_in(unit.session)
        moved = await self._casebook.step(
            unit,
            ticket,
            TicketEvent.ANSWER,
            actor_id=actor_id,
            happening=happening,
            facts={} if entry_id is None else {"entry": entry_id},
            answered_at=ticket.answered_at or now,
            needs_review=False,
            escalation=0,
            warn_at=calendar.add(now, RESOLVED_AFTER - WARNED_AHEAD),
            resolve_at=calendar.add(now, RESOLVED_AFTER),
        )
        if entry_id is None and ticket.answered_at is None:
            await self._failing.answered(
                unit, ticket_id=ticket.ticket_id, entry_ids=ticket.entries_read
            )
        await self._desk.show(unit, moved)
        return moved

    async def publish(self, unit: Unit, ticket: Ticket, said: Sequence[Message]) -> None:
        """Carry an answer to the member, to those who follow, and to the group that asked."""
        heading = await self._heading(unit, ticket, said)
        key = f"{ticket.ticket_id}:{said[0].ticket_message_id}"
        if heading is not None:
            await self._telling.member(
                unit,
                ticket.member_id,
                heading,
                key=f"heading:{key}",
                ticket_id=ticket.ticket_id,
                card=heading_card(said[0].ticket_message_id),
            )
        await self._relaying.to_member(unit, ticket, said)
        await self._foot(unit, ticket)
        await self._to_followers(unit, ticket, said, key, is_new=heading is not None)
        if ticket.origin is Origin.PRIVATE:
            return
        if heading is not None:
            await say_in_group(unit, self._telling, ticket, said)
        else:
            number = said[0].ticket_message_id
            await follow_in_group(unit, self._telling, ticket, number)

    async def publish_entry(
        self, unit: Unit, ticket: Ticket, entry: Entry, *, mentor_id: int, number: int
    ) -> None:
        """Answer with an entry of the FAQ, or with a snippet of the mentors."""
        answer = EntryAnswer(
            ticket_id=ticket.ticket_id,
            entry_id=entry.entry_id,
            is_public=entry.content.kind is EntryKind.FAQ,
            question=entry.content.question,
            body=entry.content.body,
            files=len(entry.content.media),
            mentor_name=await self._telling.signature(unit.session, mentor_id),
        )
        key = f"entry:{ticket.ticket_id}:{entry.entry_id}:{number}"
        followers = await rating_queries.followers(unit.session, ticket.ticket_id)
        readers = (ticket.member_id, *followers)
        names = await self._telling.names_of(unit.session, *readers)
        for member_id in readers:
            told = replace(answer, reader_name=names[member_id])
            await self._telling.member(unit, member_id, told, key=key, ticket_id=ticket.ticket_id)
        await self._foot(unit, ticket)
        if ticket.origin is not Origin.PRIVATE:
            title = answer.question if answer.is_public else ""
            await point_from_group(
                unit, self._telling, ticket, mentor_id=mentor_id, title=title, key=f"group_{key}"
            )

    async def _to_followers(
        self, unit: Unit, ticket: Ticket, said: Sequence[Message], key: str, *, is_new: bool
    ) -> None:
        name = await self._telling.signature(unit.session, said[0].author_id)
        heading = AnswerHeading(ticket.ticket_id, name, is_followed=True, summary=ticket.summary)
        for member_id in await rating_queries.followers(unit.session, ticket.ticket_id):
            if is_new:
                await self._telling.member(
                    unit, member_id, heading, key=f"heading:{key}", ticket_id=ticket.ticket_id
                )
            await self._relaying.to_follower(unit, ticket, said, member_id)

    async def _heading(
        self, unit: Unit, ticket: Ticket, said: Sequence[Message]
    ) -> AnswerHeading | None:
        """Say who speaks, unless the same mentor has just spoken about the same ticket."""
        name = await self._telling.signature(unit.session, said[0].author_id)
        last = await relays.last_to(unit.session, ticket.member_id, ticket.ticket_id)
        if last is not None:
            source = await messages.message(unit.session, last.ticket_message_id)
            everything = await messages.of_ticket(unit.session, ticket.ticket_id)
            is_answered_back = any(
                one.kind is MessageKind.MEMBER and one.said_at > last.promised_at
                for one in everything
            )
            if source is None or source.recalled_at is not None:
                return AnswerHeading(ticket.ticket_id, name)
            if source.author_id == said[0].author_id and not is_answered_back:
                return None
        return AnswerHeading(ticket.ticket_id, name)

    async def _foot(self, unit: Unit, ticket: Ticket) -> None:
        """Ask below the answer whether it settles the question; only once for several messages."""
        card = footer_card(ticket.ticket_id)
        await self._telling.outbox.forget_card(unit, card, chat_id=ticket.member_id)
        await self._telling.member(
            unit,
            ticket.member_id,
            AnswerFooter(ticket.ticket_id),
            key=None,
            ticket_id=ticket.ticket_id,
            card=card,
            not_before=self._clock.now() + FOOTER_PAUSE,
        )


async def ticket_at(unit: Unit, chat_id: int, message_id: int) -> int | None:
    """Return the ticket to which a message belongs, whoever sent it: by what is stored alone."""
    ticket_id = await messages.anchored(unit.session, chat_id, message_id)
    if ticket_id is not None:
        return ticket_id
    copy = await relays.at(unit.session, chat_id, message_id)
    if copy is not None:
        return copy.ticket_id
    own = await messages.at(unit.session, chat_id, message_id)
    return own.ticket_id if own is not None else None
