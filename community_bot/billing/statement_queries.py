"""SQL of statements: taking them in, and holding them against proofs and payments."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.rows import OrderRow, PaymentRow, ProofRow
from community_bot.billing.rules import PaymentState, ProofState
from community_bot.billing.statement_facts import Absent, StatementLine
from community_bot.billing.statement_rows import StatementLineRow, StatementRow
from community_bot.billing.statement_rules import Entry
from community_bot.money import Money
from community_bot.storage.inserting import insert_into

MANUAL = "manual"


async def add(
    session: AsyncSession, entries: Sequence[Entry], *, name: str, by: int, now: datetime
) -> tuple[int, int]:
    """Write a statement down; return its number and how many of its lines are new."""
    moments = [entry.came_at for entry in entries if entry.came_at is not None]
    statement_id = await session.scalar(
        sa.insert(StatementRow)
        .values(
            name=name,
            first_at=min(moments, default=None),
            last_at=max(moments, default=None),
            taken_by=by,
            taken_at=now,
        )
        .returning(StatementRow.statement_id)
    )
    insert = insert_into(session, StatementLineRow)
    new = 0
    for entry in entries:
        made = await session.scalar(
            insert.values(
                statement_id=statement_id,
                reference=entry.reference,
                amount_minor=entry.amount.minor,
                currency=entry.amount.currency,
                came_at=entry.came_at,
                payer=entry.payer,
                note=entry.note,
            )
            .on_conflict_do_nothing(index_elements=["reference"])
            .returning(StatementLineRow.line_id)
        )
        new += made is not None
    return int(statement_id or 0), new


async def lines(
    session: AsyncSession, *references: str, line_id: int | None = None
) -> list[StatementLine]:
    """Return lines that nobody put aside, all or some, with who claims them; newest last."""
    query = (
        sa.select(
            StatementLineRow,
            sa.func.coalesce(PaymentRow.order_id, ProofRow.order_id).label("order_id"),
            OrderRow.code,
            (OrderRow.due_minor - OrderRow.received_minor).label("missing"),
            PaymentRow.amount_minor,
            PaymentRow.payment_id,
        )
        .join(
            PaymentRow,
            sa.and_(
                PaymentRow.gateway == MANUAL,
                PaymentRow.external_id == StatementLineRow.reference,
            ),
            isouter=True,
        )
        .join(
            ProofRow,
            sa.and_(
                ProofRow.reference == StatementLineRow.reference,
                ProofRow.state.in_((ProofState.WAITING, ProofState.ACCEPTED)),
            ),
            isouter=True,
        )
        .join(
            OrderRow,
            OrderRow.order_id == sa.func.coalesce(PaymentRow.order_id, ProofRow.order_id),
            isouter=True,
        )
        .where(StatementLineRow.put_aside_at.is_(None))
        .order_by(StatementLineRow.line_id)
    )
    if references:
        query = query.where(StatementLineRow.reference.in_(references))
    if line_id is not None:
        query = query.where(StatementLineRow.line_id == line_id)
    found = []
    for row, order_id, code, missing, paid, payment_id in await session.execute(query):
        claimed = paid if payment_id is not None else missing
        found.append(
            StatementLine(
                line_id=row.line_id,
                reference=row.reference,
                amount=Money(row.amount_minor, row.currency),
                came_at=row.came_at,
                payer=row.payer,
                note=row.note,
                order_id=order_id,
                order_code=code,
                expected=None if claimed is None else Money(claimed, row.currency),
            )
        )
    return found


async def absent(session: AsyncSession) -> list[Absent]:
    """Return transfers that were approved while a statement covers the time, and are on none."""
    covered = sa.exists().where(
        StatementRow.first_at <= PaymentRow.received_at,
        PaymentRow.received_at <= StatementRow.last_at,
    )
    listed = sa.exists().where(StatementLineRow.reference == PaymentRow.external_id)
    rows = await session.execute(
        sa.select(PaymentRow, OrderRow.code)
        .join(OrderRow, OrderRow.order_id == PaymentRow.order_id, isouter=True)
        .where(
            PaymentRow.gateway == MANUAL,
            PaymentRow.state == PaymentState.MATCHED,
            covered,
            ~listed,
        )
        .order_by(PaymentRow.payment_id)
    )
    return [
        Absent(
            payment_id=row.payment_id,
            reference=row.external_id,
            amount=Money(row.amount_minor, row.currency),
            order_id=row.order_id,
            order_code=code,
            received_at=row.received_at,
        )
        for row, code in rows
    ]


async def put_aside(session: AsyncSession, line_id: int, *, by: int, now: datetime) -> bool:
    """Let a line wait no more; say whether it did."""
    done = await session.scalar(
        sa.update(StatementLineRow)
        .where(StatementLineRow.line_id == line_id, StatementLineRow.put_aside_at.is_(None))
        .values(put_aside_by=by, put_aside_at=now)
        .returning(StatementLineRow.line_id)
        .execution_options(synchronize_session=False)
    )
    return done is not None
