"""Drafting: what a member writes in a burst is gathered into one question, kept from the start."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.errors import LimitReached, NotAllowed, NotFound
from community_bot.faq import usage_queries as faq_usage
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.cards import counted
from community_bot.tickets.draft_queries import Kept
from community_bot.tickets.facts import Allowance, Draft, Hit, Message, Said
from community_bot.tickets.notices import DraftCard, QuestionOver
from community_bot.tickets.quotas import Quotas, Right
from community_bot.tickets.rules import (
    ALBUM_PARTS,
    DRAFT_PARTS,
    READ_BEFORE,
    SILENCE,
    DraftEvent,
    MessageKind,
    Origin,
    summary_of,
)
from community_bot.tickets.telling import STORED, Telling
from community_bot.tickets.topic_rules import guess_market, guess_topic, topics_of

CARD_PAUSE = timedelta(seconds=1)  # a burst is one card, not one for each message
HITS = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may spare a question: entries that answer it, and how many others ask the same."""

    hits: tuple[Hit, ...] = ()
    alike: int = 0


NOTHING = Suggested()
# Finds at most so many entries that may answer these words, for this person.
Suggest = Callable[[Actor, str, int], Awaitable[Suggested]]


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
        follows_id: int | None = None,
    ) -> Draft:
        """Keep a message in the member's draft, which begins with it if there is none.

        What was put by a moment ago, for the FAQ seemed to answer it, belongs to it. The same
        message twice is kept once. NotAllowed for whoever has no questions.
        """
        suggested = await self._suggested(actor, said)
        async with self._storage.work(actor.cause) as unit:
            now = self._clock.now()
            right = await self._quotas.right_of(unit.session, actor.member_id, now)
            kept = await self._resumed(unit, actor) if follows_id is None else None
            kept = kept or await drafts.begin(
                unit.session,
                actor.member_id,
                origin=Origin.PRIVATE,
                group_chat_id=None,
                group_message_id=None,
                follows_id=await self._own(unit, actor, follows_id),
                now=now,
            )
            kept = await self._add(unit, actor, kept, said, right)
            draft = await self.fact(unit.session, kept, right, suggested)
            await self.show(unit, draft)
            await unit.commit()
        return draft

    async def is_writing(self, actor: Actor) -> bool:
        """Say whether the member has a draft to which what they write belongs."""
        async with self._storage.read() as session:
            return await drafts.gathering(session, actor.member_id) is not None

    async def current(self, actor: Actor) -> Draft | None:
        """Return the draft that the member is writing, if there is one."""
        async with self._storage.read() as session:
            kept = await drafts.gathering(session, actor.member_id)
            if kept is None:
                return None
            right = await self._quotas.right_of(session, actor.member_id, self._clock.now())
            draft = await self.fact(session, kept, right)
        suggested = await self.spared(actor, draft.words)
        return replace(draft, hits=suggested.hits, alike=suggested.alike)

    async def allowance(self, actor: Actor) -> Allowance | None:
        """Return how many questions the actor has this month; None for who has no questions."""
        try:
            return (await self.right_of(actor)).allowance
        except NotAllowed:
            return None

    async def month(self, actor: Actor) -> Allowance:
        """Return the month of an actor who may have lost every question meanwhile."""
        nothing = Allowance(0, 0, self._quotas.next_month(self._clock.now()))
        return await self.allowance(actor) or nothing

    async def show_below(self, actor: Actor) -> Draft | None:
        """Show the draft that the member is writing anew, below what was said since."""
        draft = await self.current(actor)
        if draft is None:
            return None
        async with self._storage.work(actor.cause) as unit:
            await self._telling.outbox.forget_card(unit, card_of(draft.draft_id))
            await self.show(unit, draft)
            await unit.commit()
        return draft

    async def refresh(self, actor: Actor, draft_id: int) -> None:
        """Show a draft anew where it stands, if the member is still writing it."""
        draft = await self.current(actor)
        if draft is None or draft.draft_id != draft_id:
            return
        async with self._storage.work() as unit:
            await self.show(unit, draft)
            await unit.commit()

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
            card=card_of(draft.draft_id),
            lane=Lane.REPLY,
            not_before=self._clock.now() + CARD_PAUSE,
        )

    async def fact(
        self,
        session: AsyncSession,
        kept: Kept,
        right: Right | None,
        suggested: Suggested = NOTHING,
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
            hits=suggested.hits,
            alike=suggested.alike,
            ticket_id=kept.ticket_id,
        )

    async def read_lately(self, unit: Unit, member_id: int) -> list[int]:
        """Return what a member has read in the FAQ before they asked."""
        since = self._clock.now() - READ_BEFORE
        return await faq_usage.read_since(unit.session, member_id, since)

    async def right_of(self, actor: Actor) -> Right:
        async with self._storage.read() as session:
            return await self._quotas.right_of(session, actor.member_id, self._clock.now())

    async def _suggested(self, actor: Actor, said: Said) -> Suggested:
        """Look for answers in what was written so far; a picture alone answers to nothing."""
        async with self._storage.read() as session:
            kept = await drafts.gathering(session, actor.member_id)
            before = await messages.of_draft(session, kept.draft_id) if kept else []
        return await self.spared(actor, " ".join(filter(None, [words_of(before), said.text])))

    async def spared(self, actor: Actor, words: str) -> Suggested:
        return await self._suggest(actor, words, HITS) if words.strip() else NOTHING

    async def _resumed(self, unit: Unit, actor: Actor) -> Kept | None:
        """Return what was put by a moment ago, gathering again; a draft that gathers goes first."""
        if await drafts.gathering(unit.session, actor.member_id) is not None:
            return None
        since = self._clock.now() - SILENCE
        recent = await drafts.put_by_since(unit.session, actor.member_id, since)
        if recent is None:
            return None
        return await drafts.step(unit.session, recent.draft_id, DraftEvent.TAKE_UP)

    async def _own(self, unit: Unit, actor: Actor, follows_id: int | None) -> int | None:
        if follows_id is None:
            return None
        before = await queries.ticket(unit.session, follows_id)
        if before is None or before.member_id != actor.member_id:
            raise NotFound("question", follows_id)
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
            "entries_read": await self.read_lately(unit, actor.member_id),
            **guessed(kept, words, right),
        }
        return await drafts.put(unit.session, kept.draft_id, **changes) or kept


def card_of(draft_id: int) -> str:
    return f"draft:{draft_id}"


def guessed(kept: Kept, words: str, right: Right) -> dict[str, str | None]:
    """Return what a draft's words point to, as far as its member has not said it."""
    guesses: dict[str, str | None] = {}
    if not kept.is_topic_chosen:
        guesses["topic"] = guess_topic(words, topics_of(right.tier.topics))
    if not kept.is_market_chosen:
        guesses["market"] = guess_market(words)
    return guesses


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
