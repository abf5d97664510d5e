"""The facts of a ticket's live cards, gathered when one is to be shown anew."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.business_time.service import BusinessTime
from community_bot.clock import Clock
from community_bot.faq import queries as faq
from community_bot.membership.facts import Standing
from community_bot.membership.memberships import Memberships
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries, quota_queries, rating_queries
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.desk_notices import TicketCard, TopicControls, Truth
from community_bot.tickets.facts import Allowance, Hit, Message, Relay, Ticket
from community_bot.tickets.notices import QuestionCard
from community_bot.tickets.quotas import Quotas
from community_bot.tickets.rules import (
    Audience,
    Happening,
    MessageKind,
    Origin,
    TicketState,
    summary_of,
)
from community_bot.tickets.telling import Telling

PICTURES = ("photo", "video", "animation", "video_note")
DAY = timedelta(days=1)
GROUP = "group"  # the fact by which a delivery went to the group in which it was asked


class CardFacts:
    """Reads inside the unit that changed the ticket, so that a card never lags behind it."""

    def __init__(
        self,
        clock: Clock,
        *,
        memberships: Memberships,
        business_time: BusinessTime,
        quotas: Quotas,
        telling: Telling,
    ) -> None:
        self._clock = clock
        self._memberships = memberships
        self._business_time = business_time
        self._quotas = quotas
        self._telling = telling

    async def of_both(
        self, session: AsyncSession, ticket: Ticket
    ) -> tuple[TicketCard, QuestionCard]:
        """Return what mentors and what the member are shown, read once for both."""
        standing = await self._standing(session, ticket.member_id)
        card = await self._of_desk(session, ticket, standing)
        return card, await self._of_member(session, ticket, standing, mentor_name=card.mentor_name)

    async def of_desk(self, session: AsyncSession, ticket: Ticket) -> TicketCard:
        """Return what mentors are shown of a ticket."""
        standing = await self._standing(session, ticket.member_id)
        return await self._of_desk(session, ticket, standing)

    async def of_member(self, session: AsyncSession, ticket: Ticket) -> QuestionCard:
        """Return what the member is shown of their own question."""
        standing = await self._standing(session, ticket.member_id)
        return await self._of_member(session, ticket, standing)

    async def of_topic(
        self, session: AsyncSession, ticket: Ticket, *, is_restored: bool
    ) -> TopicControls:
        """Return what stands first in a ticket's topic."""
        asked, praised, _ = await rating_queries.history(
            session, ticket.member_id, ticket.ticket_id
        )
        names = await self._telling.names_of(session, ticket.assignee_id, ticket.member_id)
        return TopicControls(
            ticket_id=ticket.ticket_id,
            state=ticket.state,
            mentor_name=names[ticket.assignee_id] if ticket.assignee_id else None,
            member_name=names[ticket.member_id],
            asked_before=asked,
            praised_before=praised,
            read=await hits(session, ticket.entries_read),
            is_restored=is_restored,
        )

    async def _of_desk(
        self, session: AsyncSession, ticket: Ticket, standing: Standing
    ) -> TicketCard:
        said = await messages.of_ticket(session, ticket.ticket_id)
        asked, praised, followers = await rating_queries.history(
            session, ticket.member_id, ticket.ticket_id
        )
        names = await self._telling.names_of(session, ticket.member_id, ticket.assignee_id)
        member = [one for one in said if one.kind is MessageKind.MEMBER]
        pictures, files = counted(member)
        return TicketCard(
            ticket_id=ticket.ticket_id,
            version=ticket.version,
            state=ticket.state,
            topic=ticket.topic,
            market=ticket.market,
            origin=ticket.origin,
            opened_at=ticket.opened_at,
            due_at=ticket.due_at,
            escalation=ticket.escalation,
            member_name=names[ticket.member_id],
            tier_name=standing.tier.name if standing.tier else {},
            days_left=self._days_left(standing),
            asked_before=asked,
            praised_before=praised,
            words=ticket.summary,
            added=added(said),
            pictures=pictures,
            files=files,
            read=await hits(session, ticket.entries_read),
            followers=followers,
            parent_id=ticket.parent_id,
            mentor_name=names[ticket.assignee_id] if ticket.assignee_id else None,
            claimed_at=ticket.claimed_at,
            desk_chat_id=ticket.desk_chat_id,
            forum_topic_id=ticket.forum_topic_id,
            is_unreachable=ticket.is_unreachable,
            needs_review=ticket.needs_review,
            snoozed_until=ticket.snoozed_until,
            truth=await self._truth(session, ticket, said),
            is_urgent=ticket.is_urgent,
        )

    async def _truth(self, session: AsyncSession, ticket: Ticket, said: Sequence[Message]) -> Truth:
        is_answered = any(one.kind is MessageKind.PUBLIC for one in said)
        carried = await relays.of_ticket(session, ticket.ticket_id) if is_answered else []
        truth = truth_of(ticket, said, carried)
        if truth.failed_for is None or ticket.is_unreachable:
            return truth  # what is kept for who cannot be reached goes out by itself
        if ticket.origin is not Origin.PRIVATE:
            delivered = await queries.last(session, ticket.ticket_id, Happening.DELIVER)
            if delivered is not None and GROUP in delivered.facts:
                return replace(truth, is_in_group=True)
        failed = await queries.last(session, ticket.ticket_id, Happening.FAIL)
        return truth if failed is None else replace(truth, failed_id=failed.facts.get("delivery"))

    async def _of_member(
        self,
        session: AsyncSession,
        ticket: Ticket,
        standing: Standing,
        *,
        mentor_name: str | None = None,
    ) -> QuestionCard:
        is_queued = ticket.state is TicketState.QUEUED
        return QuestionCard(
            ticket_id=ticket.ticket_id,
            state=ticket.state,
            topic=ticket.topic,
            market=ticket.market,
            tier_name=standing.tier.name if standing.tier else {},
            promised_at=ticket.promised_at,
            ahead=await queries.ahead_of(session, ticket) if is_queued else 0,
            allowance=await self._allowance(session, ticket.member_id, standing),
            mentor_name=await self._telling.signature(
                session, ticket.assignee_id, name=mentor_name
            ),
            claimed_at=ticket.claimed_at,
            answered_at=ticket.answered_at,
            parent_id=ticket.parent_id,
            may_cancel=is_queued and ticket.answered_at is None,
            is_shared=ticket.is_shared,
            shown_at=self._clock.now(),
            is_urgent=ticket.is_urgent,
            urgent_left=await self._urgent_left(session, ticket, standing),
        )

    async def _urgent_left(self, session: AsyncSession, ticket: Ticket, standing: Standing) -> int:
        """Count how often the member may still call for help now; in working hours never."""
        is_new = ticket.state is TicketState.QUEUED and ticket.answered_at is None
        if not is_new or ticket.urgent_at is not None or ticket.target is None:
            return 0
        now = self._clock.now()
        left, _ = await self._quotas.urgent_of(session, standing, now)
        if left <= 0 or (await self._business_time.calendar_in(session)).is_open(now):
            return 0
        return left

    async def _standing(self, session: AsyncSession, member_id: int) -> Standing:
        return await self._memberships.standing_in(session, member_id, self._clock.now())

    async def _allowance(
        self, session: AsyncSession, member_id: int, standing: Standing
    ) -> Allowance | None:
        if standing.tier is None:
            return None
        now = self._clock.now()
        used = await quota_queries.used(session, member_id, self._quotas.month(now))
        return Allowance(used, standing.tier.questions_per_month, self._quotas.next_month(now))

    def _days_left(self, standing: Standing) -> int | None:
        if standing.until is None:
            return None
        return max((standing.until - self._clock.now()) // DAY, 0)


def opening(said: Sequence[Message]) -> list[Message]:
    """Return the messages of which a question was made; what came later has no draft."""
    return [one for one in said if one.kind is MessageKind.MEMBER and one.draft_id is not None]


def added(said: Sequence[Message]) -> str:
    """Return what the member has written since the question, or since the last answer to it."""
    answers = [n for n, one in enumerate(said) if one.kind is MessageKind.PUBLIC]
    since = said[answers[-1] + 1 :] if answers else said
    own = [
        one
        for one in since
        if one.kind is MessageKind.MEMBER and one.draft_id is None and not one.is_courtesy
    ]
    return summary_of([one.said.text or "" for one in own if one.recalled_at is None])


def counted(said: Sequence[Message]) -> tuple[int, int]:
    """Count the pictures and films, and the other files, of messages."""
    kinds = Counter(one.said.content for one in said if one.recalled_at is None)
    pictures = sum(kinds[kind] for kind in PICTURES)
    return pictures, sum(kinds.values()) - kinds["text"] - pictures


async def hits(session: AsyncSession, entry_ids: Sequence[int]) -> tuple[Hit, ...]:
    """Return FAQ entries by their titles, as far as they still stand."""
    found = {one.entry_id: one for one in await faq.some(session, entry_ids)} if entry_ids else {}
    return tuple(
        Hit(number, found[number].content.question) for number in entry_ids if number in found
    )


def truth_of(ticket: Ticket, said: Sequence[Message], carried: Sequence[Relay]) -> Truth:
    """Say whether a mentor has read it, and how far the last answer has come to the member."""
    answers = [one for one in said if one.kind is MessageKind.PUBLIC and not one.recalled_at]
    last = answers[-1] if answers else None
    own = [
        one
        for one in carried
        if last is not None
        and one.ticket_message_id == last.ticket_message_id
        and one.audience is Audience.MEMBER
    ]
    return Truth(
        read_at=ticket.read_at,
        answered_at=last.said_at if last else None,
        delivered_at=own[-1].arrived_at if own else None,
        failed_for=own[-1].failed_for if own else None,
    )
