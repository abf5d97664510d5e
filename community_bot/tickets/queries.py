"""SQL of tickets: every step is a conditional update, and the row that comes back is the answer."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.facts import Moment, Ticket
from community_bot.tickets.mentor_rows import MentorRow
from community_bot.tickets.message_rows import TicketMessageRow
from community_bot.tickets.rows import TicketEventRow, TicketRow
from community_bot.tickets.rules import OPEN, TICKET, Happening, TicketEvent, TicketState

_QUIET = {"synchronize_session": False}


async def add(session: AsyncSession, **values: Any) -> Ticket:  # noqa: ANN401  a row's columns
    """Open a ticket and return it under its number."""
    first = {
        "state": TICKET.start,
        "version": 1,
        "escalation": 0,
        "is_hard": False,
        "is_unreachable": False,
        "needs_review": False,
    }
    row = await session.scalar(sa.insert(TicketRow).values(**first, **values).returning(TicketRow))
    if row is None:
        raise RuntimeError("the database returned nothing for a new ticket")
    return fact_of(row)


async def ticket(session: AsyncSession, ticket_id: int) -> Ticket | None:
    row = await session.get(TicketRow, ticket_id, populate_existing=True)
    return None if row is None else fact_of(row)


async def hold(session: AsyncSession, ticket_id: int) -> Ticket | None:
    """Return a ticket that nobody else changes until our unit of work is over."""
    row = await session.get(TicketRow, ticket_id, populate_existing=True, with_for_update=True)
    return None if row is None else fact_of(row)


async def written_to_since(session: AsyncSession, author_id: int, since: datetime) -> int | None:
    """Return the ticket to which somebody wrote last, if that was not long ago."""
    found: int | None = await session.scalar(
        sa.select(TicketMessageRow.ticket_id)
        .where(
            TicketMessageRow.author_id == author_id,
            TicketMessageRow.chat_id == author_id,
            TicketMessageRow.ticket_id.is_not(None),
            TicketMessageRow.said_at > since,
        )
        .order_by(TicketMessageRow.ticket_message_id.desc())
        .limit(1)
    )
    return found


async def by_token(session: AsyncSession, token: str) -> Ticket | None:
    row = await session.scalar(sa.select(TicketRow).where(TicketRow.token == token))
    return None if row is None else fact_of(row)


async def in_topic(session: AsyncSession, chat_id: int, forum_topic_id: int) -> Ticket | None:
    """Return the ticket that has a topic of a forum to itself."""
    row = await session.scalar(
        sa.select(TicketRow)
        .where(TicketRow.desk_chat_id == chat_id, TicketRow.forum_topic_id == forum_topic_id)
        .order_by(TicketRow.ticket_id.desc())
        .limit(1)
    )
    return None if row is None else fact_of(row)


async def of_member(
    session: AsyncSession, member_id: int, states: Collection[TicketState]
) -> list[Ticket]:
    """Return a member's tickets in these states, oldest first."""
    rows = await session.scalars(
        sa.select(TicketRow)
        .where(TicketRow.member_id == member_id, TicketRow.state.in_(states))
        .order_by(TicketRow.ticket_id)
    )
    return [fact_of(row) for row in rows]


async def step(
    session: AsyncSession,
    before: Ticket,
    event: TicketEvent,
    **values: Any,  # noqa: ANN401  a row's columns
) -> Ticket | None:
    """Let a ticket take a step from where it was seen; None where somebody was quicker."""
    row = await session.scalar(
        sa.update(TicketRow)
        .where(
            TicketRow.ticket_id == before.ticket_id,
            TicketRow.state == before.state,
            TicketRow.version == before.version,
        )
        .values(state=TICKET.after(before.state, event), version=TicketRow.version + 1, **values)
        .returning(TicketRow)
        .execution_options(populate_existing=True, **_QUIET)
    )
    return None if row is None else fact_of(row)


async def put(
    session: AsyncSession,
    ticket_id: int,
    **values: Any,  # noqa: ANN401  a row's columns
) -> Ticket | None:
    """Change what is not a step: flags, times, where it is shown."""
    row = await session.scalar(
        sa.update(TicketRow)
        .where(TicketRow.ticket_id == ticket_id)
        .values(**values)
        .returning(TicketRow)
        .execution_options(populate_existing=True, **_QUIET)
    )
    return None if row is None else fact_of(row)


async def log(session: AsyncSession, **values: Any) -> None:  # noqa: ANN401  a row's columns
    """Append to a ticket's course of events."""
    await session.execute(sa.insert(TicketEventRow).values(**values))


