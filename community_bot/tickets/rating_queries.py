"""SQL of what members say of answers, and of those who want to know the same."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.facts import Rating, Ticket
from community_bot.tickets.message_queries import insert_into
from community_bot.tickets.queries import fact_of
from community_bot.tickets.rows import FollowerRow, RatingRow, TicketRow
from community_bot.tickets.rules import OPEN, Grievance, TicketState, Verdict

_QUIET = {"synchronize_session": False}


async def rate(
    session: AsyncSession,
    *,
    ticket_id: int,
    member_id: int,
    mentor_id: int | None,
    verdict: Verdict,
    now: datetime,
) -> bool:
    """Keep a member's verdict; False where it was given before."""
    kept = await session.scalar(
        insert_into(session, RatingRow)
        .values(
            ticket_id=ticket_id,
            member_id=member_id,
            mentor_id=mentor_id,
            verdict=verdict,
            rated_at=now,
        )
        .on_conflict_do_nothing(index_elements=["ticket_id"])
        .returning(RatingRow.ticket_id)
    )
    return kept is not None


async def explain(
    session: AsyncSession, ticket_id: int, *, reason: Grievance | None, words: str | None
) -> bool:
    """Say why, once."""
    kept = await session.scalar(
        sa.update(RatingRow)
        .where(
            RatingRow.ticket_id == ticket_id,
            RatingRow.reason.is_(None) if words is None else RatingRow.words.is_(None),
        )
        .values({"words": words} if words is not None else {"reason": reason})
        .returning(RatingRow.ticket_id)
        .execution_options(**_QUIET)
    )
    return kept is not None


async def rating(session: AsyncSession, ticket_id: int) -> Rating | None:
    row = await session.get(RatingRow, ticket_id, populate_existing=True)
    if row is None:
        return None
    return Rating(
        ticket_id=row.ticket_id,
        member_id=row.member_id,
        mentor_id=row.mentor_id,
        verdict=row.verdict,
        reason=row.reason,
        words=row.words,
        rated_at=row.rated_at,
    )


async def unrated(session: AsyncSession, resolved_before: datetime) -> list[Ticket]:
    """Return tickets resolved before then whose members said nothing and were not asked again."""
    rows = await session.scalars(
        sa.select(TicketRow)
        .outerjoin(RatingRow, RatingRow.ticket_id == TicketRow.ticket_id)
        .where(
            TicketRow.state == TicketState.RESOLVED,
            TicketRow.resolved_at <= resolved_before,
            TicketRow.rating_asked_at.is_(None),
            RatingRow.ticket_id.is_(None),
        )
        .order_by(TicketRow.ticket_id)
    )
    return [fact_of(row) for row in rows]


async def was_asked_since(session: AsyncSession, member_id: int, since: datetime) -> bool:
    """Say whether a member was asked again for a verdict since then."""
    found = await session.scalar(
        sa.select(TicketRow.ticket_id)
        .where(TicketRow.member_id == member_id, TicketRow.rating_asked_at > since)
        .limit(1)
    )
    return found is not None


async def history(session: AsyncSession, member_id: int, ticket_id: int) -> tuple[int, int, int]:
    """Count a member's other tickets, how many of their answers helped, and this one's followers.

    They are read together: every card at the desk shows them all.
    """
    followers = (
        sa.select(sa.func.count())
        .select_from(FollowerRow)
        .where(FollowerRow.ticket_id == ticket_id)
        .scalar_subquery()
    )
    row = (
        await session.execute(
            sa.select(
                sa.func.count(TicketRow.ticket_id),
                sa.func.count(RatingRow.ticket_id).filter(RatingRow.verdict == Verdict.GOOD),
                followers,
            )
            .select_from(TicketRow)
            .outerjoin(RatingRow, RatingRow.ticket_id == TicketRow.ticket_id)
            .where(TicketRow.member_id == member_id, TicketRow.ticket_id != ticket_id)
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


async def follow(session: AsyncSession, ticket_id: int, member_id: int, now: datetime) -> bool:
    """Let a member hear the answer too; False where they do already."""
    kept = await session.scalar(
        insert_into(session, FollowerRow)
        .values(ticket_id=ticket_id, member_id=member_id, followed_at=now)
        .on_conflict_do_nothing(index_elements=["ticket_id", "member_id"])
        .returning(FollowerRow.member_id)
    )
    return kept is not None


async def followers(session: AsyncSession, ticket_id: int) -> list[int]:
    found = await session.scalars(
        sa.select(FollowerRow.member_id)
        .where(FollowerRow.ticket_id == ticket_id)
        .order_by(FollowerRow.followed_at, FollowerRow.member_id)
    )
    return list(found)


async def shared(session: AsyncSession, besides: int, most: int) -> list[Ticket]:
    """Return open questions whose askers let others follow them, newest first."""
    rows = await session.scalars(
        sa.select(TicketRow)
        .where(
            TicketRow.state.in_(OPEN),
            TicketRow.is_shared.is_(True),
            TicketRow.member_id != besides,
        )
        .order_by(TicketRow.ticket_id.desc())
        .limit(most)
    )
    return [fact_of(row) for row in rows]
