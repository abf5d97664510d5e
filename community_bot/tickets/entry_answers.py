"""Answers out of the FAQ: an entry or a mentor's snippet, sent with one tap and learnt from."""

from community_bot.errors import NotAllowed, NotFound
from community_bot.faq import queries as faq
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.facts import Line
from community_bot.faq.rules import SHOWN
from community_bot.faq.service import Faq
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES
from community_bot.tickets.facts import Ticket
from community_bot.tickets.publishing import Publishing


class EntryAnswers:
    """One store and one search for what members read and what mentors say again and again."""

    def __init__(
        self, storage: Storage, *, casebook: Casebook, publishing: Publishing, knowledge: Faq
    ) -> None:
        self._storage = storage
        self._casebook = casebook
        self._publishing = publishing
        self._faq = knowledge

    async def search(self, actor: Actor, *, text: str) -> list[Line]:
        """Return entries and snippets that fit some words, for staff."""
        actor.require(*DESK_ROLES)
        return await self._faq.searching.suggest(actor, text=text, limit=8)

    async def use(self, actor: Actor, *, ticket_id: int, entry_id: int) -> Ticket:
        """Answer with an entry; the FAQ learns which words it has answered."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if actor.member_id != ticket.assignee_id:
                raise NotAllowed("holder")
            entry = await faq.entry(unit.session, entry_id)
            if entry is None or entry.state not in SHOWN:
                raise NotFound("entry", entry_id)
            ticket = await self._publishing.answered(
                unit, ticket, actor_id=actor.member_id, entry_id=entry_id
            )
            events = await queries.course(unit.session, ticket_id)
            await self._publishing.publish_entry(
                unit, ticket, entry, mentor_id=actor.member_id, number=len(events)
            )
            if entry.content.kind is EntryKind.FAQ:
                await self._faq.reading.was_sent(unit, entry, member_id=ticket.member_id)
            if entry.content.kind is EntryKind.FAQ and ticket.summary:
                await self._faq.learning.answered_with(
                    unit, entry_id=entry_id, member_id=ticket.member_id, wording=ticket.summary
                )
            await unit.commit()
        return ticket
