"""SQL of the library: resources, versions, topics, who follows what, and the count of changes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import content_rules, topic_rules
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import LibraryTopic, Resource, ResourceVersion
from community_bot.resources.rows import (
    FollowRow,
    LibraryPulseRow,
    LibraryTopicRow,
    ResourceRow,
    ResourceTopicRow,
    ResourceVersionRow,
)
from community_bot.resources.rules import RESOURCE, ResourceEvent, ResourceState

THE_PULSE = 1
_QUIET = {"synchronize_session": False}


def _insert(session: AsyncSession, table: type[Any]) -> Any:  # noqa: ANN401  either dialect's insert
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgres else sqlite.insert)(table)


async def revision(session: AsyncSession) -> int:
    """Return how many changes the library has seen."""
    return await session.scalar(sa.select(LibraryPulseRow.revision)) or 0


async def next_revision(session: AsyncSession) -> int:
    """Count a change; whoever changes something waits for the change before."""
    counted = await session.scalar(
        _insert(session, LibraryPulseRow)
        .values(pulse_id=THE_PULSE, revision=1)
        .on_conflict_do_update(
            index_elements=["pulse_id"], set_={"revision": LibraryPulseRow.revision + 1}
        )
        .returning(LibraryPulseRow.revision)
    )
    return int(counted or 0)


async def add(session: AsyncSession, **columns: Any) -> int:  # noqa: ANN401  a row's columns
    number = await session.scalar(
        sa.insert(ResourceRow)
        .values(
            state=RESOURCE.start,
            version=1,
            revision=await next_revision(session),
            published_at=None,
            **columns,
        )
        .returning(ResourceRow.resource_id)
    )
    return int(number or 0)


async def change(
    session: AsyncSession,
    resource_id: int,
    *,
    seen: int,
    **columns: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Change a resource that is still at the version that was seen; say whether it was."""
    changed = await session.scalar(
        sa.update(ResourceRow)
        .where(ResourceRow.resource_id == resource_id, ResourceRow.version == seen)
        .values(revision=await next_revision(session), **columns)
        .returning(ResourceRow.resource_id)
        .execution_options(**_QUIET)
    )
    return changed is not None


