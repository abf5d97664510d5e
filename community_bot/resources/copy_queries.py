"""SQL of copies: who gets one, which go out next, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.people.rows import MemberRow
from community_bot.resources.audience_queries import (
    Eyes,
    is_entitled,
    is_unreachable,
    keeps_right,
    selects,
    tier_code_of,
)
from community_bot.resources.audience_rules import Audience
from community_bot.resources.facts import Place
from community_bot.resources.post_rows import CopyRow
from community_bot.resources.quiet_rules import QuietHours
from community_bot.resources.rows import QuietHoursRow
from community_bot.resources.rules import COPY, CopyEvent, CopyState

_QUIET = {"synchronize_session": False}
_KEY = ["run_id", "chat_id", "topic_id", "part"]
_COLUMNS = [*_KEY, "member_id", "state", "reason", "tier_code", "round", "revision", "is_withdrawn"]
UNREACHABLE, BELOW_TIER = "unreachable", "below_tier"


@dataclass(frozen=True, slots=True)
class Next:
    """A copy whose turn it is, with what must be looked at once more before it leaves."""

    copy_id: int
    chat_id: int
    topic_id: int
    member_id: int | None
    part: int
    is_unreachable: bool
    is_entitled: bool
    quiet: QuietHours | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How many copies of a run wait, are under way, have been tried, and were refused."""

    waiting: int
    queued: int
    tried: int
    settled: int
    failed: int


async def add_places(
    session: AsyncSession, run_id: int, places: Sequence[Place], parts: int
) -> None:
    """Give every place its copies."""
    rows = [
        {
            "run_id": run_id,
            "chat_id": place.chat_id,
            "topic_id": place.topic_id or 0,
            "part": part,
            "member_id": None,
            "state": COPY.start,
            "reason": None,
            "tier_code": None,
            "round": 0,
            "revision": 0,
            "is_withdrawn": False,
        }
        for place in places
        for part in range(parts)
    ]
    if rows:
        await session.execute(_insert(session).on_conflict_do_nothing(index_elements=_KEY), rows)


async def add_people(
    session: AsyncSession,
    run_id: int,
    audience: Audience,
    eyes: Eyes,
    *,
    least_tier: str | None,
    parts: int,
) -> None:
    """Give everybody whom the audience selects their copies, in one statement."""
    out_of_reach = is_unreachable(MemberRow.member_id)
    below = ~is_entitled(MemberRow.member_id, least_tier, eyes.now)
    state = sa.case(
        (out_of_reach, _state(COPY.after(CopyState.WAITING, CopyEvent.BLOCK))),
        (below, _state(COPY.after(CopyState.WAITING, CopyEvent.SKIP))),
        else_=_state(COPY.start),
    )
    reason = sa.case((out_of_reach, UNREACHABLE), (below, BELOW_TIER), else_=None)
    numbers = sa.union_all(*(sa.select(sa.literal(part).label("part")) for part in range(parts)))
    every = numbers.subquery()
    part = every.c.part
    chosen = (
        sa.select(
            sa.literal(run_id),
            MemberRow.member_id,
            sa.literal(0),
            part,
            MemberRow.member_id,
            state,
            reason,
            tier_code_of(MemberRow.member_id, eyes.now),
            sa.literal(0),
            sa.literal(0),
            sa.false(),
        )
        .join_from(MemberRow, every, sa.true())
        .where(selects(audience, eyes))
        .order_by(MemberRow.member_id, part)
    )
    insert = _insert(session).from_select(_COLUMNS, chosen)
    await session.execute(insert.on_conflict_do_nothing(index_elements=_KEY))


async def add_again(session: AsyncSession, run_id: int, of_run: int, state: CopyState) -> None:
    """Give those whose copy of another run is in a state that copy once more."""
    chosen = (
        sa.select(
            sa.literal(run_id),
            CopyRow.chat_id,
            CopyRow.topic_id,
            CopyRow.part,
            CopyRow.member_id,
            _state(COPY.start),
            sa.null(),
            CopyRow.tier_code,
            sa.literal(0),
            sa.literal(0),
            sa.false(),
        )
        .where(CopyRow.run_id == of_run, CopyRow.state == state)
        .order_by(CopyRow.copy_id)
    )
    insert = _insert(session).from_select(_COLUMNS, chosen)
    await session.execute(insert.on_conflict_do_nothing(index_elements=_KEY))


