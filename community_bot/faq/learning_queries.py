"""SQL of what was learnt: which entry answered which wording, and what was undone."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.learning_rules import STRENGTHS, Lesson, Sign
from community_bot.faq.usage_rows import ConfirmationRow
from community_bot.storage.inserting import insert_into

AT_ONCE = 500  # parameters of one statement; SQLite takes no more than 32,766


async def entries_since(session: AsyncSession, revision: int) -> list[int]:
    """Return the entries about which something was learnt or undone since then."""
    found = await session.scalars(
        sa.select(ConfirmationRow.entry_id)
        .where(ConfirmationRow.revision > revision)
        .distinct()
        .order_by(ConfirmationRow.entry_id)
    )
    return list(found)


async def holding(session: AsyncSession, entry_ids: Collection[int]) -> dict[int, dict[str, float]]:
    """Return for each entry the wordings that lead to it, with their strength."""
    wordings: dict[int, dict[str, float]] = {}
    asked = list(entry_ids)
    for at in range(0, len(asked), AT_ONCE):
        rows = await session.execute(
            sa.select(ConfirmationRow.entry_id, ConfirmationRow.wording, ConfirmationRow.sign)
            .where(
                ConfirmationRow.entry_id.in_(asked[at : at + AT_ONCE]),
                ConfirmationRow.undone_at.is_(None),
            )
            .order_by(ConfirmationRow.confirmation_id)
        )
        for entry_id, wording, sign in rows:
            known = wordings.setdefault(entry_id, {})
            known[wording] = known.get(wording, 0.0) + STRENGTHS[Sign(sign)]
    return wordings


async def confirm(
    session: AsyncSession,
    *,
    entry_id: int,
    member_id: int,
    wording: str,
    normal: str,
    sign: Sign,
    now: datetime,
    revision: int,
) -> None:
    """Note a confirmation; what staff have undone stays undone."""
    insert = insert_into(session, ConfirmationRow)
    await session.execute(
        insert.values(
            entry_id=entry_id,
            member_id=member_id,
            wording=wording,
            normal=normal,
            sign=sign.value,
            confirmed_at=now,
            revision=revision,
        ).on_conflict_do_nothing()
    )


async def undo(
    session: AsyncSession,
    *,
    entry_id: int,
    normal: str,
    member_id: int | None,
    by: int,
    now: datetime,
    revision: int,
) -> int:
    """Take back what was learnt from a wording, of one member or of everybody."""
    condition = [
        ConfirmationRow.entry_id == entry_id,
        ConfirmationRow.normal == normal,
        ConfirmationRow.undone_at.is_(None),
    ]
    if member_id is not None:
        condition.append(ConfirmationRow.member_id == member_id)
    undone = await session.scalars(
        sa.update(ConfirmationRow)
        .where(*condition)
        .values(undone_at=now, undone_by=by, revision=revision)
        .returning(ConfirmationRow.confirmation_id)
    )
    return len(list(undone))


async def lessons(session: AsyncSession, entry_id: int) -> list[Lesson]:
    """Return what was learnt for an entry, by wording, with how many members it rests on."""
    rows = await session.execute(
        sa.select(
            sa.func.min(ConfirmationRow.confirmation_id),
            sa.func.min(ConfirmationRow.wording),
            sa.func.count(ConfirmationRow.member_id.distinct()),
            sa.func.max(ConfirmationRow.confirmed_at),
        )
        .where(ConfirmationRow.entry_id == entry_id, ConfirmationRow.undone_at.is_(None))
        .group_by(ConfirmationRow.normal)
        .order_by(sa.func.count().desc(), sa.func.min(ConfirmationRow.confirmation_id))
    )
    return [Lesson(*row) for row in rows]


async def normal_of(session: AsyncSession, confirmation_id: int) -> tuple[int, str] | None:
    """Return the entry and the wording that a confirmation is about."""
    row = await session.get(ConfirmationRow, confirmation_id)
    return None if row is None else (row.entry_id, row.normal)
