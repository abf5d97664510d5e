"""SQL of runs: their states, and how far each is."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import content_rules
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Planned, Run, Tally
from community_bot.resources.post_rows import CopyRow, PostRow, RunRow
from community_bot.resources.rules import RUN, CopyState, RunEvent, RunState

_QUIET = {"synchronize_session": False}
# A recipient of several messages counts once, by what is worst for them.
_WORST = {
    CopyState.SENT: 0,
    CopyState.SKIPPED: 1,
    CopyState.CANCELLED: 2,
    CopyState.WAITING: 3,
    CopyState.QUEUED: 3,
    CopyState.UNREACHABLE: 4,
    CopyState.UNKNOWN: 5,
    CopyState.FAILED: 6,
}
_NAMES = {0: "sent", 1: "skipped", 2: "cancelled", 3: "waiting", 4: "unreachable"}
_NAMES |= {5: "uncertain", 6: "failed"}


async def add(
    session: AsyncSession,
    *,
    post_id: int,
    due_at: datetime,
    content: Content,
    state: RunState = RUN.start,
    reason: str | None = None,
    again: tuple[int, CopyState] | None = None,
    is_forced: bool = False,
) -> int | None:
    """Create the run of a moment, once; None where it is there already."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if on_postgres else sqlite.insert)(RunRow)
    return await session.scalar(
        insert.values(
            post_id=post_id,
            due_at=due_at,
            state=state,
            content=content_rules.as_facts(content),
            revision=0,
            is_late=False,
            again_of=None if again is None else again[0],
            again_state=None if again is None else again[1],
            reason=reason,
            troubles=[],
            is_forced=is_forced,
        )
        .on_conflict_do_nothing()
        .returning(RunRow.run_id)
    )


async def row(session: AsyncSession, run_id: int) -> RunRow | None:
    return await session.get(RunRow, run_id, populate_existing=True)


async def with_post(session: AsyncSession, run_id: int) -> tuple[RunRow, PostRow] | None:
    """Return a run and its post."""
    found = await session.execute(
        sa.select(RunRow, PostRow)
        .join(PostRow, PostRow.post_id == RunRow.post_id)
        .where(RunRow.run_id == run_id)
        .execution_options(populate_existing=True)
    )
    one = found.one_or_none()
    return None if one is None else (one[0], one[1])


