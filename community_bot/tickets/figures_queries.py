"""SQL of the desk's figures: whole courses of events, never a row's last change."""

from collections import defaultdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.rows import EntryRow
from community_bot.tickets.clock import Beat, Tick
from community_bot.tickets.figures import Course, Event
from community_bot.tickets.rows import RatingRow, TicketEventRow, TicketRow
from community_bot.tickets.rules import OPEN, Happening

ANSWERS = (Happening.ANSWER, Happening.ASSIST)


async def courses(session: AsyncSession, since: datetime, until: datetime) -> list[Course]:
    """Return the tickets to which something happened in a time, or that were open then."""
    happened = sa.select(TicketEventRow.ticket_id).where(
        TicketEventRow.at >= since, TicketEventRow.at < until
    )
    concerned = sa.select(TicketRow.ticket_id).where(
        TicketRow.opened_at < until,
        sa.or_(TicketRow.state.in_(OPEN), TicketRow.ticket_id.in_(happened)),
    )
    events: dict[int, list[Event]] = defaultdict(list)
    rows = await session.scalars(
        sa.select(TicketEventRow)
        .where(TicketEventRow.ticket_id.in_(concerned), TicketEventRow.at < until)
        .order_by(TicketEventRow.event_id)
    )
    for row in rows:
        events[row.ticket_id].append(_event_of(row))
    ratings = await session.scalars(
        sa.select(RatingRow).where(RatingRow.ticket_id.in_(concerned), RatingRow.rated_at < until)
    )
    rated = {row.ticket_id: row for row in ratings}
    return [_course(number, happened, rated.get(number)) for number, happened in events.items()]


async def published(session: AsyncSession, since: datetime, until: datetime) -> dict[int, int]:
    """Count the FAQ entries of a time that came of tickets, by who answered these last."""
    last = (
        sa.select(TicketEventRow.ticket_id, sa.func.max(TicketEventRow.event_id).label("event_id"))
        .where(TicketEventRow.happening.in_(ANSWERS))
        .group_by(TicketEventRow.ticket_id)
        .subquery()
    )
    rows = await session.execute(
        sa.select(TicketEventRow.actor_id, sa.func.count())
        .join(last, last.c.event_id == TicketEventRow.event_id)
        .join(EntryRow, EntryRow.source_ticket_id == last.c.ticket_id)
        .where(EntryRow.published_at >= since, EntryRow.published_at < until)
        .group_by(TicketEventRow.actor_id)
    )
    return {mentor_id: count for mentor_id, count in rows if mentor_id is not None}


def _course(ticket_id: int, events: list[Event], rating: RatingRow | None) -> Course:
    if rating is None:
        return Course(ticket_id, tuple(events))
    return Course(ticket_id, tuple(events), rating.verdict, rating.mentor_id, rating.rated_at)


def _event_of(row: TicketEventRow) -> Event:
    minutes = row.target_minutes
    target = None if minutes is None else timedelta(minutes=minutes)
    tick = None if row.beat is None else Tick(Beat(row.beat), row.at, target, row.due_at)
    return Event(row.at, row.happening, row.to_state, _mentor_of(row), tick)


def _mentor_of(row: TicketEventRow) -> int | None:
    """Return who took a ticket, which is not always who said so, or who answered it."""
    if row.happening is Happening.CLAIM:
        mentor = row.facts.get("mentor")
        return mentor if isinstance(mentor, int) else row.actor_id
    return row.actor_id
