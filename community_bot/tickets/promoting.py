"""Promoting: a settled ticket becomes a draft of the FAQ, with personal data blackened."""

from dataclasses import dataclass

from community_bot.errors import AlreadyDone, Invalid
from community_bot.faq.content_rules import Media, MediaKind
from community_bot.faq.facts import Line
from community_bot.faq.marking_rules import marked_up
from community_bot.faq.service import Faq
from community_bot.people import queries as people
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES, held_ticket
from community_bot.tickets.facts import Message, Ticket
from community_bot.tickets.rules import Happening, MessageKind

_FILES = frozenset(MediaKind)


@dataclass(frozen=True, slots=True)
class _Written:
    """What a ticket says: the question, the answers as Telegram HTML, and their files."""

    question: str
    answer: str
    media: tuple[Media, ...]
    names: tuple[str, ...]  # of those whom it is about


class Promoting:
    """One tap; nobody but staff reads a draft before it was looked through."""

    def __init__(self, storage: Storage, *, casebook: Casebook, knowledge: Faq) -> None:
        self._storage = storage
        self._casebook = casebook
        self._faq = knowledge

    async def similar(self, actor: Actor, *, ticket_id: int) -> list[Line]:
        """Return entries that may say the same already."""
        actor.require(*DESK_ROLES)
        async with self._storage.read() as session:
            ticket = await held_ticket(session, ticket_id)
        return await self._faq.searching.suggest(actor, text=ticket.summary, limit=3)

    async def promote(self, actor: Actor, *, ticket_id: int) -> int:
        """Make a draft of the question and its answers; return the entry's number."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._begin(unit, ticket_id)
            written = await self._written(unit, ticket)
            entry_id = await self._faq.learning.promote(
                unit,
                actor,
                question=written.question,
                answer=written.answer,
                media=written.media,
                topics=(ticket.topic,) if ticket.topic else (),
                ticket_id=ticket_id,
                names=written.names,
            )
            await self._note(unit, actor, ticket, entry_id)
            await unit.commit()
        return entry_id

    async def renew(self, actor: Actor, *, ticket_id: int, entry_id: int) -> int:
        """Let the answer be the newest version of an entry that one may change; return it."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._begin(unit, ticket_id)
            written = await self._written(unit, ticket)
            await self._faq.learning.renew(
                unit,
                actor,
                entry_id=entry_id,
                answer=written.answer,
                media=written.media,
                names=written.names,
            )
            await self._note(unit, actor, ticket, entry_id)
            await unit.commit()
        return entry_id

    async def _begin(self, unit: Unit, ticket_id: int) -> Ticket:
        ticket = await self._casebook.hold(unit, ticket_id)
        before = await queries.last(unit.session, ticket_id, Happening.PROMOTE)
        if before is not None:
            raise AlreadyDone("promotion", at=before.at)
        return ticket

    async def _note(self, unit: Unit, actor: Actor, ticket: Ticket, entry_id: int) -> None:
        by, facts = actor.member_id, {"entry": entry_id}
        await self._casebook.note(unit, ticket, Happening.PROMOTE, actor_id=by, facts=facts)

    async def _written(self, unit: Unit, ticket: Ticket) -> _Written:
        """Gather the question and its answers, with their formatting and the asker's name."""
        said = await messages.of_ticket(unit.session, ticket.ticket_id)
        answers = [
            one for one in said if one.kind is MessageKind.PUBLIC and one.recalled_at is None
        ]
        words = "\n\n".join(
            marked_up(one.said.text, one.said.entities) for one in answers if one.said.text
        )
        if not words:
            raise Invalid("ticket", "unanswered")
        names = await people.names(unit.session, [ticket.member_id])
        return _Written(
            question=ticket.summary,
            answer=words,
            media=tuple(_media(one) for one in answers if _is_file(one)),
            names=tuple(names.values()),
        )


def _is_file(message: Message) -> bool:
    return message.said.file_id is not None and message.said.content in _FILES


def _media(message: Message) -> Media:
    return Media(kind=MediaKind(message.said.content), file_id=message.said.file_id or "")
