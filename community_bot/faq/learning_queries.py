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
    """Note a confirmation; what staff have undone stays undone, whoever says it again.

    Who took back their own word may give it again.
    """
    others_undone = sa.select(ConfirmationRow.confirmation_id).where(
        ConfirmationRow.entry_id == entry_id,
        ConfirmationRow.normal == normal,
        ConfirmationRow.undone_by.is_not(None),
        ConfirmationRow.undone_by != ConfirmationRow.member_id,
    )
    if await session.scalar(others_undone.limit(1)) is not None:
        return
    insert = insert_into(session, ConfirmationRow)
    given = {"wording": wording, "confirmed_at": now, "revision": revision}
    await session.execute(
        insert.values(
            entry_id=entry_id, member_id=member_id, normal=normal, sign=sign.value, **given
        ).on_conflict_do_update(
            index_elements=["entry_id", "member_id", "normal", "sign"],
            set_={**given, "undone_at": None, "undone_by": None},
            where=ConfirmationRow.undone_at.is_not(None),
        )
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


async def blank(
    session: AsyncSession, member_id: int, *, by: int, now: datetime, revision: int
) -> None:
    """Forget a member's words, also in every index that follows; that there were some stays."""
    await session.execute(
        sa.update(ConfirmationRow)
        .where(ConfirmationRow.member_id == member_id)
        .values(
            wording="",
            normal=sa.literal("erased:") + sa.cast(ConfirmationRow.confirmation_id, sa.String(20)),
            undone_at=sa.func.coalesce(ConfirmationRow.undone_at, now),
            undone_by=sa.func.coalesce(ConfirmationRow.undone_by, by),
            revision=revision,
        )
        .execution_options(synchronize_session=False)
    )


async def lessons(session: AsyncSession, entry_id: int) -> list[Lesson]:
    """Return what was learnt for an entry, by wording, with how many members it rests on."""
    rows = await session.execute(
        sa.select(
            ConfirmationRow.normal,
            ConfirmationRow.confirmation_id,
            ConfirmationRow.wording,
            ConfirmationRow.member_id,
            ConfirmationRow.confirmed_at,
            ConfirmationRow.sign,
        )
        .where(ConfirmationRow.entry_id == entry_id, ConfirmationRow.undone_at.is_(None))
        .order_by(ConfirmationRow.confirmation_id)
    )
    found: dict[str, list[sa.Row[str, int, str, int, datetime, str]]] = {}
    for row in rows:
        found.setdefault(row.normal, []).append(row)
    taught = [
        Lesson(
            confirmation_id=some[0].confirmation_id,
            wording=some[0].wording,
            members=len({row.member_id for row in some}),
            last_at=max(row.confirmed_at for row in some),
            signs=tuple(sorted({Sign(row.sign) for row in some})),
        )
        for some in found.values()
    ]
    return sorted(taught, key=lambda one: (-one.members, one.confirmation_id))


async def normal_of(session: AsyncSession, confirmation_id: int) -> tuple[int, str] | None:
    """Return the entry and the wording that a confirmation is about."""
    row = await session.get(ConfirmationRow, confirmation_id)
    return None if row is None else (row.entry_id, row.normal)
