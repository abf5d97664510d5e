"""SQL of fapiao."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.fapiao_rows import FapiaoRow
from community_bot.billing.fapiao_rules import FAPIAO, FapiaoEvent, FapiaoState


@dataclass(frozen=True, slots=True)
class Request:
    """A fapiao that somebody asked for, and what became of it."""

    fapiao_id: int
    order_id: int
    member_id: int
    title: str
    tax_number: str | None
    email: str
    state: FapiaoState
    asked_at: datetime
    number: str | None
    file_id: str | None
    reason: str | None


async def add(session: AsyncSession, **values: Any) -> int:  # noqa: ANN401  a row's columns
    """Insert a request; a second one for the same order violates the unique key."""
    made = await session.scalar(
        sa.insert(FapiaoRow).values(state=FAPIAO.start, **values).returning(FapiaoRow.fapiao_id)
    )
    return int(made or 0)


async def one(session: AsyncSession, fapiao_id: int) -> Request | None:
    row = await session.get(FapiaoRow, fapiao_id, populate_existing=True)
    return None if row is None else _request_of(row)


async def of_order(session: AsyncSession, order_id: int) -> Request | None:
    row = await session.scalar(
        sa.select(FapiaoRow)
        .where(FapiaoRow.order_id == order_id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _request_of(row)


async def asked(session: AsyncSession) -> list[Request]:
    """Return what waits to be issued, oldest first."""
    rows = await session.scalars(
        sa.select(FapiaoRow)
        .where(FapiaoRow.state == FapiaoState.ASKED)
        .order_by(FapiaoRow.fapiao_id)
    )
    return [_request_of(row) for row in rows]


async def step(
    session: AsyncSession,
    fapiao_id: int,
    event: FapiaoEvent,
    **values: Any,  # noqa: ANN401  a row's columns
) -> bool:
    target = {FAPIAO.after(state, event) for state in FAPIAO.before(event)}.pop()
    moved = await session.scalar(
        sa.update(FapiaoRow)
        .where(FapiaoRow.fapiao_id == fapiao_id, FapiaoRow.state.in_(FAPIAO.before(event)))
        .values(state=target, **values)
        .returning(FapiaoRow.fapiao_id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


def _request_of(row: FapiaoRow) -> Request:
    return Request(
        fapiao_id=row.fapiao_id,
        order_id=row.order_id,
        member_id=row.member_id,
        title=row.title,
        tax_number=row.tax_number,
        email=row.email,
        state=row.state,
        asked_at=row.asked_at,
        number=row.number,
        file_id=row.file_id,
        reason=row.reason,
    )