async def next_ones(
    session: AsyncSession,
    run_id: int,
    *,
    audience: Audience | None,
    least_tier: str | None,
    now: datetime,
    most: int,
) -> list[Next]:
    """Return the copies whose turn it is, in the order of recipients; no one else takes them."""
    quiet = (QuietHoursRow.zone, QuietHoursRow.from_minute, QuietHoursRow.until_minute)
    rows = await session.execute(
        sa.select(
            CopyRow.copy_id,
            CopyRow.chat_id,
            CopyRow.topic_id,
            CopyRow.member_id,
            CopyRow.part,
            is_unreachable(CopyRow.chat_id),
            keeps_right(CopyRow.chat_id, audience, least_tier, now),
            *quiet,
        )
        .outerjoin(QuietHoursRow, QuietHoursRow.member_id == CopyRow.member_id)
        .where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.WAITING,
            sa.or_(CopyRow.not_before.is_(None), CopyRow.not_before <= now),
        )
        .order_by(CopyRow.copy_id)
        .limit(most)
        .with_for_update(skip_locked=True, of=CopyRow)
    )
    return [
        Next(
            copy_id=copy_id,
            chat_id=chat_id,
            topic_id=topic_id,
            member_id=member_id,
            part=part,
            is_unreachable=bool(gone),
            is_entitled=bool(entitled),
            quiet=QuietHours(zone, begin, end) if zone else None,
        )
        for copy_id, chat_id, topic_id, member_id, part, gone, entitled, zone, begin, end in rows
    ]


async def step(
    session: AsyncSession,
    copy_ids: Collection[int],
    event: CopyEvent,
    **columns: Any,  # noqa: ANN401  a row's columns
) -> set[int]:
    """Move copies by their machine; return those whose state allowed it."""
    if not copy_ids:
        return set()
    states = COPY.before(event)
    target = {COPY.after(state, event) for state in states}.pop()
    if event is CopyEvent.QUEUE:
        columns["round"] = CopyRow.round + 1
    moved = await session.scalars(
        sa.update(CopyRow)
        .where(CopyRow.copy_id.in_(copy_ids), CopyRow.state.in_(states))
        .values(state=target, **columns)
        .returning(CopyRow.copy_id)
        .execution_options(**_QUIET)
    )
    return set(moved)


async def put_off(session: AsyncSession, copy_ids: Collection[int], until: datetime) -> None:
    """Let copies wait until a moment."""
    await session.execute(
        sa.update(CopyRow)
        .where(CopyRow.copy_id.in_(copy_ids), CopyRow.state == CopyState.WAITING)
        .values(not_before=until)
        .execution_options(**_QUIET)
    )


async def cancel_waiting(session: AsyncSession, run_id: int) -> None:
    """Let be what has not left."""
    await session.execute(
        sa.update(CopyRow)
        .where(CopyRow.run_id == run_id, CopyRow.state.in_(COPY.before(CopyEvent.CANCEL)))
        .values(state=COPY.after(CopyState.WAITING, CopyEvent.CANCEL))
        .execution_options(**_QUIET)
    )


async def figures(session: AsyncSession, run_id: int) -> Figures:
    """Count the copies of a run as far as it decides what comes next."""
    settled = (CopyState.SENT, CopyState.FAILED)
    row = (
        await session.execute(
            sa.select(
                sa.func.count(sa.case((CopyRow.state == CopyState.WAITING, 1))),
                sa.func.count(sa.case((CopyRow.state == CopyState.QUEUED, 1))),
                sa.func.count(sa.case((CopyRow.round > 0, 1))),
                sa.func.count(sa.case((CopyRow.state.in_(settled), 1))),
                sa.func.count(sa.case((CopyRow.state == CopyState.FAILED, 1))),
            ).where(CopyRow.run_id == run_id)
        )
    ).one()
    return Figures(*row)


async def places_ahead(session: AsyncSession, run_id: int, revision: int) -> set[int]:
    """Return the places to which something is yet to go: the post, or the words of a revision."""
    is_old = sa.and_(CopyRow.state == CopyState.SENT, CopyRow.revision < revision)
    return set(
        await session.scalars(
            sa.select(CopyRow.chat_id).where(
                CopyRow.run_id == run_id,
                CopyRow.member_id.is_(None),
                sa.or_(CopyRow.state == CopyState.WAITING, is_old),
            )
        )
    )


async def usual_reason(session: AsyncSession, run_id: int) -> str | None:
    """Return what was said of most copies that were refused."""
    return await session.scalar(
        sa.select(CopyRow.reason)
        .where(CopyRow.run_id == run_id, CopyRow.state == CopyState.FAILED)
        .group_by(CopyRow.reason)
        .order_by(sa.func.count().desc())
        .limit(1)
    )


def about(run_id: int) -> str:
    """Return what the letters of a run are said to belong to."""
    return f"run:{run_id}"


def _state(state: CopyState) -> sa.BindParameter[CopyState]:
    return sa.literal(state, CopyRow.state.type)


def _insert(session: AsyncSession) -> Any:  # noqa: ANN401  either dialect's insert
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgres else sqlite.insert)(CopyRow)
