"""SQL of refund cases and of money that goes back."""

from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.refund_facts import Case, Refund, Said
from community_bot.billing.refund_rows import RefundCaseRow, RefundRow
from community_bot.billing.refund_rules import (
    CASE,
    REFUND,
    UNDER_WAY,
    CaseEvent,
    CaseState,
    Quote,
    RefundEvent,
    RefundState,
)
from community_bot.billing.rows import OrderRow, PaymentRow
from community_bot.billing.rules import GRANTED, Account
from community_bot.money import Money

_QUIET = {"synchronize_session": False}
_QUOTE = TypeAdapter(Quote)
_SAID = TypeAdapter(tuple[Said, ...])


async def add_case(session: AsyncSession, *, quote: Quote, **values: Any) -> int:  # noqa: ANN401  a row's columns
    """Open a case; a second one under way for the same order violates the unique key."""
    made = await session.scalar(
        sa.insert(RefundCaseRow)
        .values(state=CASE.start, quote=_QUOTE.dump_python(quote, mode="json"), said=[], **values)
        .returning(RefundCaseRow.case_id)
    )
    return int(made or 0)


async def case(session: AsyncSession, case_id: int) -> Case | None:
    rows = await session.execute(_cases().where(RefundCaseRow.case_id == case_id))
    return next((_case_of(*row) for row in rows), None)


async def hold_case(session: AsyncSession, case_id: int) -> Case | None:
    """Return a case that nobody else changes until our unit of work is over."""
    await session.execute(
        sa.select(RefundCaseRow.case_id).where(RefundCaseRow.case_id == case_id).with_for_update()
    )
    return await case(session, case_id)


async def case_under_way(session: AsyncSession, order_id: int) -> Case | None:
    rows = await session.execute(
        _cases().where(RefundCaseRow.order_id == order_id, RefundCaseRow.state.in_(UNDER_WAY))
    )
    return next((_case_of(*row) for row in rows), None)


async def cases_of(session: AsyncSession, member_id: int) -> list[Case]:
    """Return a member's cases, newest first."""
    rows = await session.execute(
        _cases().where(RefundCaseRow.member_id == member_id).order_by(RefundCaseRow.case_id.desc())
    )
    return [_case_of(*row) for row in rows]


async def cases_in(session: AsyncSession, *states: CaseState) -> list[Case]:
    """Return the cases in these states, oldest first."""
    rows = await session.execute(
        _cases().where(RefundCaseRow.state.in_(states)).order_by(RefundCaseRow.case_id)
    )
    return [_case_of(*row) for row in rows]


