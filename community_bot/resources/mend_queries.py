"""SQL of mending: copies that arrived, and what of a correction or a withdrawal reached them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import audience_queries
from community_bot.resources.audience_rules import Audience
from community_bot.resources.post_rows import CopyRow
from community_bot.resources.rules import CopyState

_QUIET = {"synchronize_session": False}


async def unmended(
    session: AsyncSession, run_id: int, revision: int, *, most: int
) -> list[CopyRow]:
    """Return copies that arrived and were not brought to a revision; nobody else takes them."""
    rows = await session.scalars(
        sa.select(CopyRow)
        .where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.SENT,
            CopyRow.is_withdrawn.is_(False),
            CopyRow.revision < revision,
        )
        .order_by(CopyRow.copy_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list(rows)


async def with_right(
    session: AsyncSession,
    copy_ids: Collection[int],
    audience: Audience | None,
    least_tier: str | None,
    now: datetime,
) -> set[int]:
    """Return the copies whose recipient still has what the post asked for."""
    keeps = audience_queries.keeps_right(CopyRow.chat_id, audience, least_tier, now)
    found = sa.select(CopyRow.copy_id).where(CopyRow.copy_id.in_(copy_ids), keeps)
    return set(await session.scalars(found))


async def bring_to(session: AsyncSession, copy_ids: Collection[int], revision: int) -> None:
    """Write down that copies have been brought to a revision, as far as we can."""
    await session.execute(
        sa.update(CopyRow)
        .where(CopyRow.copy_id.in_(copy_ids))
        .values(revision=revision, mend_error=None)
        .execution_options(**_QUIET)
    )


async def note(session: AsyncSession, *copy_ids: int, **columns: Any) -> None:  # noqa: ANN401  columns
    await session.execute(
        sa.update(CopyRow)
        .where(CopyRow.copy_id.in_(copy_ids))
        .values(**columns)
        .execution_options(**_QUIET)
    )
