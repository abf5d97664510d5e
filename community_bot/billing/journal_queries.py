"""SQL of the journal as staff read it: filtered, newest first, page by page."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.storage.columns import Facts
from community_bot.storage.rows import JournalRow


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed what, why, from what to what (as JSON); `actor_id` None is the program."""

    entry_id: int
    at: datetime
    actor_id: int | None
    action: str
    subject: str
    subject_key: str
    reason: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted; what is None does not matter."""

    subjects: Collection[str] | None = None
    about: tuple[str, str] | None = None
    by: int | None = None


async def page(session: AsyncSession, of: Filter, *, before: int | None, most: int) -> list[Change]:
    """Return entries older than one, newest first."""
    query = sa.select(JournalRow)
    if of.subjects is not None:
        query = query.where(JournalRow.subject.in_(of.subjects))
    wanted = []
    if of.about is not None:
        subject, key = of.about
        wanted.append(sa.and_(JournalRow.subject == subject, JournalRow.subject_key == key))
    if of.by is not None:
        wanted.append(JournalRow.actor_id == of.by)
    if wanted:
        query = query.where(sa.or_(*wanted))
    if before is not None:
        query = query.where(JournalRow.entry_id < before)
    rows = await session.scalars(query.order_by(JournalRow.entry_id.desc()).limit(most))
    return [
        Change(
            row.entry_id,
            row.at,
            row.actor_id,
            row.action,
            row.subject,
            row.subject_key,
            row.reason,
            _told(row.before),
            _told(row.after),
        )
        for row in rows
    ]


def _told(facts: Facts | None) -> str | None:
    return json.dumps(facts, ensure_ascii=False) if facts else None
