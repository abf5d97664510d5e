"""SQL of the runs of one plan: those that are yet to begin, on their way, or held with it."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.post_rows import CopyRow, RunRow
from community_bot.resources.rules import UNBEGUN, UNDER_WAY, RunEvent, RunState

WITH_PLAN = "with_plan"  # why a run is held: its plan is


async def unbegun(session: AsyncSession, post_id: int) -> list[tuple[int, RunState]]:
    """Return the runs of a post from which nothing has left; what is sent again is none of them."""
    rows = await session.execute(
        sa.select(RunRow.run_id, RunRow.state).where(
            RunRow.post_id == post_id, RunRow.state.in_(UNBEGUN), RunRow.again_of.is_(None)
        )
    )
    return [(run_id, state) for run_id, state in rows]


async def begun(session: AsyncSession, post_id: int) -> list[int]:
    """Return the runs of a post that have begun and can still be held or ended."""
    going = RunRow.state.in_((RunState.EXPANDING, *UNDER_WAY, RunState.PAUSED))
    return list(
        await session.scalars(sa.select(RunRow.run_id).where(RunRow.post_id == post_id, going))
    )


async def held(session: AsyncSession, post_id: int) -> list[int]:
    """Return the runs that were held together with their plan, and by nothing else."""
    return list(
        await session.scalars(
            sa.select(RunRow.run_id).where(
                RunRow.post_id == post_id,
                RunRow.state == RunState.PAUSED,
                RunRow.reason == WITH_PLAN,
            )
        )
    )


async def way_on(session: AsyncSession, run_id: int) -> RunEvent:
    """Return how a held run goes on: one that was held before its list was made makes it first."""
    is_listed = await session.scalar(sa.select(sa.exists().where(CopyRow.run_id == run_id)))
    return RunEvent.RESUME if is_listed else RunEvent.EXPAND
