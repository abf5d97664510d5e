"""SQL of posts: as drafts, as plans, and when they go out next."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import audience_rules, content_rules
from community_bot.resources.facts import Composition, Place, Post
from community_bot.resources.post_rows import PostRow, RunRow
from community_bot.resources.rules import POST, UNBEGUN, PostEvent, PostState
from community_bot.resources.schedule_rules import Schedule

_SCHEDULE = TypeAdapter(Schedule)
_PLACES = TypeAdapter(tuple[Place, ...])
_QUIET = {"synchronize_session": False}


async def add(session: AsyncSession, **columns: Any) -> int:  # noqa: ANN401  a row's columns
    """Insert a draft and return its number."""
    number = await session.scalar(
        sa.insert(PostRow)
        .values(state=POST.start, revision=1, **columns)
        .returning(PostRow.post_id)
    )
    return int(number or 0)


async def one(session: AsyncSession, post_id: int) -> Post | None:
    row = await session.get(PostRow, post_id, populate_existing=True)
    return None if row is None else post_of(row)


async def step(
    session: AsyncSession,
    post_id: int,
    event: PostEvent,
    *,
    seen: int | None = None,
    **columns: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Move a post by its machine, where it is still as it was seen; say whether it moved."""
    before = POST.before(event)
    state = sa.case(
        *(
            (PostRow.state == state, sa.literal(POST.after(state, event), PostRow.state.type))
            for state in before
        )
    )
    moving = sa.update(PostRow).where(PostRow.post_id == post_id, PostRow.state.in_(before))
    if seen is not None:
        moving = moving.where(PostRow.revision == seen)
    moved = await session.scalar(
        moving.values(state=state, **columns).returning(PostRow.post_id).execution_options(**_QUIET)
    )
    return moved is not None


async def is_any_due(session: AsyncSession, *, before: datetime) -> bool:
    """Say whether a planned post has a time before a moment."""
    found = await session.scalar(
        sa.select(PostRow.post_id)
        .where(PostRow.state == PostState.SCHEDULED, PostRow.next_at <= before)
        .limit(1)
    )
    return found is not None


async def due(session: AsyncSession, *, before: datetime, most: int) -> list[Post]:
    """Return planned posts with a time before a moment, longest ago first."""
    rows = await session.scalars(
        sa.select(PostRow)
        .where(PostRow.state == PostState.SCHEDULED, PostRow.next_at <= before)
        .order_by(PostRow.next_at, PostRow.post_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [post_of(row) for row in rows]


async def move_on(
    session: AsyncSession, post_id: int, *, seen: datetime, next_at: datetime | None
) -> bool:
    """Write down the next time, unless another process has; time only moves forward."""
    moved = await session.scalar(
        sa.update(PostRow)
        .where(PostRow.post_id == post_id, PostRow.next_at == seen)
        .values(next_at=next_at)
        .returning(PostRow.post_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def over(session: AsyncSession) -> list[int]:
    """Return planned posts that have no time to come and no run that is yet to begin."""
    to_come = sa.exists().where(RunRow.post_id == PostRow.post_id, RunRow.state.in_(UNBEGUN))
    found = await session.scalars(
        sa.select(PostRow.post_id).where(
            PostRow.state == PostState.SCHEDULED, PostRow.next_at.is_(None), ~to_come
        )
    )
    return list(found)


async def in_states(
    session: AsyncSession,
    states: Collection[PostState],
    *,
    made_by: int | None = None,
    templates: bool = False,
    most: int = 200,
) -> list[Post]:
    """Return posts: what is planned by its time, everything else the newest first."""
    query = (
        sa.select(PostRow)
        .where(PostRow.state.in_(states), PostRow.is_template.is_(templates))
        .order_by(PostRow.next_at.is_(None), PostRow.next_at, PostRow.post_id.desc())
        .limit(most)
    )
    if made_by is not None:
        query = query.where(PostRow.made_by == made_by)
    return [post_of(row) for row in await session.scalars(query)]


def columns_of(composed: Composition) -> dict[str, Any]:
    """Return what was composed, as it is kept."""
    schedule = composed.schedule
    return {
        "content": content_rules.as_facts(composed.content),
        "title": composed.title,
        "resource_id": composed.resource_id,
        "topics": list(composed.topics),
        "least_tier": composed.least_tier,
        "is_teaser": composed.is_teaser,
        "audience": audience_rules.as_facts(composed.audience),
        "places": _PLACES.dump_python(composed.places, mode="json"),
        "schedule": None if schedule is None else _SCHEDULE.dump_python(schedule, mode="json"),
        "is_silent": composed.is_silent,
        "is_protected": composed.is_protected,
        "heeds_quiet": composed.heeds_quiet,
    }


def mark_of(composed: Composition) -> str:
    """Return the mark of exactly this composition."""
    return content_rules.mark_of(columns_of(composed))


def post_of(row: PostRow) -> Post:
    schedule = None if row.schedule is None else _SCHEDULE.validate_python(row.schedule)
    return Post(
        post_id=row.post_id,
        state=row.state,
        revision=row.revision,
        composed=Composition(
            content=content_rules.from_facts(row.content),
            title=row.title,
            resource_id=row.resource_id,
            topics=tuple(row.topics),
            least_tier=row.least_tier,
            is_teaser=row.is_teaser,
            audience=audience_rules.from_facts(row.audience),
            places=_PLACES.validate_python(row.places),
            schedule=schedule,
            is_silent=row.is_silent,
            is_protected=row.is_protected,
            heeds_quiet=row.heeds_quiet,
        ),
        is_template=row.is_template,
        replaces=row.replaces,
        made_by=row.made_by,
        next_at=row.next_at,
        mark=row.mark,
        submitted_by=row.submitted_by,
        approved_by=row.approved_by,
    )
