"""Shelving: drafts put by for the FAQ was asked first, kept for a month, or dropped."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets.draft_queries import Kept
from community_bot.tickets.drafting import Drafting, guessed, words_of
from community_bot.tickets.facts import Draft, Said
from community_bot.tickets.quotas import Quotas
from community_bot.tickets.rules import DraftEvent, DraftState, MessageKind, Origin
from community_bot.tickets.telling import STORED, Telling


class Shelving:
    """What was written once is never asked for again, whatever became of it meanwhile."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        quotas: Quotas,
        drafting: Drafting,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._quotas = quotas
        self._drafting = drafting
        self._telling = telling

    async def put_by(self, actor: Actor, *, said: Said) -> int:
        """Keep what was asked of the FAQ; return the draft that it can become.

        A draft that gathers meanwhile is left as it is.
        """
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            kept = await drafts.add(
                unit.session, actor.member_id, DraftEvent.PUT_BY, origin=Origin.PRIVATE, now=now
            )
            await messages.add(
                unit.session,
                said,
                kind=MessageKind.MEMBER,
                author_id=actor.member_id,
                now=now,
                draft_id=kept.draft_id,
            )
            await unit.commit()
        return kept.draft_id

    async def take_up(self, actor: Actor, *, draft_id: int) -> Draft:
        """Go on with what was put by: the FAQ has not answered it.

        AlreadyDone where it was submitted before, NotFound where it was dropped.
        """
        async with self._storage.work(actor.cause) as unit:
            kept = await self._drafting.held(unit, actor, draft_id)
            right = await self._quotas.right_of(unit.session, actor.member_id, self._clock.now())
            kept = await self._gathering(unit, kept)
            said = await messages.of_draft(unit.session, kept.draft_id)
            values = {"last_said_at": self._clock.now(), **guessed(kept, words_of(said), right)}
            kept = await drafts.put(unit.session, kept.draft_id, **values) or kept
            for one in said[:1]:
                await self._telling.react(unit, one.said, STORED)
            draft = await self._drafting.fact(unit.session, kept, right)
            await self._drafting.show(unit, draft)
            await unit.commit()
        return draft

    async def cancel(self, actor: Actor, *, draft_id: int) -> Draft:
        """Drop a draft; NotFound for one that was submitted or dropped before."""
        return await self._end(actor, draft_id, DraftEvent.CANCEL)

    async def solved(self, actor: Actor, *, draft_id: int) -> Draft:
        """Drop a draft because an entry of the FAQ has answered it: the member said so."""
        return await self._end(actor, draft_id, DraftEvent.DEFLECT)

    async def kept(self, actor: Actor) -> list[Draft]:
        """Return the drafts that wait for another month."""
        async with self._storage.read() as session:
            found = await drafts.kept_of(session, actor.member_id)
            return [await self._drafting.fact(session, one, None) for one in found]

    async def next_month(self, actor: Actor, *, draft_id: int) -> Draft:
        """Submit a draft that ran over by itself when the next month begins."""
        right = await self._drafting.right_of(actor)
        async with self._storage.work(actor.cause) as unit:
            kept = await self._drafting.held(unit, actor, draft_id)
            if kept.state is not DraftState.KEPT:
                raise NotFound("draft", draft_id)
            submit_at = right.allowance.next_at
            changed = await drafts.put(unit.session, draft_id, submit_at=submit_at) or kept
            draft = await self._drafting.fact(unit.session, changed, right)
            await self._drafting.show(unit, draft, right.allowance)
            await unit.commit()
        return draft

    async def _gathering(self, unit: Unit, kept: Kept) -> Kept:
        """Let a draft gather; where another one does already, it becomes part of that one."""
        if kept.state is DraftState.GATHERING:
            return kept
        if kept.state is DraftState.SUBMITTED:
            raise AlreadyDone("draft")
        if kept.state is not DraftState.PUT_BY:
            raise NotFound("draft", kept.draft_id)
        other = await drafts.gathering(unit.session, kept.member_id)
        event = DraftEvent.TAKE_UP if other is None else DraftEvent.CANCEL
        taken = await drafts.step(unit.session, kept.draft_id, event)
        if other is None:
            return taken or kept
        said = await messages.of_draft(unit.session, kept.draft_id)
        numbers = [one.ticket_message_id for one in said]
        await messages.house(unit.session, numbers, draft_id=other.draft_id)
        return other

    async def _end(self, actor: Actor, draft_id: int, event: DraftEvent) -> Draft:
        async with self._storage.work(actor.cause) as unit:
            kept = await self._drafting.held(unit, actor, draft_id)
            if kept.state is DraftState.SUBMITTED:
                raise AlreadyDone("draft")
            ended = await drafts.step(unit.session, draft_id, event)
            if ended is None:
                raise NotFound("draft", draft_id)
            draft = await self._drafting.fact(unit.session, ended, None)
            await self._drafting.show(unit, draft)
            await unit.commit()
        return draft
