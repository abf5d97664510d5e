"""Intake: a draft becomes a ticket, by a tap or by silence; one over the quota is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, DomainError, Invalid, NotAllowed, NotFound
from community_bot.faq.failing import Failing
from community_bot.ids import Ids
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries, quota_queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.draft_queries import Kept
from community_bot.tickets.drafting import Drafting, guessed, words_of
from community_bot.tickets.facts import Allowance, Opened, Over, Said, Ticket
from community_bot.tickets.notices import GroupQuestion
from community_bot.tickets.quotas import Quotas, Right
from community_bot.tickets.rules import (
    SILENCE,
    DraftEvent,
    DraftState,
    Happening,
    MessageKind,
    Origin,
    summary_of,
)
from community_bot.tickets.telling import STORED, Telling


class Intake:
    """Opens tickets. The question of the month is counted once, under the ticket's own number."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        *,
        quotas: Quotas,
        drafting: Drafting,
        casebook: Casebook,
        desk: Desk,
        telling: Telling,
        failing: Failing,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._quotas = quotas
        self._drafting = drafting
        self._casebook = casebook
        self._desk = desk
        self._telling = telling
        self._failing = failing

    async def submit(self, actor: Actor, *, draft_id: int) -> Opened | Over:
        """Make a ticket of the actor's draft; over the quota the draft is kept as it is.

        AlreadyDone where it was submitted before, NotFound where there is none.
        """
        async with self._storage.work(actor.cause) as unit:
            kept = await self._drafting.held(unit, actor, draft_id)
            done = await self._submit(unit, kept)
            await unit.commit()
        return done

    async def ask_aloud(self, actor: Actor, *, said: Sequence[Said]) -> Opened | Over:
        """Make a ticket at once of what a member asked in a group; over the quota it is kept.

        AlreadyDone where the first of the messages was taken up before.
        """
        async with self._storage.work(actor.cause) as unit:
            right = await self._quotas.right_of(unit.session, actor.member_id, self._clock.now())
            kept = await self._asked(unit, actor, said, right)
            done = await self._submit(unit, kept)
            await unit.commit()
        return done

    async def sweep(self, now: datetime) -> int:
        """Submit what was left alone, and what waited for its month; return how many tickets."""
        async with self._storage.read() as session:
            waiting = await drafts.silent_since(session, now - SILENCE)
            waiting += await drafts.due(session, now)
        done = [await self._submit_alone(draft_id, now) for draft_id in waiting]
        return sum(done)

    async def _submit_alone(self, draft_id: int, now: datetime) -> bool:
        """Submit one draft in a unit of its own; whoever lost the right keeps what they wrote."""
        async with self._storage.work() as unit:
            kept = await drafts.draft(unit.session, draft_id)
            if kept is None or not _is_due(kept, now):
                return False
            try:
                done = await self._submit(unit, kept)
            except NotAllowed:
                await self._keep(unit, kept, None)
                done = None
            except DomainError:
                return False
            await unit.commit()
        return isinstance(done, Opened)

    async def _asked(self, unit: Unit, actor: Actor, said: Sequence[Said], right: Right) -> Kept:
        now = self._clock.now()
        kept = await drafts.add(
            unit.session,
            actor.member_id,
            DraftEvent.KEEP,
            origin=Origin.GROUP,
            group_chat_id=said[0].chat_id,
            group_message_id=said[0].message_id,
            now=now,
        )
        for one in said:
            if not await messages.add(
                unit.session,
                one,
                kind=MessageKind.MEMBER,
                author_id=actor.member_id,
                now=now,
                draft_id=kept.draft_id,
            ):
                raise AlreadyDone("ticket")
        await self._telling.react(unit, said[0], STORED)
        words = summary_of([one.text or "" for one in said])
        return await drafts.put(unit.session, kept.draft_id, **guessed(kept, words, right)) or kept

    async def _submit(self, unit: Unit, kept: Kept) -> Opened | Over:
        if kept.state is DraftState.SUBMITTED:
            raise AlreadyDone("draft")
        if kept.state not in (DraftState.GATHERING, DraftState.KEPT):
            raise NotFound("draft", kept.draft_id)
        now = self._clock.now()
        right = await self._quotas.right_of(unit.session, kept.member_id, now)
        said = await messages.of_draft(unit.session, kept.draft_id)
        if not [one for one in said if one.recalled_at is None]:
            raise Invalid("question", "empty")
        if right.allowance.is_spent:
            return await self._keep(unit, kept, right)
        ticket = await self._open(unit, kept, right, words_of(said))
        await self._taken(unit, kept, ticket)
        allowance = Allowance(
            right.allowance.used + 1, right.allowance.limit, right.allowance.next_at
        )
        ahead = await queries.ahead_of(unit.session, ticket)
        return Opened(ticket, ahead, allowance)

    async def _open(self, unit: Unit, kept: Kept, right: Right, words: str) -> Ticket:
        now, target = self._clock.now(), right.tier.answer_within
        ticket = await queries.add(
            unit.session,
            token=self._ids.token(),
            member_id=kept.member_id,
            tier_code=right.tier.code,
            target_minutes=None if target is None else int(target / timedelta(minutes=1)),
            topic=kept.topic,
            market=kept.market,
            summary=words,
            origin=kept.origin,
            group_chat_id=kept.group_chat_id,
            group_message_id=kept.group_message_id,
            opened_at=now,
            opened_by=kept.member_id,
            parent_id=kept.follows_id,
            is_shared=kept.is_shared,
            desk_chat_id=await self._desk.place(unit),
            entries_read=await self._drafting.read_lately(unit, kept.member_id),
        )
        await self._failing.asked(unit, member_id=kept.member_id, entry_ids=ticket.entries_read)
        await quota_queries.use(
            unit.session,
            ticket_id=ticket.ticket_id,
            member_id=kept.member_id,
            month=self._quotas.month(now),
            now=now,
        )
        return await self._casebook.note(
            unit, ticket, Happening.OPEN, actor_id=kept.member_id, facts={"draft": kept.draft_id}
        )

    async def _taken(self, unit: Unit, kept: Kept, ticket: Ticket) -> None:
        """Close the draft over its ticket, and tell everybody who waits for it."""
        submitted = await drafts.step(
            unit.session, kept.draft_id, DraftEvent.SUBMIT, ticket_id=ticket.ticket_id
        )
        if submitted is None:
            raise AlreadyDone("draft")
        if ticket.origin is Origin.PRIVATE:
            draft = await self._drafting.fact(unit.session, submitted, None)
            await self._drafting.show(unit, draft)
        await messages.hand_over(unit.session, kept.draft_id, ticket.ticket_id)
        if ticket.origin is not Origin.PRIVATE:
            asked = GroupQuestion(
                ticket.ticket_id, ticket.token, ticket.promised_at, ticket.group_message_id
            )
            await self._telling.group(unit, ticket, asked, key=f"group_question:{ticket.ticket_id}")
        await self._desk.show(unit, ticket, at_once=True)

    async def _keep(self, unit: Unit, kept: Kept, right: Right | None) -> Over:
        """Keep a draft for which no question is left, with everything in it."""
        now = self._clock.now()
        if kept.state is DraftState.GATHERING:
            kept = await drafts.step(unit.session, kept.draft_id, DraftEvent.KEEP) or kept
        elif kept.submit_at is not None:
            kept = await drafts.put(unit.session, kept.draft_id, submit_at=None) or kept
        allowance = (
            right.allowance if right is not None else Allowance(0, 0, self._quotas.next_month(now))
        )
        draft = await self._drafting.fact(unit.session, kept, right)
        await self._drafting.show(unit, draft, allowance)
        return Over(draft, allowance)


def _is_due(kept: Kept, now: datetime) -> bool:
    """Say whether a draft is still to be submitted by itself: it may have changed meanwhile."""
    if kept.state is DraftState.KEPT:
        return kept.submit_at is not None and kept.submit_at <= now
    return kept.state is DraftState.GATHERING and kept.last_said_at <= now - SILENCE
