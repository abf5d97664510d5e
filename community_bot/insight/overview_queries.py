"""SQL of the community's figures: rights, cash, orders, searches, posts, and who is reached."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.rows import LedgerRow, OrderRow
from community_bot.billing.rules import Account, OrderState
from community_bot.delivery.rows import Reach, ReachRow
from community_bot.faq.documents import Verdict
from community_bot.faq.usage_rows import SearchRow, VoteRow
from community_bot.insight.overview_facts import Knowledge, Updates
from community_bot.insight.overview_rules import Right
from community_bot.membership.rows import EntitlementRow, TierRow
from community_bot.people.rows import MemberRow
from community_bot.resources.post_rows import CopyRow, OpeningRow, RunRow
from community_bot.resources.rules import CopyState


async def rights(session: AsyncSession) -> list[Right]:
    """Return every right to a paid tier; what was taken back ended at that moment."""
    rows = await session.execute(
        sa.select(
            EntitlementRow.member_id,
            EntitlementRow.tier_code,
            TierRow.rank,
            EntitlementRow.starts_at,
            EntitlementRow.ends_at,
            EntitlementRow.revoked_at,
        )
        .join(TierRow, TierRow.code == EntitlementRow.tier_code)
        .where(TierRow.rank > 0)
    )
    return [
        Right(member_id, tier, rank, starts_at, _earlier(ends_at, revoked_at))
        for member_id, tier, rank, starts_at, ends_at, revoked_at in rows
    ]


async def cash(
    session: AsyncSession, since: datetime, until: datetime
) -> list[tuple[datetime, str, int]]:
    """Return the lines of the cash account: when, currency, minor units; what went is negative."""
    rows = await session.execute(
        sa.select(LedgerRow.posted_at, LedgerRow.currency, LedgerRow.amount_minor)
        .where(
            LedgerRow.account == Account.CASH,
            LedgerRow.posted_at > since,
            LedgerRow.posted_at <= until,
        )
        .order_by(LedgerRow.entry_id)
    )
    return [(at, currency, minor) for at, currency, minor in rows]


async def orders_paid(session: AsyncSession, since: datetime, until: datetime) -> int:
    return await _count(session, OrderRow.order_id, *_within(OrderRow.paid_at, since, until))


async def orders_waiting(session: AsyncSession) -> int:
    """Count the orders whose proof waits for somebody to look at it."""
    return await _count(session, OrderRow.order_id, OrderRow.state == OrderState.PROOF_SUBMITTED)


async def knowledge(session: AsyncSession, since: datetime, until: datetime) -> Knowledge:
    """Return how the FAQ served: only what people said counts as help."""
    searched = _within(SearchRow.searched_at, since, until)
    voted = _within(VoteRow.voted_at, since, until)
    return Knowledge(
        searches=await _count(session, SearchRow.search_id, *searched),
        in_vain=await _count(
            session,
            SearchRow.search_id,
            *searched,
            sa.or_(SearchRow.verdict == Verdict.NOTHING, SearchRow.is_failed),
        ),
        helped=await _count(session, VoteRow.vote_id, *voted, VoteRow.is_up.is_(True)),
        not_helped=await _count(session, VoteRow.vote_id, *voted, VoteRow.is_up.is_(False)),
    )


async def updates(session: AsyncSession, since: datetime, until: datetime) -> Updates:
    """Return what went out and what became of it; opened means pressed or asked for."""
    settled = _within(CopyRow.settled_at, since, until)
    states = await session.execute(
        sa.select(CopyRow.state, sa.func.count()).where(*settled).group_by(CopyRow.state)
    )
    copies = {state: int(number) for state, number in states}
    return Updates(
        posts=await _count(session, RunRow.run_id, *_within(RunRow.begun_at, since, until)),
        sent=copies.get(CopyState.SENT, 0),
        unreachable=copies.get(CopyState.UNREACHABLE, 0),
        unknown=copies.get(CopyState.UNKNOWN, 0),
        readers=await _count(
            session,
            sa.distinct(OpeningRow.member_id),
            *_within(OpeningRow.opened_at, since, until),
        ),
    )


async def known(session: AsyncSession) -> tuple[int, int]:
    """Return how many people ever wrote to the bot, and how many cannot be reached now."""
    people = await _count(session, MemberRow.member_id)
    closed = await _count(
        session,
        ReachRow.chat_id,
        ReachRow.reach == Reach.CLOSED,
        ReachRow.chat_id.in_(sa.select(MemberRow.member_id)),
    )
    return people, closed


def _within(
    moment: sa.orm.InstrumentedAttribute[datetime] | sa.orm.InstrumentedAttribute[datetime | None],
    since: datetime,
    until: datetime,
) -> tuple[sa.ColumnElement[bool], ...]:
    return (moment > since, moment <= until)


async def _count(
    session: AsyncSession, what: sa.SQLColumnExpression[int], *where: sa.ColumnElement[bool]
) -> int:
    return await session.scalar(sa.select(sa.func.count(what)).where(*where)) or 0


def _earlier(ends_at: datetime | None, revoked_at: datetime | None) -> datetime | None:
    given = [one for one in (ends_at, revoked_at) if one is not None]
    return min(given, default=None)
