"""The journal: every change of money, access and people, with who, why, before and after."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.storage.columns import Facts
from community_bot.storage.rows import JournalRow
from community_bot.storage.unit import Unit


async def record(
    unit: Unit,
    *,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: str,
    subject_key: object,
    reason: str | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
) -> None:
    """Append an entry in the same transaction as the change; `actor_id` None is the program."""
    await unit.session.execute(
        sa.insert(JournalRow).values(
            at=at,
            actor_id=actor_id,
            action=action,
            subject=subject,
            subject_key=str(subject_key),
            reason=reason,
            before=before,
            after=after,
        )
    )


async def record_many(
    unit: Unit,
    *,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: str,
    entries: Sequence[tuple[object, str | None, Facts]],
) -> None:
    """Append an entry for each subject, with its reason and what it is afterwards, in one go."""
    rows = [
        {
            "at": at,
            "actor_id": actor_id,
            "action": action,
            "subject": subject,
            "subject_key": str(key),
            "reason": reason,
            "before": None,
            "after": after,
        }
        for key, reason, after in entries
    ]
    if rows:
        await unit.session.execute(sa.insert(JournalRow), rows)


async def entries_of(session: AsyncSession, subject: str, subject_key: object) -> list[JournalRow]:
    """Return what happened to one thing, oldest first."""
    found = await session.scalars(
        sa.select(JournalRow)
        .where(JournalRow.subject == subject, JournalRow.subject_key == str(subject_key))
        .order_by(JournalRow.entry_id)
    )
    return list(found)
