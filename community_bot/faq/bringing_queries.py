"""SQL that writes many new entries at once."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.content_rules import Content
from community_bot.faq.queries import packed
from community_bot.faq.rows import EntryRow, VersionRow
from community_bot.storage.columns import Facts


async def add_entries(session: AsyncSession, new: Sequence[tuple[Content, Facts]]) -> list[int]:
    """Insert entries with what is said of each; return their numbers in the same order."""
    rows = [
        {"version": 1, "reminders": 0, "reads": 0, **packed(content), "kind": content.kind, **facts}
        for content, facts in new
    ]
    insert = sa.insert(EntryRow).returning(EntryRow.entry_id, sort_by_parameter_order=True)
    return list(await session.scalars(insert, rows))


async def add_first_versions(
    session: AsyncSession, new: Sequence[tuple[int, Content]], *, by: int, now: datetime
) -> None:
    """Keep what each of these entries says at first."""
    rows = [
        {
            "entry_id": entry_id,
            "version": 1,
            "content": packed(content),
            "saved_by": by,
            "saved_at": now,
        }
        for entry_id, content in new
    ]
    await session.execute(sa.insert(VersionRow), rows)