async def course(session: AsyncSession, ticket_id: int) -> list[Moment]:
    """Return everything that happened to a ticket, oldest first."""
    rows = await session.scalars(
        sa.select(TicketEventRow)
        .where(TicketEventRow.ticket_id == ticket_id)
        .order_by(TicketEventRow.event_id)
    )
    return [_moment_of(row) for row in rows]


async def last(session: AsyncSession, ticket_id: int, happening: Happening) -> Moment | None:
    """Return the last time that something happened to a ticket."""
    row = await session.scalar(
        sa.select(TicketEventRow)
        .where(TicketEventRow.ticket_id == ticket_id, TicketEventRow.happening == happening)
        .order_by(TicketEventRow.event_id.desc())
        .limit(1)
    )
    return None if row is None else _moment_of(row)


async def beats(
    session: AsyncSession, ticket_id: int
) -> list[tuple[str, datetime, int | None, datetime | None]]:
    """Return what the clock heard of a ticket: beat, when, minutes promised, and until when."""
    rows = await session.execute(
        sa.select(
            TicketEventRow.beat,
            TicketEventRow.at,
            TicketEventRow.target_minutes,
            TicketEventRow.due_at,
        )
        .where(TicketEventRow.ticket_id == ticket_id, TicketEventRow.beat.is_not(None))
        .order_by(TicketEventRow.event_id)
    )
    return [(str(beat), at, minutes, due_at) for beat, at, minutes, due_at in rows]


async def ahead_of(session: AsyncSession, one: Ticket) -> int:
    """Count the open questions that are to be answered before this one."""
    is_before = TicketRow.ticket_id < one.ticket_id
    if one.due_at is not None:
        same = sa.and_(TicketRow.due_at == one.due_at, is_before)
        is_before = sa.or_(TicketRow.due_at < one.due_at, same)
    found = await session.scalar(
        sa.select(sa.func.count())
        .select_from(TicketRow)
        .where(TicketRow.state == TicketState.QUEUED, is_before)
    )
    return found or 0


async def stage_name(session: AsyncSession, mentor_id: int) -> str | None:
    """Return the name under which a mentor answers, if they have one."""
    found: str | None = await session.scalar(
        sa.select(MentorRow.stage_name).where(MentorRow.mentor_id == mentor_id)
    )
    return found


async def rename_chat(session: AsyncSession, old: int, new: int) -> None:
    """Follow a group that became a supergroup; its messages have no ids there any more."""
    for column in (TicketRow.desk_chat_id, TicketRow.group_chat_id):
        await session.execute(
            sa.update(TicketRow)
            .where(column == old)
            .values({column: new})
            .execution_options(**_QUIET)
        )
    await session.execute(
        sa.update(TicketRow)
        .where(TicketRow.group_chat_id == new, TicketRow.state.in_(OPEN))
        .values(group_message_id=None)
        .execution_options(**_QUIET)
    )


def fact_of(row: TicketRow) -> Ticket:
    minutes = row.target_minutes
    return Ticket(
        ticket_id=row.ticket_id,
        token=row.token,
        member_id=row.member_id,
        state=row.state,
        version=row.version,
        assignee_id=row.assignee_id,
        claimed_at=row.claimed_at,
        tier_code=row.tier_code,
        target=None if minutes is None else timedelta(minutes=minutes),
        topic=row.topic,
        market=row.market,
        summary=row.summary,
        origin=row.origin,
        group_chat_id=row.group_chat_id,
        group_message_id=row.group_message_id,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        read_at=row.read_at,
        answered_at=row.answered_at,
        resolved_at=row.resolved_at,
        due_at=row.due_at,
        promised_at=row.promised_at,
        waiting_since=row.waiting_since,
        parent_id=row.parent_id,
        merged_into_id=row.merged_into_id,
        escalation=row.escalation,
        is_hard=row.is_hard,
        is_shared=row.is_shared,
        is_unreachable=row.is_unreachable,
        needs_review=row.needs_review,
        snoozed_until=row.snoozed_until,
        urgent_at=row.urgent_at,
        resolve_at=row.resolve_at,
        close_at=row.close_at,
        desk_chat_id=row.desk_chat_id,
        forum_topic_id=row.forum_topic_id,
        entries_read=tuple(row.entries_read),
    )


def _moment_of(row: TicketEventRow) -> Moment:
    return Moment(
        event_id=row.event_id,
        ticket_id=row.ticket_id,
        at=row.at,
        happening=row.happening,
        actor_id=row.actor_id,
        from_state=row.from_state,
        to_state=row.to_state,
        reason=row.reason,
        facts=row.facts,
    )
