"""SQL of payments and of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.facts import Payment
from community_bot.billing.rows import LedgerRow, PaymentRow
from community_bot.billing.rules import PAYMENT, PaymentEvent, PaymentState, Posting
from community_bot.money import Money
from community_bot.storage.inserting import insert_into
from community_bot.storage.rows import JournalRow

_QUIET = {"synchronize_session": False}
KEYS_IN_QUERY = 1000  # SQLite binds at most 32,766 values in a statement


async def add_payment(
    session: AsyncSession,
    *,
    gateway: str,
    external_id: str,
    order_id: int | None,
    payer_id: int | None,
    amount: Money,
    now: datetime,
) -> Payment | None:
    """Write down money that came; None when the gateway's number is known already."""
    insert = insert_into(session, PaymentRow)
    payment_id = await session.scalar(
        insert.values(
            gateway=gateway,
            external_id=external_id,
            order_id=order_id,
            payer_id=payer_id,
            amount_minor=amount.minor,
            refunded_minor=0,
            currency=amount.currency,
            state=PAYMENT.start,
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=["gateway", "external_id"])
        .returning(PaymentRow.payment_id)
    )
    return None if payment_id is None else await payment(session, payment_id)


async def payment(session: AsyncSession, payment_id: int) -> Payment | None:
    row = await session.get(PaymentRow, payment_id, populate_existing=True)
    return None if row is None else _payment_of(row)


async def payment_from(session: AsyncSession, gateway: str, external_id: str) -> Payment | None:
    row = await session.scalar(
        sa.select(PaymentRow).where(
            PaymentRow.gateway == gateway, PaymentRow.external_id == external_id
        )
    )
    return None if row is None else _payment_of(row)


async def unknown(session: AsyncSession, gateway: str, external_ids: Collection[str]) -> set[str]:
    """Return which of a gateway's numbers we have never heard of."""
    wanted, known = list(external_ids), set[str]()
    for start in range(0, len(wanted), KEYS_IN_QUERY):
        some = wanted[start : start + KEYS_IN_QUERY]
        found = sa.select(PaymentRow.external_id).where(
            PaymentRow.gateway == gateway, PaymentRow.external_id.in_(some)
        )
        known.update(await session.scalars(found))
    return set(wanted) - known


async def hold(session: AsyncSession, payment_id: int) -> Payment | None:
    """Return a payment that nobody else changes until our unit of work is over."""
    row = await session.get(PaymentRow, payment_id, populate_existing=True, with_for_update=True)
    return None if row is None else _payment_of(row)


async def in_state(session: AsyncSession, *states: PaymentState) -> list[Payment]:
    """Return the payments in these states, oldest first."""
    rows = await session.scalars(
        sa.select(PaymentRow).where(PaymentRow.state.in_(states)).order_by(PaymentRow.payment_id)
    )
    return [_payment_of(row) for row in rows]


async def set_order(session: AsyncSession, payment_id: int, order_id: int) -> None:
    """Say which order a payment is for."""
    await session.execute(
        sa.update(PaymentRow)
        .where(PaymentRow.payment_id == payment_id)
        .values(order_id=order_id)
        .execution_options(**_QUIET)
    )


async def payments_for(session: AsyncSession, order_id: int) -> list[Payment]:
    """Return what came for an order, oldest first."""
    rows = await session.scalars(
        sa.select(PaymentRow)
        .where(PaymentRow.order_id == order_id)
        .order_by(PaymentRow.payment_id)
        .execution_options(populate_existing=True)
    )
    return [_payment_of(row) for row in rows]


async def move_payment(session: AsyncSession, payment_id: int, event: PaymentEvent) -> bool:
    """Let a payment take a step if the table allows it; say whether it did."""
    targets = {PAYMENT.after(state, event) for state in PAYMENT.before(event)}
    moved = await session.scalar(
        sa.update(PaymentRow)
        .where(PaymentRow.payment_id == payment_id, PaymentRow.state.in_(PAYMENT.before(event)))
        .values(state=targets.pop())
        .returning(PaymentRow.payment_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def match_all(session: AsyncSession, order_id: int) -> None:
    """Match everything that waits for an order: together it pays the order."""
    await session.execute(
        sa.update(PaymentRow)
        .where(
            PaymentRow.order_id == order_id,
            PaymentRow.state.in_(PAYMENT.before(PaymentEvent.MATCH)),
        )
        .values(state=PaymentState.MATCHED)
        .execution_options(**_QUIET)
    )


async def post(
    session: AsyncSession,
    posting: str,
    lines: Sequence[Posting],
    *,
    order_id: int | None,
    payment_id: int | None,
    now: datetime,
) -> None:
    """Append the lines of one posting; the same posting again violates the unique key."""
    await session.execute(
        sa.insert(LedgerRow),
        [
            {
                "posting": posting,
                "account": line.account,
                "amount_minor": line.amount.minor,
                "currency": line.amount.currency,
                "order_id": order_id,
                "payment_id": payment_id,
                "posted_at": now,
            }
            for line in lines
        ],
    )


def _payment_of(row: PaymentRow) -> Payment:
    return Payment(
        payment_id=row.payment_id,
        gateway=row.gateway,
        external_id=row.external_id,
        order_id=row.order_id,
        payer_id=row.payer_id,
        amount=Money(row.amount_minor, row.currency),
        refunded=Money(row.refunded_minor, row.currency),
        state=row.state,
        received_at=row.received_at,
    )


async def noted_by(session: AsyncSession, payment_id: int) -> int | None:
    """Return who said that a payment came; for a rail's own word that is the payer."""
    return await session.scalar(
        sa.select(JournalRow.actor_id).where(
            JournalRow.subject == "payment",
            JournalRow.subject_key == str(payment_id),
            JournalRow.action == "receive",
        )
    )
