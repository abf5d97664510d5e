"""SQL of wishes to be forgotten."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.people.erasure_rows import ASKED, ErasureRow
from community_bot.people.erasure_rules import ERASURE, ErasureEvent, ErasureState
from community_bot.storage.inserting import insert_into


@dataclass(frozen=True, slots=True)
class Erasure:
    """A wish to be forgotten, and by when it is to be answered."""

    erasure_id: int
    member_id: int
    state: ErasureState
    asked_at: datetime
    due_at: datetime


async def add(
    session: AsyncSession, member_id: int, *, now: datetime, due_at: datetime
) -> int | None:
    """Note a wish; None where one waits already."""
    insert = insert_into(session, ErasureRow)
    erasure_id: int | None = await session.scalar(
        insert.values(member_id=member_id, state=ERASURE.start, asked_at=now, due_at=due_at)
        .on_conflict_do_nothing(index_elements=["member_id"], index_where=ASKED)
        .returning(ErasureRow.erasure_id)
    )
    return erasure_id


async def one(session: AsyncSession, erasure_id: int) -> Erasure | None:
    row = await session.get(ErasureRow, erasure_id, populate_existing=True)
    return None if row is None else _fact(row)


async def waiting(session: AsyncSession) -> list[Erasure]:
    """Return the wishes that wait, oldest first."""
    rows = await session.scalars(
        sa.select(ErasureRow)
        .where(ErasureRow.state == ERASURE.start)
        .order_by(ErasureRow.erasure_id)
    )
    return [_fact(row) for row in rows]


async def settle(
    session: AsyncSession,
    erasure_id: int,
    event: ErasureEvent,
    *,
    by: int,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """Settle a wish, once; say whether it waited."""
    settled = await session.scalar(
        sa.update(ErasureRow)
        .where(ErasureRow.erasure_id == erasure_id, ErasureRow.state.in_(ERASURE.before(event)))
        .values(
            state=ERASURE.after(ERASURE.start, event),
            decided_by=by,
            decided_at=now,
            reason=reason,
        )
        .returning(ErasureRow.erasure_id)
        .execution_options(synchronize_session=False)
    )
    return settled is not None


def _fact(row: ErasureRow) -> Erasure:
    return Erasure(row.erasure_id, row.member_id, row.state, row.asked_at, row.due_at)