async def step_case(
    session: AsyncSession,
    case_id: int,
    event: CaseEvent,
    **values: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Let a case take a step if the table allows it; say whether it did."""
    target = {CASE.after(state, event) for state in CASE.before(event)}.pop()
    moved = await session.scalar(
        sa.update(RefundCaseRow)
        .where(RefundCaseRow.case_id == case_id, RefundCaseRow.state.in_(CASE.before(event)))
        .values(state=target, **values)
        .returning(RefundCaseRow.case_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def requote(session: AsyncSession, case_id: int, quote: Quote) -> None:
    """Put another quote in the place of the one that a case has."""
    await session.execute(
        sa.update(RefundCaseRow)
        .where(RefundCaseRow.case_id == case_id)
        .values(quote=_QUOTE.dump_python(quote, mode="json"))
        .execution_options(**_QUIET)
    )


async def say(session: AsyncSession, case: Case, said: Said) -> None:
    """Append what somebody said."""
    await session.execute(
        sa.update(RefundCaseRow)
        .where(RefundCaseRow.case_id == case.case_id)
        .values(said=_SAID.dump_python((*case.said, said), mode="json"))
        .execution_options(**_QUIET)
    )


async def add_refund(session: AsyncSession, **values: Any) -> int:  # noqa: ANN401  a row's columns
    made = await session.scalar(
        sa.insert(RefundRow).values(state=REFUND.start, **values).returning(RefundRow.refund_id)
    )
    return int(made or 0)


async def refund(session: AsyncSession, refund_id: int) -> Refund | None:
    row = await session.get(RefundRow, refund_id, populate_existing=True, with_for_update=True)
    return None if row is None else _refund_of(row)


async def refunds_in(
    session: AsyncSession, *states: RefundState, gateway: str | None = None
) -> list[Refund]:
    """Return the refunds in these states, of one gateway or of all, oldest first."""
    query = sa.select(RefundRow).where(RefundRow.state.in_(states))
    if gateway is not None:
        query = query.join(PaymentRow, PaymentRow.payment_id == RefundRow.payment_id).where(
            PaymentRow.gateway == gateway
        )
    rows = await session.scalars(query.order_by(RefundRow.refund_id))
    return [_refund_of(row) for row in rows]


async def step_refund(
    session: AsyncSession,
    refund_id: int,
    event: RefundEvent,
    **values: Any,  # noqa: ANN401  a row's columns
) -> bool:
    target = {REFUND.after(state, event) for state in REFUND.before(event)}.pop()
    moved = await session.scalar(
        sa.update(RefundRow)
        .where(RefundRow.refund_id == refund_id, RefundRow.state.in_(REFUND.before(event)))
        .values(state=target, **values)
        .returning(RefundRow.refund_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def is_returning(session: AsyncSession, order_id: int) -> bool:
    """Say whether money of an order is on its way back: until it is there no more can follow."""
    states = (RefundState.DUE, RefundState.RETURNING, RefundState.FAILED)
    found = await session.scalar(
        sa.select(RefundRow.refund_id)
        .where(RefundRow.order_id == order_id, RefundRow.state.in_(states))
        .limit(1)
    )
    return found is not None


async def given_back(session: AsyncSession, order_id: int, account: Account) -> int:
    """Return how much of an order goes, or went, back out of an account, in minor units."""
    total = await session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(RefundRow.amount_minor), 0)).where(
            RefundRow.order_id == order_id, RefundRow.account == account
        )
    )
    return int(total or 0)


async def with_surplus(session: AsyncSession) -> list[int]:
    """Return granted orders of which more came than they cost, and nothing of that went back."""
    returned = sa.exists().where(
        RefundRow.order_id == OrderRow.order_id, RefundRow.account == Account.OWED
    )
    found = await session.scalars(
        sa.select(OrderRow.order_id)
        .where(
            OrderRow.state.in_(GRANTED),
            OrderRow.received_minor > OrderRow.due_minor,
            ~returned,
        )
        .order_by(OrderRow.order_id)
    )
    return list(found)


async def take_from_order(session: AsyncSession, order_id: int, amount: Money) -> bool:
    """Count money as given back, unless that were more than came for the order."""
    taken = await session.scalar(
        sa.update(OrderRow)
        .where(
            OrderRow.order_id == order_id,
            OrderRow.refunded_minor + amount.minor <= OrderRow.received_minor,
        )
        .values(refunded_minor=OrderRow.refunded_minor + amount.minor)
        .returning(OrderRow.order_id)
        .execution_options(**_QUIET)
    )
    return taken is not None


async def take_from_payment(session: AsyncSession, payment_id: int, amount: Money) -> bool:
    """Count money as given back, unless that were more than the payment."""
    taken = await session.scalar(
        sa.update(PaymentRow)
        .where(
            PaymentRow.payment_id == payment_id,
            PaymentRow.refunded_minor + amount.minor <= PaymentRow.amount_minor,
        )
        .values(refunded_minor=PaymentRow.refunded_minor + amount.minor)
        .returning(PaymentRow.payment_id)
        .execution_options(**_QUIET)
    )
    return taken is not None


def _cases() -> sa.Select[RefundCaseRow, str]:
    return (
        sa.select(RefundCaseRow, OrderRow.code)
        .join(OrderRow, OrderRow.order_id == RefundCaseRow.order_id)
        .execution_options(populate_existing=True)
    )


def _case_of(row: RefundCaseRow, order_code: str) -> Case:
    return Case(
        case_id=row.case_id,
        order_id=row.order_id,
        order_code=order_code,
        member_id=row.member_id,
        state=row.state,
        reason=row.reason,
        quote=_QUOTE.validate_python(row.quote),
        said=_SAID.validate_python(row.said),
        opened_at=row.opened_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=row.decision,
    )


def _refund_of(row: RefundRow) -> Refund:
    return Refund(
        refund_id=row.refund_id,
        payment_id=row.payment_id,
        order_id=row.order_id,
        case_id=row.case_id,
        account=row.account,
        amount=Money(row.amount_minor, row.currency),
        state=row.state,
        reason=row.reason,
        due_at=row.due_at,
        returned_at=row.returned_at,
        reference=row.reference,
        error=row.error,
    )