async def step(
    session: AsyncSession, resource_id: int, event: ResourceEvent, *, now: datetime
) -> bool:
    """Move a resource by its machine; say whether its state allowed it."""
    states = RESOURCE.before(event)
    target = {RESOURCE.after(state, event) for state in states}.pop()
    columns: dict[str, Any] = {"state": target, "changed_at": now}
    if event is ResourceEvent.PUBLISH:
        columns["published_at"] = sa.func.coalesce(
            ResourceRow.published_at, sa.literal(now, ResourceRow.published_at.type)
        )
    moved = await session.scalar(
        sa.update(ResourceRow)
        .where(ResourceRow.resource_id == resource_id, ResourceRow.state.in_(states))
        .values(revision=await next_revision(session), **columns)
        .returning(ResourceRow.resource_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def add_version(
    session: AsyncSession,
    resource_id: int,
    *,
    version: int,
    title: str,
    content: Content,
    saved_by: int,
    now: datetime,
) -> int:
    number = await session.scalar(
        sa.insert(ResourceVersionRow)
        .values(
            resource_id=resource_id,
            version=version,
            title=title,
            content=content_rules.as_facts(content),
            saved_by=saved_by,
            saved_at=now,
        )
        .returning(ResourceVersionRow.resource_version_id)
    )
    return int(number or 0)


async def versions(session: AsyncSession, resource_id: int) -> list[ResourceVersion]:
    """Return every version of a resource, the newest first."""
    rows = await session.scalars(
        sa.select(ResourceVersionRow)
        .where(ResourceVersionRow.resource_id == resource_id)
        .order_by(ResourceVersionRow.version.desc())
    )
    return [
        ResourceVersion(
            row.version,
            row.title,
            content_rules.from_facts(row.content),
            row.saved_by,
            row.saved_at,
        )
        for row in rows
    ]


async def one(session: AsyncSession, resource_id: int) -> Resource | None:
    found = await some(session, [resource_id])
    return found[0] if found else None


async def some(session: AsyncSession, resource_ids: Collection[int]) -> list[Resource]:
    """Return resources in the order in which they are asked for."""
    found = await _resources(session, ResourceRow.resource_id.in_(resource_ids))
    by_number = {one.resource_id: one for one in found}
    return [by_number[number] for number in resource_ids if number in by_number]


async def changed_since(session: AsyncSession, revision: int) -> list[Resource]:
    return await _resources(session, ResourceRow.revision > revision)


async def in_state(
    session: AsyncSession, states: Collection[ResourceState], *, topic_id: int | None = None
) -> list[Resource]:
    """Return resources, of one topic or of all, what was changed last first."""
    conditions: list[sa.ColumnElement[bool]] = [ResourceRow.state.in_(states)]
    if topic_id is not None:
        about = sa.select(ResourceTopicRow.resource_id).where(ResourceTopicRow.topic_id == topic_id)
        conditions.append(ResourceRow.resource_id.in_(about))
    return await _resources(session, *conditions)


async def set_topics(
    session: AsyncSession, resource_id: int, topics: Sequence[str], *, now: datetime
) -> None:
    """Let a resource be about exactly these topics; those nobody has used before are made."""
    await session.execute(
        sa.delete(ResourceTopicRow).where(ResourceTopicRow.resource_id == resource_id)
    )
    if not topics:
        return
    kinds = [{"code": code, "kind": topic_rules.kind_of(code), "made_at": now} for code in topics]
    await session.execute(
        _insert(session, LibraryTopicRow).on_conflict_do_nothing(index_elements=["code"]), kinds
    )
    numbers = await session.scalars(
        sa.select(LibraryTopicRow.topic_id).where(LibraryTopicRow.code.in_(topics))
    )
    await session.execute(
        sa.insert(ResourceTopicRow),
        [{"resource_id": resource_id, "topic_id": number} for number in numbers],
    )


async def topics(session: AsyncSession, member_id: int) -> list[LibraryTopic]:
    """Return every topic with its published resources, markets first, the fullest first."""
    count = sa.func.count(ResourceRow.resource_id)
    follows = sa.exists().where(
        FollowRow.topic_id == LibraryTopicRow.topic_id, FollowRow.member_id == member_id
    )
    rows = await session.execute(
        sa.select(LibraryTopicRow, count, follows)
        .outerjoin(ResourceTopicRow, ResourceTopicRow.topic_id == LibraryTopicRow.topic_id)
        .outerjoin(
            ResourceRow,
            sa.and_(
                ResourceRow.resource_id == ResourceTopicRow.resource_id,
                ResourceRow.state == ResourceState.PUBLISHED,
                ResourceRow.is_hidden.is_(False),
            ),
        )
        .group_by(LibraryTopicRow.topic_id)
        .order_by(LibraryTopicRow.kind, count.desc(), LibraryTopicRow.code)
    )
    return [
        LibraryTopic(row.topic_id, row.code, row.kind, number, bool(followed))
        for row, number, followed in rows
    ]


async def _resources(session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[Resource]:
    rows = (
        await session.scalars(
            sa.select(ResourceRow)
            .where(*conditions)
            .order_by(ResourceRow.changed_at.desc(), ResourceRow.resource_id.desc())
            .execution_options(populate_existing=True)
        )
    ).all()
    numbers = [row.resource_id for row in rows]
    topics = await _topics_of(session, numbers)
    kept = await _archived(session, numbers)
    return [
        Resource(
            resource_id=row.resource_id,
            state=row.state,
            version=row.version,
            title=row.title,
            content=content_rules.from_facts(row.content),
            topics=tuple(topics.get(row.resource_id, ())),
            least_tier=row.least_tier,
            is_hidden=row.is_hidden,
            author_id=row.author_id,
            made_at=row.made_at,
            published_at=row.published_at,
            is_archived_copy_kept=(row.resource_id, row.version) in kept,
        )
        for row in rows
    ]


async def _topics_of(session: AsyncSession, numbers: Sequence[int]) -> dict[int, list[str]]:
    rows = await session.execute(
        sa.select(ResourceTopicRow.resource_id, LibraryTopicRow.code)
        .join(LibraryTopicRow, LibraryTopicRow.topic_id == ResourceTopicRow.topic_id)
        .where(ResourceTopicRow.resource_id.in_(numbers))
        .order_by(LibraryTopicRow.kind, LibraryTopicRow.code)
    )
    found: dict[int, list[str]] = {}
    for resource_id, code in rows:
        found.setdefault(resource_id, []).append(code)
    return found


async def _archived(session: AsyncSession, numbers: Sequence[int]) -> set[tuple[int, int]]:
    rows = await session.execute(
        sa.select(ResourceVersionRow.resource_id, ResourceVersionRow.version).where(
            ResourceVersionRow.resource_id.in_(numbers),
            ResourceVersionRow.archived_at.is_not(None),
        )
    )
    return {(row.resource_id, row.version) for row in rows}
