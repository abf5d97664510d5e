"""Choosing: what a draft is about, who else may follow it, and that there is more to come."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets.drafting import Drafting, words_of
from community_bot.tickets.facts import Draft
from community_bot.tickets.quotas import Right
from community_bot.tickets.rules import DraftState
from community_bot.tickets.topic_rules import MARKETS, topics_of


class Choosing:
    """Whatever is not chosen is guessed, and nothing of it must be chosen."""

    def __init__(self, storage: Storage, clock: Clock, *, drafting: Drafting) -> None:
        self._storage = storage
        self._clock = clock
        self._drafting = drafting

    async def choose_topic(self, actor: Actor, *, draft_id: int, topic: str | None) -> Draft:
        """Say what the question is about; None skips it."""
        right = await self._drafting.right_of(actor)
        if topic is not None and topic not in topics_of(right.tier.topics):
            raise Invalid("topic", "unknown")
        return await self._choose(actor, draft_id, right, topic=topic, is_topic_chosen=True)

    async def choose_market(self, actor: Actor, *, draft_id: int, market: str | None) -> Draft:
        """Say which market the question is about; None skips it."""
        if market is not None and market not in MARKETS:
            raise Invalid("market", "unknown")
        right = await self._drafting.right_of(actor)
        return await self._choose(actor, draft_id, right, market=market, is_market_chosen=True)

    async def share(self, actor: Actor, *, draft_id: int, is_shared: bool) -> Draft:
        """Let others, or no longer, follow the question without seeing whose it is."""
        return await self._choose(
            actor, draft_id, await self._drafting.right_of(actor), is_shared=is_shared
        )

    async def add_more(self, actor: Actor, *, draft_id: int) -> Draft:
        """Wait longer: the member wants to write on."""
        now = self._clock.now()
        return await self._choose(
            actor, draft_id, await self._drafting.right_of(actor), last_said_at=now
        )

    async def _choose(
        self,
        actor: Actor,
        draft_id: int,
        right: Right,
        **values: object,
    ) -> Draft:
        async with self._storage.read() as session:
            words = words_of(await messages.of_draft(session, draft_id))
        suggested = await self._drafting.spared(actor, words)
        async with self._storage.work(actor.cause) as unit:
            kept = await self._drafting.held(unit, actor, draft_id)
            if kept.state is DraftState.SUBMITTED:
                raise AlreadyDone("draft")
            if kept.state is not DraftState.GATHERING:
                raise NotFound("draft", draft_id)
            changed = await drafts.put(unit.session, draft_id, **values) or kept
            draft = await self._drafting.fact(unit.session, changed, right, suggested)
            await self._drafting.show(unit, draft)
            await unit.commit()
        return draft
