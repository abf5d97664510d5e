"""SQL of what somebody missed: what went out while they were away and would be theirs by now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import audience_queries, post_queries
from community_bot.resources.audience_queries import Eyes
from community_bot.resources.audience_rules import Audience
from community_bot.resources.facts import Composition
from community_bot.resources.post_rows import CopyRow, PostRow, RunRow
from community_bot.resources.rules import CopyState, RunState

MOST = 50
AWAY = timedelta(days=730)
_OVER = (RunState.DONE, RunState.CANARY, RunState.SENDING)


@dataclass(frozen=True, slots=True)
class MissedPost:
    """Something that went out while a person had no membership."""

    run_id: int
    title: str
    sent_at: datetime
    resource_id: int | None


async def missed(
    session: AsyncSession, member_id: int, eyes: Eyes, *, since: datetime, until: datetime
) -> list[MissedPost]:
    """Return what went out privately between two moments, the newest first.

    Even the title of what was for mentors, for one person or for a higher tier is nobody else's.
    """
    got = sa.exists().where(
        CopyRow.run_id == RunRow.run_id,
        CopyRow.member_id == member_id,
        CopyRow.state == CopyState.SENT,
    )
    rows = await session.execute(
        sa.select(RunRow.run_id, RunRow.begun_at, PostRow)
        .join(PostRow, PostRow.post_id == RunRow.post_id)
        .where(
            RunRow.begun_at > max(since, until - AWAY),
            RunRow.begun_at <= until,
            RunRow.state.in_(_OVER),
            RunRow.again_of.is_(None),
            PostRow.audience.is_not(None),
            ~got,
        )
        .order_by(RunRow.begun_at.desc())
        .limit(MOST)
    )
    found = [(run_id, begun_at, post_queries.post_of(row)) for run_id, begun_at, row in rows]
    return [
        MissedPost(run_id, post.title, begun_at, post.composed.resource_id)
        for run_id, begun_at, post in found
        if begun_at is not None and await _is_meant(session, member_id, eyes, post.composed)
    ]


async def _is_meant(
    session: AsyncSession, member_id: int, eyes: Eyes, composed: Composition
) -> bool:
    audience = composed.audience or Audience(())
    included, excluded, _, is_entitled = await audience_queries.truths(
        session, member_id, audience, eyes, composed.least_tier
    )
    return all(included) and not any(excluded) and is_entitled
