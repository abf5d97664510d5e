"""Sharing: who wants to know the same follows an open question, and one answer reaches them all."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, NotFound
from community_bot.faq.documents import Document, Verdict
from community_bot.faq.engine import SearchEngine
from community_bot.faq.following import LiveIndex
from community_bot.faq.vocabulary import Vocabulary
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import queries, rating_queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import OPEN, DraftEvent, Happening
from community_bot.tickets.view_facts import Shared

COMPARED = 200  # open questions with which a new one is compared, newest first
SHOWN = 3


class Sharing:
    """Nobody sees whose question it is, and only those are shown whose askers allowed it."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        desk: Desk,
        index: LiveIndex,
    ) -> None:
        self._index = index
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._desk = desk

    async def share(self, actor: Actor, *, ticket_id: int, is_shared: bool) -> Ticket:
        """Let others, or no longer, follow one's own question."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if ticket.member_id != actor.member_id:
                raise NotFound("question", ticket_id)
            changed = await queries.put(unit.session, ticket_id, is_shared=is_shared)
            await self._desk.show(unit, changed or ticket)
            await unit.commit()
        return changed or ticket

    async def similar(self, actor: Actor, *, words: str) -> list[Shared]:
        """Return open questions of others that seem to ask the same, the most similar first."""
        actor.require(Role.MEMBER)
        await self._index.follow()
        async with self._storage.read() as session:
            found = await rating_queries.shared(session, actor.member_id, COMPARED)
            nearest = _nearest(words, found, self._index.vocabulary)
            return [
                Shared(
                    ticket_id=one.ticket_id,
                    summary=one.summary,
                    topic=one.topic,
                    market=one.market,
                    followers=len(await rating_queries.followers(session, one.ticket_id)),
                )
                for one in nearest
            ]

    async def follow(self, actor: Actor, *, ticket_id: int, draft_id: int | None = None) -> Shared:
        """Hear the answer to somebody else's question too; one's own draft is dropped for it."""
        actor.require(Role.MEMBER)
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            is_open = ticket.is_shared and ticket.state in OPEN
            if not is_open or ticket.member_id == actor.member_id:
                raise NotFound("question", ticket_id)
            now = self._clock.now()
            if not await rating_queries.follow(unit.session, ticket_id, actor.member_id, now):
                raise AlreadyDone("follow")
            if draft_id is not None:
                kept = await drafts.draft(unit.session, draft_id)
                if kept is not None and kept.member_id == actor.member_id:
                    await drafts.step(unit.session, draft_id, DraftEvent.DEFLECT)
            ticket = await self._casebook.note(
                unit, ticket, Happening.FOLLOW, actor_id=actor.member_id
            )
            followers = await rating_queries.followers(unit.session, ticket_id)
            await self._desk.show_desk(unit, ticket)
            await unit.commit()
        return Shared(ticket_id, ticket.summary, ticket.topic, ticket.market, len(followers))


def _nearest(words: str, found: list[Ticket], vocabulary: Vocabulary) -> list[Ticket]:
    """Compare by the FAQ's own search, which knows the sellers' words and the community's own."""
    engine = SearchEngine(vocabulary)
    for one in found:
        engine.put(Document(key=str(one.ticket_id), question=one.summary))
    if not found or not words.strip():
        return []
    result = engine.search(words, limit=SHOWN)
    if result.verdict is Verdict.NOTHING:
        return []
    by_number = {str(one.ticket_id): one for one in found}
    return [by_number[hit.key] for hit in result.hits]
