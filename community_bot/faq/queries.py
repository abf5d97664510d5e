"""SQL of entries, their versions and topics, and the counter of every change."""

from collections.abc import AsyncIterator, Collection
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.content_rules import Content, EntryKind, Media, MediaKind
from community_bot.faq.facts import Entry, Findable
from community_bot.faq.rows import EntryRow, PulseRow, VersionRow
from community_bot.faq.rules import ENTRY, SHOWN, EntryEvent, EntryState
from community_bot.people.rows import MemberRow
from community_bot.storage.columns import Facts
from community_bot.storage.inserting import insert_into

# A version: its number, when and by whom it was saved, that person's name, and what it says.
Saved: TypeAlias = tuple[int, datetime, int, str | None, Content]
THE_PULSE = 1
AT_ONCE = 500  # rows of a page


async def revision(session: AsyncSession) -> int:
    """Return how many changes the FAQ has seen."""
    return await session.scalar(sa.select(PulseRow.revision)) or 0


async def next_revision(session: AsyncSession) -> int:
    """Count a change; whoever changes something waits for the change before, so numbers follow."""
    insert = insert_into(session, PulseRow)
    counted = await session.scalar(
        insert.values(pulse_id=THE_PULSE, revision=1)
        .on_conflict_do_update(
            index_elements=["pulse_id"], set_={"revision": PulseRow.revision + 1}
        )
        .returning(PulseRow.revision)
    )
    return counted or 0


async def add_entry(session: AsyncSession, content: Content, **facts: Any) -> int:  # noqa: ANN401  columns
    """Insert a draft and return its number."""
    number = await session.scalar(
        sa.insert(EntryRow)
        .values(
            state=ENTRY.start,
            version=1,
            reminders=0,
            reads=0,
            **_columns(content),
            **facts,
        )
        .returning(EntryRow.entry_id)
    )
    return int(number or 0)


async def save_content(
    session: AsyncSession,
    entry_id: int,
    content: Content,
    *,
    version: int,
    **facts: Any,  # noqa: ANN401  columns
) -> bool:
    """Put what an entry says in the place of what it said at the version before; say if it did."""
    saved = await session.scalar(
        sa.update(EntryRow)
        .where(EntryRow.entry_id == entry_id, EntryRow.version == version - 1)
        .values(version=version, **_columns(content), **facts)
        .returning(EntryRow.entry_id)
    )
    return saved is not None


async def step(session: AsyncSession, entry_id: int, event: EntryEvent, **facts: Any) -> bool:  # noqa: ANN401  columns
    """Move an entry by its machine; say whether the state allowed it."""
    before = ENTRY.before(event)
    state = sa.case(
        *(
            (EntryRow.state == one, sa.literal(ENTRY.after(one, event), EntryRow.state.type))
            for one in before
        )
    )
    moved = await session.scalar(
        sa.update(EntryRow)
        .where(EntryRow.entry_id == entry_id, EntryRow.state.in_(before))
        .values(state=state, **facts)
        .returning(EntryRow.entry_id)
    )
    return moved is not None


async def set_facts(session: AsyncSession, entry_id: int, **facts: Any) -> None:  # noqa: ANN401  columns
    await session.execute(sa.update(EntryRow).where(EntryRow.entry_id == entry_id).values(**facts))


async def entry(session: AsyncSession, entry_id: int) -> Entry | None:
    found = await _entries(session, EntryRow.entry_id == entry_id)
    return found[0] if found else None


async def some(session: AsyncSession, entry_ids: Collection[int]) -> list[Entry]:
    return await _entries(session, EntryRow.entry_id.in_(entry_ids))


async def entries(session: AsyncSession) -> list[Entry]:
    """Return every entry there ever was, in the order of their numbers."""
    return await _entries(session, sa.true())


async def changes_since(session: AsyncSession, revision: int) -> int:
    """Count the entries that have changed since then."""
    changed = sa.select(sa.func.count()).where(EntryRow.revision > revision)
    return await session.scalar(changed) or 0


async def findable(session: AsyncSession, *, since: int | None = None) -> AsyncIterator[Findable]:
    """Yield what changed since a revision, or all that is shown, page after page."""
    chosen = EntryRow.state.in_(SHOWN) if since is None else EntryRow.revision > since
    # Columns, not objects: there are thousands, and each is looked at once.
    wanted = sa.select(*(getattr(EntryRow, field.name) for field in fields(Findable)))
    last, is_more = 0, True
    while is_more:
        page = wanted.where(chosen, EntryRow.entry_id > last).order_by(EntryRow.entry_id)
        rows = (await session.execute(page.limit(AT_ONCE))).all()
        for row in rows:
            found = Findable(*row)
            last = found.entry_id
            yield found
        is_more = len(rows) == AT_ONCE


async def in_state(
    session: AsyncSession, states: Collection[EntryState], *, offset: int = 0, limit: int = 1000
) -> list[Entry]:
    """Return entries in these states, the last changed first."""
    return await _entries(
        session,
        EntryRow.state.in_(states),
        order=EntryRow.revision.desc(),
        offset=offset,
        limit=limit,
    )


