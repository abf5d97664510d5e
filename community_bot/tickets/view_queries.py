"""SQL of the desk's lists: most urgent first, by the indexes alone, a page at a time."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.facts import Ticket
from community_bot.tickets.queries import fact_of
from community_bot.tickets.rows import TicketRow
from community_bot.tickets.rules import HELD, OPEN, TicketState
from community_bot.tickets.view_facts import Tally


class View(StrEnum):
    """Which tickets a list shows; a tally has each by its name."""

    UNCLAIMED = "unclaimed"
    MINE = "mine"
    OVERDUE = "overdue"
    WAITING = "waiting"  # the member's turn
    UNREACHABLE = "unreachable"  # the member has stopped the bot: answers are kept
    ALL = "all"


# A ticket without a deadline comes after those that have one, oldest first.
_URGENT_FIRST = (sa.nulls_last(TicketRow.due_at), TicketRow.ticket_id)


async def page(
    session: AsyncSession, view: View, *, mentor_id: int, now: datetime, first: int, most: int
) -> list[Ticket]:
    """Return some tickets of a view."""
    rows = await session.scalars(
        sa.select(TicketRow)
        .where(*_of(view, mentor_id, now))
        .order_by(*_URGENT_FIRST)
        .offset(first)
        .limit(most)
    )
    return [fact_of(row) for row in rows]


async def tally(session: AsyncSession, *, mentor_id: int, now: datetime) -> Tally:
    """Count the tickets of every view, in one look at those that are open."""
    counts = [sa.func.count().filter(*_of(view, mentor_id, now)) for view in View]
    found = await session.execute(
        sa.select(*counts).select_from(TicketRow).where(TicketRow.state.in_(OPEN))
    )
    counted = zip(View, found.one(), strict=True)
    return Tally(**{view.value: int(number) for view, number in counted})


async def of_member(
    session: AsyncSession, member_id: int, *, first: int, most: int
) -> list[Ticket]:
    """Return a member's tickets: the open ones first, then the newest."""
    is_over = TicketRow.state.not_in(OPEN)
    rows = await session.scalars(
        sa.select(TicketRow)
        .where(TicketRow.member_id == member_id)
        .order_by(is_over, TicketRow.ticket_id.desc())
        .offset(first)
        .limit(most)
    )
    return [fact_of(row) for row in rows]


async def count_of_member(session: AsyncSession, member_id: int) -> int:
    found = await session.scalar(
        sa.select(sa.func.count()).select_from(TicketRow).where(TicketRow.member_id == member_id)
    )
    return found or 0


def _of(view: View, mentor_id: int, now: datetime) -> Sequence[sa.ColumnElement[bool]]:
    own = TicketRow.assignee_id == mentor_id
    match view:
        case View.UNCLAIMED:
            return (TicketRow.state == TicketState.QUEUED,)
        case View.MINE:
            return (own, TicketRow.state.in_(HELD))
        case View.OVERDUE:
            late = TicketRow.due_at < now
            return (TicketRow.state.in_((TicketState.QUEUED, TicketState.ACTIVE)), late)
        case View.WAITING:
            return (TicketRow.state == TicketState.ANSWERED,)
        case View.UNREACHABLE:
            return (TicketRow.state.in_(OPEN), TicketRow.is_unreachable.is_(True))
        case View.ALL:
            return (TicketRow.state.in_(OPEN),)
