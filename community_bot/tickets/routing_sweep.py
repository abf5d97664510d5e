"""Routing at work: waiting tickets are offered, warned of and escalated, minute by minute."""

import asyncio
import functools
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from community_bot.business_time.rules import Calendar, around_the_clock
from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, IllegalTransition, NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import mentor_queries, routing
from community_bot.tickets import routing_queries as queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import require_holder
from community_bot.tickets.clock import LATE, OFFER, reached
from community_bot.tickets.escalation_notices import Tried
from community_bot.tickets.escalations import Escalations
from community_bot.tickets.mentor_facts import Mentor, Offer
from community_bot.tickets.mentor_rules import OfferEvent, OfferState
from community_bot.tickets.mentors import Mentors
from community_bot.tickets.routing import Candidate, Case
from community_bot.tickets.routing_queries import Pending
from community_bot.tickets.rules import OPEN, Happening, TicketState

WEEK = timedelta(days=7)
BREATH = 100  # tickets looked at before others may go on
MOST_IN_A_SWEEP = 200  # the next minute goes on where this one ended


class Routing:
    """Sees to it that no ticket waits unseen: pull first, push when time runs out."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        casebook: Casebook,
        mentors: Mentors,
        escalations: Escalations,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._mentors = mentors
        self._escalations = escalations

    async def sweep(self, now: datetime) -> int:
        """Look at every waiting ticket, the most urgent first; say for how many something was done.

        Each is seen to in a unit of its own, and what was seen to is written down with it: twice
        does no harm.
        """
        await self._close_offers(now)
        async with self._storage.work() as unit:
            candidates = await self._candidates(unit, now)
            await unit.commit()
        due = await self._due(candidates, now)
        for ticket_id in due[:MOST_IN_A_SWEEP]:
            async with self._storage.work() as unit:
                await self._route(unit, ticket_id, now)
                await unit.commit()
        return len(due)

    async def skip(self, actor: Actor, *, ticket_id: int) -> None:
        """Let a mentor decline an offer: the next one is asked at once."""
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            offer = await queries.offer(
                unit.session, ticket_id=ticket_id, mentor_id=actor.member_id
            )
            if offer is None or offer.state is not OfferState.WAITING:
                raise NotFound("offer", ticket_id)
            ticket = await self._casebook.hold(unit, ticket_id)
            await queries.move_offer(unit.session, offer, OfferEvent.SKIP)
            await self._casebook.note(unit, ticket, Happening.SKIP, actor_id=actor.member_id)
            await self._route(unit, ticket_id, now)
            await unit.commit()

    async def call_lead(self, actor: Actor, *, ticket_id: int) -> None:
        """Let who has a ticket ask the leads for help; once is enough while it waits."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            require_holder(actor, ticket)
            if ticket.state not in OPEN:
                raise IllegalTransition("ticket", ticket.state.value, Happening.ESCALATE.value)
            if ticket.escalation:
                raise AlreadyDone("escalation")
            await self._escalations.call_lead(unit, ticket, by=actor.member_id)
            await unit.commit()

    async def tried(self, *, ticket_id: int) -> tuple[Tried, ...]:
        """Return which mentors were asked about a ticket, and what came of it."""
        async with self._storage.read() as session:
            return await self._escalations.tried(session, ticket_id)

    async def _due(self, candidates: Collection[Candidate], now: datetime) -> list[int]:
        """Return the tickets for which something is to be done, without holding any of them."""
        async with self._storage.read() as session:
            calendar = await self._casebook.business_time.calendar_in(session)
            pending = await queries.pending(session)
            seen, offers = await queries.seen(session), await queries.offers(session)
            excluded = await queries.excluded(session)
        by_urgency = {False: calendar, True: around_the_clock(calendar.zone)}
        ahead = {is_urgent: _ahead(kept, now) for is_urgent, kept in by_urgency.items()}
        due = []
        for number, one in enumerate(pending):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            if one.due_at > ahead[one.is_urgent](one.target):
                continue
            calendar = by_urgency[one.is_urgent]
            plan = routing.decide(
                _case(one, offers.get(one.ticket_id, []), excluded.get(one.member_id)),
                candidates,
                reached=reached(one.due_at, one.target, now, calendar),
                seen=seen.get((one.ticket_id, one.waiting_since), ()),
                is_open=calendar.is_open(now),
            )
            if not plan.is_empty:
                due.append(one.ticket_id)
        return due

    async def _route(self, unit: Unit, ticket_id: int, now: datetime) -> None:
        """Decide about one ticket again, now that nobody else moves it, and do it."""
        ticket = await self._casebook.hold(unit, ticket_id)
        pending = await queries.pending(unit.session, ticket_id)
        if not pending:
            return
        one = pending[0]
        calendar = await self._casebook.business_time.calendar_in(unit.session)
        if one.is_urgent:
            calendar = around_the_clock(calendar.zone)
        offers = (await queries.offers(unit.session, ticket_id)).get(ticket_id, [])
        seen = await queries.seen(unit.session, ticket_id)
        plan = routing.decide(
            _case(one, offers, await mentor_queries.excluded(unit.session, one.member_id)),
            await self._candidates(unit, now),
            reached=reached(one.due_at, one.target, now, calendar),
            seen=seen.get((ticket_id, one.waiting_since), ()),
            is_open=calendar.is_open(now),
        )
        await queries.see(unit.session, one, plan.seen, now=now)
        await self._escalations.act(unit, ticket, one, plan, calendar=calendar)

    async def _candidates(self, unit: Unit, now: datetime) -> list[Candidate]:
        lately = await mentor_queries.lately(unit.session, now - WEEK)
        mentors = await self._mentors.all_in(unit, now)
        return [_candidate(one, *lately.get(one.mentor_id, (None, 0))) for one in mentors]

    async def _close_offers(self, now: datetime) -> None:
        """Close what nobody answered in time, and what somebody has taken meanwhile."""
        async with self._storage.work() as unit:
            for offer, has_it in await queries.over(unit.session, now):
                event = OfferEvent.TAKE if has_it else OfferEvent.EXPIRE
                await queries.move_offer(unit.session, offer, event)
            await unit.commit()


def _ahead(calendar: Calendar, now: datetime) -> Callable[[timedelta], datetime]:
    """Return the deadline from which on a promise of some length is nobody's worry yet."""
    return functools.cache(lambda target: calendar.add(now, target * (LATE - OFFER) / 100))


def _case(one: Pending, offers: Collection[Offer], excluded: frozenset[int] | None) -> Case:
    return Case(
        ticket_id=one.ticket_id,
        asker_id=one.member_id,
        topic=one.topic,
        market=one.market,
        tier=one.tier_code,
        is_queued=one.state is TicketState.QUEUED,
        excluded=excluded or frozenset(),
        asked=frozenset(offer.mentor_id for offer in offers),
        is_offered=any(offer.state is OfferState.WAITING for offer in offers),
    )


def _candidate(mentor: Mentor, last_at: datetime | None, lately: int) -> Candidate:
    return Candidate(
        mentor_id=mentor.mentor_id,
        skills=mentor.skills,
        is_on_duty=mentor.is_on_duty,
        load=mentor.load,
        cap=mentor.cap,
        last_at=last_at,
        lately=lately,
    )
