"""The sellers' vocabulary: words that mean the same, added by admins to those that are shipped."""

from community_bot.clock import Clock
from community_bot.errors import Invalid, NotFound
from community_bot.faq import queries, topic_queries
from community_bot.faq.content_rules import split_list
from community_bot.faq.facts import OwnTerms
from community_bot.faq.folding import plain
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

FEWEST, MOST, SIGNS = 2, 20, 40


class Terms:
    """Groups of words that are read as one, in entries and searches alike."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def own(self, actor: Actor) -> list[OwnTerms]:
        """Return the community's own groups, oldest first."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return [OwnTerms(*group) for group in await topic_queries.terms(session)]

    async def add(self, actor: Actor, *, text: str) -> None:
        """Let words mean the same, as they are typed: with commas between them."""
        actor.require(Role.ADMIN)
        terms = tuple(dict.fromkeys(term for term in split_list(text) if plain(term)))
        if len({plain(term) for term in terms}) < FEWEST:
            raise Invalid("terms", "too_few")
        if len(terms) > MOST or any(len(term) > SIGNS for term in terms):
            raise Invalid("terms", "too_long")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            await topic_queries.add_terms(unit.session, terms, by=actor.member_id, now=now)
            await self._note(unit, actor, "add_terms", terms[0])
            await unit.commit()

    async def remove(self, actor: Actor, *, term_id: int) -> None:
        """Let them mean what they meant before."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            if not await topic_queries.remove_terms(unit.session, term_id):
                raise NotFound("terms", term_id)
            await self._note(unit, actor, "remove_terms", str(term_id))
            await unit.commit()

    async def _note(self, unit: Unit, actor: Actor, action: str, key: str) -> None:
        await queries.next_revision(unit.session)
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="faq_terms",
            subject_key=key[:SIGNS],
        )