async def due(session: AsyncSession, now: datetime, *, limit: int) -> list[Entry]:
    """Return entries that somebody has to look at now, the longest due first."""
    return await _entries(
        session,
        sa.and_(EntryRow.state.in_(SHOWN), EntryRow.review_at <= now),
        order=EntryRow.review_at.asc(),
        limit=limit,
    )


async def count_reminder(session: AsyncSession, entry_id: int, *, again_at: datetime) -> int:
    """Count a reminder and say when the next one is due; return how many there were."""
    counted = await session.scalar(
        sa.update(EntryRow)
        .where(EntryRow.entry_id == entry_id)
        .values(reminders=EntryRow.reminders + 1, review_at=again_at)
        .returning(EntryRow.reminders)
        .execution_options(synchronize_session=False)
    )
    return int(counted or 0)


async def count_in_state(session: AsyncSession) -> dict[EntryState, int]:
    rows = await session.execute(
        sa.select(EntryRow.state, sa.func.count()).group_by(EntryRow.state)
    )
    return dict(rows.all())


async def reads(session: AsyncSession) -> dict[int, int]:
    """Return how often each entry was read, those that never were apart."""
    rows = await session.execute(
        sa.select(EntryRow.entry_id, EntryRow.reads).where(EntryRow.reads > 0)
    )
    return dict(rows.all())


async def add_version(
    session: AsyncSession, entry_id: int, version: int, content: Content, *, by: int, now: datetime
) -> None:
    await session.execute(
        sa.insert(VersionRow).values(
            entry_id=entry_id, version=version, content=packed(content), saved_by=by, saved_at=now
        )
    )


async def versions(session: AsyncSession, entry_id: int) -> list[Saved]:
    """Return every version of an entry, oldest first, with who saved it."""
    found = await _versions(session, VersionRow.entry_id == entry_id)
    return found.get(entry_id, [])


async def every_version(session: AsyncSession) -> dict[int, list[Saved]]:
    """Return the versions of every entry, oldest first, by its number."""
    return await _versions(session, sa.true())


async def _versions(
    session: AsyncSession, condition: sa.ColumnElement[bool]
) -> dict[int, list[Saved]]:
    rows = await session.execute(
        sa.select(VersionRow, MemberRow.name)
        .join(MemberRow, MemberRow.member_id == VersionRow.saved_by, isouter=True)
        .where(condition)
        .order_by(VersionRow.entry_id, VersionRow.version)
    )
    found: dict[int, list[Saved]] = {}
    for row, name in rows:
        saved = (row.version, row.saved_at, row.saved_by, name, unpacked(row.content))
        found.setdefault(row.entry_id, []).append(saved)
    return found


def packed(content: Content) -> Facts:
    """Return what an entry says as JSON keeps it."""
    return {**_columns(content), "kind": content.kind.value}


def unpacked(facts: Facts) -> Content:
    return Content(
        question=facts["question"],
        body=facts["body"],
        kind=EntryKind(facts["kind"]),
        aliases=tuple(facts["aliases"]),
        topics=tuple(facts["topics"]),
        markets=tuple(facts["markets"]),
        least_tier=facts["least_tier"],
        media=tuple(Media(MediaKind(one["kind"]), one["file_id"]) for one in facts["media"]),
    )


def _columns(content: Content) -> Facts:
    return {
        "question": content.question,
        "body": content.body,
        "kind": content.kind,
        "aliases": list(content.aliases),
        "topics": list(content.topics),
        "markets": list(content.markets),
        "least_tier": content.least_tier,
        "media": [{"kind": one.kind.value, "file_id": one.file_id} for one in content.media],
    }


async def _entries(
    session: AsyncSession,
    condition: sa.ColumnElement[bool],
    *,
    order: sa.ColumnElement[Any] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[Entry]:
    owner, verifier = sa.orm.aliased(MemberRow), sa.orm.aliased(MemberRow)
    rows = await session.execute(
        sa.select(EntryRow, owner.name, verifier.name)
        .join(owner, owner.member_id == EntryRow.owner_id, isouter=True)
        .join(verifier, verifier.member_id == EntryRow.verified_by, isouter=True)
        .where(condition)
        .order_by(EntryRow.entry_id if order is None else order)
        .offset(offset)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [_entry_of(row, owner_name, verifier_name) for row, owner_name, verifier_name in rows]


def _entry_of(row: EntryRow, owner_name: str | None, verifier_name: str | None) -> Entry:
    return Entry(
        entry_id=row.entry_id,
        state=row.state,
        version=row.version,
        content=unpacked({name: getattr(row, name) for name in _COLUMNS}),
        owner_id=row.owner_id,
        owner_name=owner_name,
        review_every=None if row.review_days is None else timedelta(days=row.review_days),
        review_at=row.review_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        verifier_name=verifier_name,
        doubted_for=row.doubted_for,
        published_at=row.published_at,
        made_by=row.made_by,
        source_ticket_id=row.source_ticket_id,
        revision=row.revision,
    )


_COLUMNS = ("question", "body", "kind", "aliases", "topics", "markets", "least_tier", "media")
