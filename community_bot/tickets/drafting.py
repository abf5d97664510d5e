"""Drafting: what a member writes in a burst is gathered into one question, kept from the start."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.errors import Invalid, LimitReached, NotFound
from community_bot.faq import usage_queries as faq_usage
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.card_facts import counted
from community_bot.tickets.draft_queries import Kept
from community_bot.tickets.facts import Allowance, Draft, Hit, Message, Said
from community_bot.tickets.notices import DraftCard, QuestionOver
from community_bot.tickets.quotas import Quotas, Right
from community_bot.tickets.rules import (
    ALBUM_PARTS,
    DRAFT_PARTS,
    READ_BEFORE,
    DraftEvent,
    DraftState,
    MessageKind,
    Origin,
    summary_of,
)
from community_bot.tickets.telling import STORED, Telling
from community_bot.tickets.topic_rules import MARKETS, guess_market, guess_topic, topics_of

CARD_PAUSE = timedelta(seconds=1)  # a burst is one card, not one for each message
HITS = 3
# Finds at most so many entries that may answer these words, for this person.
Suggest = Callable[[Actor, str, int], Awaitable[Sequence[Hit]]]


class Drafting:
    """One draft at a time for each member; nothing of it is ever asked for again."""

    def __init__(
        self, storage: Storage, clock: Clock, *, quotas: Quotas, telling: Telling, suggest: Suggest
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._quotas = quotas
        self._telling = telling
        self._suggest = suggest

    async def collect(
        self,
        actor: Actor,
        *,
        said: Said,
        origin: Origin = Origin.PRIVATE,
        follows_id: int | None = None,
    ) -> Draft:
        """Keep a message in the member's draft, which begins with it if there is none.

        NotAllowed for whoever has no questions. The same message twice is kept once.
        """
        suggested = await self._suggested(actor, said)
        async with self._storage.work(actor.cause) as unit:
            now = self._clock.now()
            right = await self._quotas.right_of(unit.session, actor.member_id, now)
            kept = await drafts.begin(
                unit.session,
                actor.member_id,
                origin=origin,
                group_chat_id=said.chat_id if origin is not Origin.PRIVATE else None,
                group_message_id=said.message_id if origin is not Origin.PRIVATE else None,
                follows_id=await self._own(unit, actor, follows_id),
                now=now,
            )
            kept = await self._add(unit, actor, kept, said, right)
            draft = await self.fact(unit.session, kept, right, suggested)
            await self.show(unit, draft)
            await unit.commit()
        return draft

    async def current(self, actor: Actor) -> Draft | None:
        """Return the draft that the member is writing, if there is one."""
        async with self._storage.read() as session:
            kept = await drafts.gathering(session, actor.member_id)
            if kept is None:
                return None
            right = await self._quotas.right_of(session, actor.member_id, self._clock.now())
            return await self.fact(session, kept, right)

    async def kept(self, actor: Actor) -> list[Draft]:
        """Return the drafts that wait for another month."""
        async with self._storage.read() as session:
            found = await drafts.kept_of(session, actor.member_id)
            if not found:
                return []
            right = await self._quotas.right_of(session, actor.member_id, self._clock.now())
            return [await self.fact(session, one, right) for one in found]

    async def choose_topic(self, actor: Actor, *, draft_id: int, topic: str | None) -> Draft:
        """Say what the question is about; None skips it."""
        right = await self._right(actor)
        if topic is not None and topic not in topics_of(right.tier.topics):
            raise Invalid("topic", "unknown")
        return await self._choose(actor, draft_id, right, topic=topic, is_topic_chosen=True)

    async def choose_market(self, actor: Actor, *, draft_id: int, market: str | None) -> Draft:
        """Say which market the question is about; None skips it."""
        if market is not None and market not in MARKETS:
            raise Invalid("market", "unknown")
        right = await self._right(actor)
        return await self._choose(actor, draft_id, right, market=market, is_market_chosen=True)

    async def share(self, actor: Actor, *, draft_id: int, is_shared: bool) -> Draft:
        """Let others, or no longer, follow the question without seeing whose it is."""
        return await self._choose(actor, draft_id, await self._right(actor), is_shared=is_shared)

    async def add_more(self, actor: Actor, *, draft_id: int) -> Draft:
        """Wait longer: the member wants to write on."""
        now = self._clock.now()
        return await self._choose(actor, draft_id, await self._right(actor), last_said_at=now)

    async def cancel(self, actor: Actor, *, draft_id: int) -> None:
        """Drop a draft; NotFound for one that was submitted or dropped before."""
        await self._end(actor, draft_id, DraftEvent.CANCEL)

    async def solved(self, actor: Actor, *, draft_id: int) -> None:
        """Drop a draft because an entry of the FAQ has answered it: the member said so."""
        await self._end(actor, draft_id, DraftEvent.DEFLECT)

    async def next_month(self, actor: Actor, *, draft_id: int) -> Draft:
        """Submit a draft that ran over by itself when the next month begins."""
        right = await self._right(actor)
        async with self._storage.work(actor.cause) as unit:
            kept = await self.held(unit, actor, draft_id)
            if kept.state is not DraftState.KEPT:
                raise NotFound("draft", draft_id)
            submit_at = right.allowance.next_at
            changed = await drafts.put(unit.session, draft_id, submit_at=submit_at) or kept
            draft = await self.fact(unit.session, changed, right)
            await self.show(unit, draft, right.allowance)
            await unit.commit()
        return draft

    async def held(self, unit: Unit, actor: Actor, draft_id: int) -> Kept:
        """Return the actor's own draft, held until the unit is over; raises NotFound."""
        kept = await drafts.draft(unit.session, draft_id)
        if kept is None or kept.member_id != actor.member_id:
            raise NotFound("draft", draft_id)
        return kept

    async def show(self, unit: Unit, draft: Draft, over: Allowance | None = None) -> None:
        """Show the draft's live card in the member's private chat."""
        content = DraftCard(draft) if over is None else QuestionOver(draft, over)
        await self._telling.member(
            unit,
            draft.member_id,
            content,
            key=None,
            card=f"draft:{draft.draft_id}",
            lane=Lane.REPLY,
            not_before=self._clock.now() + CARD_PAUSE,
        )

    async def fact(
        self, session: AsyncSession, kept: Kept, right: Right | None, hits: Sequence[Hit] = ()
    ) -> Draft:
        """Return a draft with what was gathered."""
        said = await messages.of_draft(session, kept.draft_id)
        pictures, files = counted(said)
        return Draft(
            draft_id=kept.draft_id,
            member_id=kept.member_id,
            state=kept.state,
            topic=kept.topic,
            market=kept.market,
            topics=topics_of(right.tier.topics) if right else (),
            texts=sum(one.said.content == "text" for one in said),
            pictures=pictures,
            files=files,
            words=words_of(said),
            begun_at=kept.begun_at,
            last_said_at=kept.last_said_at,
            submit_at=kept.submit_at,
            follows_id=kept.follows_id,
            is_shared=kept.is_shared,
            hits=tuple(hits),
        )

    async def _right(self, actor: Actor) -> Right:
        async with self._storage.read() as session:
            return await self._quotas.right_of(session, actor.member_id, self._clock.now())

    async def _suggested(self, actor: Actor, said: Said) -> Sequence[Hit]:
        """Look for answers in what was written so far; a picture alone answers to nothing."""
        async with self._storage.read() as session:
            kept = await drafts.gathering(session, actor.member_id)
            before = await messages.of_draft(session, kept.draft_id) if kept else []
        words = " ".join(filter(None, [words_of(before), said.text]))
        return await self._suggest(actor, words, HITS) if words.strip() else ()

    async def _own(self, unit: Unit, actor: Actor, follows_id: int | None) -> int | None:
        if follows_id is None:
            return None
        before = await queries.ticket(unit.session, follows_id)
        if before is None or before.member_id != actor.member_id:
            raise NotFound("ticket", follows_id)
        return follows_id

    async def _add(self, unit: Unit, actor: Actor, kept: Kept, said: Said, right: Right) -> Kept:
        now = self._clock.now()
        before = await messages.of_draft(unit.session, kept.draft_id)
        _check_room(before, said)
        added = await messages.add(
            unit.session,
            said,
            kind=MessageKind.MEMBER,
            author_id=actor.member_id,
            now=now,
            draft_id=kept.draft_id,
        )
        if added is None:
            return kept
        if not before:
            await self._telling.react(unit, said, STORED)
        words = words_of([*before, added])
        changes = {
            "last_said_at": now,
            "entries_read": await self._read_lately(unit, actor),
        }
        if not kept.is_topic_chosen:
            changes["topic"] = guess_topic(words, topics_of(right.tier.topics))
        if not kept.is_market_chosen:
            changes["market"] = guess_market(words)
        return await drafts.put(unit.session, kept.draft_id, **changes) or kept

    async def _read_lately(self, unit: Unit, actor: Actor) -> list[int]:
        since = self._clock.now() - READ_BEFORE
        return await faq_usage.read_since(unit.session, actor.member_id, since)

    async def _choose(
        self,
        actor: Actor,
        draft_id: int,
        right: Right,
        **values: object,
    ) -> Draft:
        async with self._storage.work(actor.cause) as unit:
            kept = await self.held(unit, actor, draft_id)
            if kept.state is not DraftState.GATHERING:
                raise NotFound("draft", draft_id)
            changed = await drafts.put(unit.session, draft_id, **values) or kept
            draft = await self.fact(unit.session, changed, right)
            await self.show(unit, draft)
            await unit.commit()
        return draft

    async def _end(self, actor: Actor, draft_id: int, event: DraftEvent) -> None:
        async with self._storage.work(actor.cause) as unit:
            await self.held(unit, actor, draft_id)
            if await drafts.step(unit.session, draft_id, event) is None:
                raise NotFound("draft", draft_id)
            await unit.commit()


def words_of(said: Sequence[Message]) -> str:
    """Return the words of messages in one line; what was taken back is not among them."""
    return summary_of([one.said.text or "" for one in said if one.recalled_at is None])


def _check_room(before: Sequence[Message], said: Said) -> None:
    """Refuse what is too much; an album has at most ten parts by Telegram's own rule."""
    if len(before) >= DRAFT_PARTS:
        raise LimitReached("draft_parts", DRAFT_PARTS)
    album = [one for one in before if said.media_group_id == one.said.media_group_id]
    if said.media_group_id is not None and len(album) >= ALBUM_PARTS:
        raise LimitReached("album_parts", ALBUM_PARTS)