async def step(session: AsyncSession, run_id: int, event: RunEvent, **columns: Any) -> bool:  # noqa: ANN401  columns
    """Move a run by its machine; say whether its state allowed it."""
    before = RUN.before(event)
    state = sa.case(
        *(
            (RunRow.state == state, sa.literal(RUN.after(state, event), RunRow.state.type))
            for state in before
        )
    )
    moved = await session.scalar(
        sa.update(RunRow)
        .where(RunRow.run_id == run_id, RunRow.state.in_(before))
        .values(state=state, **columns)
        .returning(RunRow.run_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def note(session: AsyncSession, run_id: int, **columns: Any) -> None:  # noqa: ANN401  columns
    await session.execute(
        sa.update(RunRow)
        .where(RunRow.run_id == run_id)
        .values(**columns)
        .execution_options(**_QUIET)
    )


async def in_states(
    session: AsyncSession, states: Collection[RunState], *, due_before: datetime | None = None
) -> list[int]:
    """Return runs, the longest due first."""
    query = sa.select(RunRow.run_id).where(RunRow.state.in_(states))
    if due_before is not None:
        query = query.where(RunRow.due_at <= due_before)
    return list(await session.scalars(query.order_by(RunRow.due_at, RunRow.run_id)))


async def unchecked(session: AsyncSession, *, now: datetime, again_before: datetime) -> list[int]:
    """Return planned runs whose preflight is due, and failed ones that may have been mended.

    When its time has come a run is looked at once more, unless a person said: send nevertheless.
    """
    long_ago = RunRow.checked_at <= again_before
    failed = sa.and_(RunRow.state == RunState.PREFLIGHT_FAILED, long_ago)
    is_time = sa.and_(RunRow.due_at <= now, long_ago, RunRow.is_forced.is_(False))
    planned = sa.and_(
        RunRow.state == RunState.PLANNED, sa.or_(RunRow.checked_at.is_(None), is_time)
    )
    return list(
        await session.scalars(
            sa.select(RunRow.run_id).where(sa.or_(planned, failed)).order_by(RunRow.due_at)
        )
    )


async def mending(session: AsyncSession) -> list[int]:
    """Return runs whose copies are being corrected or withdrawn."""
    return list(
        await session.scalars(
            sa.select(RunRow.run_id).where(RunRow.mending.is_not(None)).order_by(RunRow.run_id)
        )
    )


async def to_be_shown(
    session: AsyncSession, *, before: datetime, ended_after: datetime
) -> list[int]:
    """Return runs whose card may have something new to show; a letter may settle after the end."""
    begun = RunRow.begun_at.is_not(None)
    long_ago = sa.or_(RunRow.shown_at.is_(None), RunRow.shown_at <= before)
    is_moving = sa.or_(
        RunRow.finished_at.is_(None),
        RunRow.mending.is_not(None),
        RunRow.shown_at.is_(None),
        RunRow.shown_at <= RunRow.finished_at,  # the end itself was never shown
        RunRow.finished_at >= ended_after,
    )
    return list(
        await session.scalars(
            sa.select(RunRow.run_id).where(begun, long_ago, is_moving).order_by(RunRow.run_id)
        )
    )


async def planned(session: AsyncSession, *, begin: datetime, end: datetime) -> list[Planned]:
    """Return the runs between two moments, those that were skipped or called off apart."""
    gone = (RunState.SKIPPED, RunState.CANCELLED, RunState.WITHDRAWN)
    rows = await session.execute(
        sa.select(RunRow.post_id, PostRow.title, RunRow.due_at, PostRow.audience)
        .join(PostRow, PostRow.post_id == RunRow.post_id)
        .where(RunRow.due_at >= begin, RunRow.due_at < end, RunRow.state.not_in(gone))
        .order_by(RunRow.due_at)
    )
    return [
        Planned(post_id, title, due_at, audience is not None, is_exact=True)
        for post_id, title, due_at, audience in rows
    ]


async def again_of(session: AsyncSession, run_id: int, state: CopyState) -> int | None:
    """Return the run that sends these copies of another again, if there is one."""
    return await session.scalar(
        sa.select(RunRow.run_id).where(
            RunRow.again_of == run_id,
            RunRow.again_state == state,
            RunRow.state.not_in((RunState.CANCELLED, RunState.SKIPPED, RunState.WITHDRAWN)),
        )
    )


async def newest(session: AsyncSession, *, post_id: int | None = None, most: int = 20) -> list[Run]:
    """Return runs with how far they are, the newest first."""
    query = sa.select(RunRow.run_id).order_by(RunRow.due_at.desc(), RunRow.run_id.desc())
    if post_id is not None:
        query = query.where(RunRow.post_id == post_id)
    run_ids = (await session.scalars(query.limit(most))).all()
    found = [await one(session, run_id, per_second=0) for run_id in run_ids]
    return [run for run in found if run is not None]


async def one(session: AsyncSession, run_id: int, *, per_second: float) -> Run | None:
    """Return a run whole; `per_second` is the pace that is hoped for until there is one."""
    found = await with_post(session, run_id)
    if found is None:
        return None
    run, post = found
    counts = await tally(session, run_id)
    pace = per_second if run.finished_at is None else 0.0
    return Run(
        run_id=run.run_id,
        post_id=run.post_id,
        title=post.title,
        due_at=run.due_at,
        state=run.state,
        is_late=run.is_late,
        again_of=run.again_of,
        is_agreed=post.approved_by is not None,
        reason=run.reason,
        troubles=tuple(run.troubles),
        begun_at=run.begun_at,
        finished_at=run.finished_at,
        mending=run.mending,
        revision=run.revision,
        tally=counts,
        per_second=pace,
        time_left=timedelta(seconds=counts.waiting / pace) if pace else None,
    )


async def tally(session: AsyncSession, run_id: int) -> Tally:
    """Count the recipients of a run by what became of them."""
    worst = sa.func.max(sa.case(_WORST, value=CopyRow.state, else_=0)).label("worst")
    each = (
        sa.select(worst)
        .where(CopyRow.run_id == run_id)
        .group_by(CopyRow.chat_id, CopyRow.topic_id)
        .subquery()
    )
    rows = await session.execute(sa.select(each.c.worst, sa.func.count()).group_by(each.c.worst))
    return Tally(**{_NAMES[number]: count for number, count in rows})


async def resting(session: AsyncSession, run_id: int, now: datetime) -> int:
    """Count the recipients whose quiet hours put their copies off."""
    found = await session.scalar(
        sa.select(sa.func.count(sa.distinct(CopyRow.chat_id))).where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.WAITING,
            CopyRow.not_before > now,
        )
    )
    return found or 0


async def withdrawn(session: AsyncSession, run_id: int) -> int:
    """Count the recipients with whom nothing is left of what had arrived."""
    left = sa.func.count(sa.case((CopyRow.is_withdrawn.is_(False), 1)))
    each = (
        sa.select(CopyRow.chat_id)
        .where(CopyRow.run_id == run_id, CopyRow.state == CopyState.SENT)
        .group_by(CopyRow.chat_id, CopyRow.topic_id)
        .having(left == 0)
        .subquery()
    )
    return await session.scalar(sa.select(sa.func.count()).select_from(each)) or 0


async def settled_since(session: AsyncSession, run_id: int, since: datetime) -> int:
    """Count the messages that arrived since a moment."""
    found = await session.scalar(
        sa.select(sa.func.count()).where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.SENT,
            CopyRow.settled_at >= since,
        )
    )
    return found or 0
