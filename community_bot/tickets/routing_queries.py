"""SQL of routing: which tickets wait, what was done about them, and the offers."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.mentor_facts import Offer
from community_bot.tickets.mentor_rows import (
    MentorExclusionRow,
    TicketMarkRow,
    TicketOfferRow,
)
from community_bot.tickets.mentor_rules import OFFER, OfferEvent, OfferState
from community_bot.tickets.rows import TicketRow
from community_bot.tickets.rules import TicketState

_QUIET = {"synchronize_session": False}
RUNNING = (TicketState.QUEUED, TicketState.ACTIVE)


@dataclass(frozen=True, slots=True)
class Pending:
    """A ticket whose clock runs, as far as routing has to know it."""

    ticket_id: int
    member_id: int
    state: TicketState
    topic: str | None
    market: str | None
    tier_code: str
    due_at: datetime
    target: timedelta
    waiting_since: datetime
    is_urgent: bool


async def pending(session: AsyncSession, ticket_id: int | None = None) -> list[Pending]:
    """Return every ticket whose clock runs towards a deadline, the most urgent first."""
    wanted = sa.select(
        TicketRow.ticket_id,
        TicketRow.member_id,
        TicketRow.state,
        TicketRow.topic,
        TicketRow.market,
        TicketRow.tier_code,
        TicketRow.due_at,
        TicketRow.target_minutes,
        TicketRow.waiting_since,
        sa.and_(TicketRow.urgent_at.is_not(None), TicketRow.answered_at.is_(None)).label("urgent"),
    ).where(TicketRow.state.in_(RUNNING), TicketRow.due_at.is_not(None))
    if ticket_id is not None:
        wanted = wanted.where(TicketRow.ticket_id == ticket_id)
    rows = await session.execute(wanted.order_by(TicketRow.due_at, TicketRow.ticket_id))
    return [
        Pending(
            ticket_id=row.ticket_id,
            member_id=row.member_id,
            state=row.state,
            topic=row.topic,
            market=row.market,
            tier_code=row.tier_code,
            due_at=row.due_at,
            target=timedelta(minutes=row.target_minutes),
            waiting_since=row.waiting_since,
            is_urgent=bool(row.urgent),
        )
        for row in rows
        if row.due_at and row.target_minutes and row.waiting_since
    ]


async def seen(
    session: AsyncSession, ticket_id: int | None = None
) -> dict[tuple[int, datetime], set[int]]:
    """Return the marks that were seen to, by ticket and by the wait that they belong to."""
    wanted = sa.select(TicketMarkRow.ticket_id, TicketMarkRow.asked_at, TicketMarkRow.percent).join(
        TicketRow,
        sa.and_(
            TicketRow.ticket_id == TicketMarkRow.ticket_id,
            TicketRow.waiting_since == TicketMarkRow.asked_at,
        ),
    )
    if ticket_id is not None:
        wanted = wanted.where(TicketMarkRow.ticket_id == ticket_id)
    found: dict[tuple[int, datetime], set[int]] = defaultdict(set)
    for number, asked_at, percent in await session.execute(
        wanted.where(TicketRow.state.in_(RUNNING))
    ):
        found[number, asked_at].add(percent)
    return found


async def see(
    session: AsyncSession, one: Pending, percents: Iterable[int], *, now: datetime
) -> None:
    """Note that marks were seen to."""
    rows = [
        {
            "ticket_id": one.ticket_id,
            "asked_at": one.waiting_since,
            "percent": percent,
            "seen_at": now,
        }
        for percent in percents
    ]
    if rows:
        await session.execute(sa.insert(TicketMarkRow), rows)


async def offers(session: AsyncSession, ticket_id: int | None = None) -> dict[int, list[Offer]]:
    """Return what was offered of the tickets that nobody has, oldest first."""
    wanted = (
        sa.select(TicketOfferRow)
        .join(TicketRow, TicketRow.ticket_id == TicketOfferRow.ticket_id)
        .where(TicketRow.state.in_(RUNNING))
    )
    if ticket_id is not None:
        wanted = wanted.where(TicketOfferRow.ticket_id == ticket_id)
    found: dict[int, list[Offer]] = defaultdict(list)
    for row in await session.scalars(wanted.order_by(TicketOfferRow.offer_id)):
        found[row.ticket_id].append(_offer_of(row))
    return found


async def offer(session: AsyncSession, *, ticket_id: int, mentor_id: int) -> Offer | None:
    row = await session.scalar(
        sa.select(TicketOfferRow)
        .where(TicketOfferRow.ticket_id == ticket_id, TicketOfferRow.mentor_id == mentor_id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _offer_of(row)


async def add_offer(
    session: AsyncSession, *, ticket_id: int, mentor_id: int, now: datetime, expires_at: datetime
) -> None:
    await session.execute(
        sa.insert(TicketOfferRow).values(
            ticket_id=ticket_id,
            mentor_id=mentor_id,
            state=OFFER.start,
            offered_at=now,
            expires_at=expires_at,
        )
    )


async def move_offer(session: AsyncSession, one: Offer, event: OfferEvent) -> bool:
    """Let an offer take a step; False where it has taken one already."""
    moved = await session.scalar(
        sa.update(TicketOfferRow)
        .where(TicketOfferRow.offer_id == one.offer_id, TicketOfferRow.state == one.state)
        .values(state=OFFER.after(one.state, event))
        .returning(TicketOfferRow.offer_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def over(session: AsyncSession, now: datetime) -> list[tuple[Offer, bool]]:
    """Return the offers that wait in vain, each with whether its mentor has the ticket."""
    rows = await session.execute(
        sa.select(TicketOfferRow, TicketRow.assignee_id == TicketOfferRow.mentor_id)
        .join(TicketRow, TicketRow.ticket_id == TicketOfferRow.ticket_id)
        .where(
            TicketOfferRow.state == OfferState.WAITING,
            sa.or_(TicketOfferRow.expires_at <= now, TicketRow.state != TicketState.QUEUED),
        )
    )
    return [(_offer_of(row), bool(has_it)) for row, has_it in rows]


async def excluded(session: AsyncSession) -> dict[int, frozenset[int]]:
    """Return the mentors who are not given the questions of a member, for every such member."""
    found: dict[int, set[int]] = defaultdict(set)
    for member_id, mentor_id in await session.execute(
        sa.select(MentorExclusionRow.member_id, MentorExclusionRow.mentor_id)
    ):
        found[member_id].add(mentor_id)
    return {member_id: frozenset(mentors) for member_id, mentors in found.items()}


async def active_of(session: AsyncSession, mentor_ids: Collection[int]) -> list[int]:
    """Return the tickets where it is the turn of one of these, the most urgent first."""
    found = await session.scalars(
        sa.select(TicketRow.ticket_id)
        .where(TicketRow.state == TicketState.ACTIVE, TicketRow.assignee_id.in_(mentor_ids))
        .order_by(TicketRow.due_at, TicketRow.ticket_id)
    )
    return list(found)


async def assignees(session: AsyncSession) -> frozenset[int]:
    """Return everybody who has a ticket that waits for their answer."""
    found = await session.scalars(
        sa.select(TicketRow.assignee_id).where(TicketRow.state == TicketState.ACTIVE).distinct()
    )
    return frozenset(one for one in found if one is not None)


def _offer_of(row: TicketOfferRow) -> Offer:
    return Offer(
        row.offer_id, row.ticket_id, row.mentor_id, row.state, row.offered_at, row.expires_at
    )
