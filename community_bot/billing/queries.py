"""SQL of orders: every step is a conditional update, and the row that comes back is the answer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.facts import Order
from community_bot.billing.pricing_rules import Line, LineKind
from community_bot.billing.rows import OPEN_ORDERS, OrderRow
from community_bot.billing.rules import OPEN, ORDER, OrderEvent, OrderState, Purpose
from community_bot.membership import queries as membership
from community_bot.membership.facts import RefundPolicy
from community_bot.membership.rows import PlanVersionRow, TierRow
from community_bot.money import Money
from community_bot.storage.inserting import insert_into

_QUIET = {"synchronize_session": False}


async def add_order(session: AsyncSession, **values: Any) -> int | None:  # noqa: ANN401  a row's columns
    """Insert an order unless one like it is open; return its id, or None."""
    insert = insert_into(session, OrderRow)
    order_id: int | None = await session.scalar(
        insert.values(**values)
        .on_conflict_do_nothing(
            index_elements=["member_id", "plan_version_id", "purpose"],
            index_where=OPEN_ORDERS,
        )
        .returning(OrderRow.order_id)
    )
    return order_id


async def order(session: AsyncSession, order_id: int) -> Order | None:
    rows = await session.execute(_orders().where(OrderRow.order_id == order_id))
    return next((_order_of(*row) for row in rows), None)


async def orders_by_id(session: AsyncSession, order_ids: Collection[int]) -> dict[int, Order]:
    """Return these orders by their number, in one question."""
    found = await session.execute(_orders().where(OrderRow.order_id.in_(order_ids)))
    return {row.order_id: _order_of(row, plan, tier) for row, plan, tier in found}


async def order_by_code(session: AsyncSession, code: str) -> Order | None:
    rows = await session.execute(_orders().where(OrderRow.code == code.strip().upper()))
    return next((_order_of(*row) for row in rows), None)


async def hold(session: AsyncSession, order_id: int) -> Order | None:
    """Return an order that nobody else changes until our unit of work is over."""
    await session.execute(
        sa.select(OrderRow.order_id).where(OrderRow.order_id == order_id).with_for_update()
    )
    return await order(session, order_id)


async def open_like(
    session: AsyncSession, *, member_id: int, plan_version_id: int, purpose: Purpose
) -> Order | None:
    """Return the open order of this kind, if there is one."""
    rows = await session.execute(
        _orders().where(
            OrderRow.member_id == member_id,
            OrderRow.plan_version_id == plan_version_id,
            OrderRow.purpose == purpose,
            OrderRow.state.in_(OPEN),
        )
    )
    return next((_order_of(*row) for row in rows), None)


async def orders_of(session: AsyncSession, member_id: int) -> list[Order]:
    """Return a member's orders, newest first."""
    rows = await session.execute(
        _orders().where(OrderRow.member_id == member_id).order_by(OrderRow.order_id.desc())
    )
    return [_order_of(*row) for row in rows]


async def in_state(session: AsyncSession, *states: OrderState) -> list[Order]:
    """Return the orders in these states, oldest first."""
    rows = await session.execute(
        _orders().where(OrderRow.state.in_(states)).order_by(OrderRow.order_id)
    )
    return [_order_of(*row) for row in rows]


async def holders(session: AsyncSession, tier_code: str) -> set[int]:
    """Return who holds a seat of the tier by an open order."""
    found = await session.scalars(
        sa.select(OrderRow.member_id)
        .join(PlanVersionRow, PlanVersionRow.plan_version_id == OrderRow.plan_version_id)
        .where(PlanVersionRow.tier_code == tier_code, OrderRow.state.in_(OPEN))
    )
    return set(found)


async def step(
    session: AsyncSession,
    order_id: int,
    event: OrderEvent,
    *,
    version: int | None = None,
    **values: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Let an order take a step if the table allows it from where it is; say whether it did."""
    states = ORDER.before(event)
    guards = [OrderRow.order_id == order_id, OrderRow.state.in_(states)]
    if version is not None:
        guards.append(OrderRow.version == version)
    moved = await session.scalar(
        sa.update(OrderRow)
        .where(*guards)
        .values(state=_target(event), version=OrderRow.version + 1, **values)
        .returning(OrderRow.order_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def add_received(session: AsyncSession, order_id: int, amount: Money) -> None:
    await session.execute(
        sa.update(OrderRow)
        .where(OrderRow.order_id == order_id)
        .values(received_minor=OrderRow.received_minor + amount.minor)
        .execution_options(**_QUIET)
    )


async def promise_review(session: AsyncSession, order_id: int, *, review_by: datetime) -> None:
    """Note until when a person will have looked, for an order that stays where it is."""
    await session.execute(
        sa.update(OrderRow)
        .where(OrderRow.order_id == order_id)
        .values(review_by=review_by, version=OrderRow.version + 1)
        .execution_options(**_QUIET)
    )


async def expiring(session: AsyncSession, *, now: datetime) -> list[int]:
    """Return orders whose time is over and for which no money came."""
    found = await session.scalars(
        sa.select(OrderRow.order_id)
        .where(
            OrderRow.state.in_(ORDER.before(OrderEvent.EXPIRE)),
            OrderRow.expires_at < now,
            OrderRow.received_minor == 0,
        )
        .order_by(OrderRow.expires_at)
    )
    return list(found)


def _target(event: OrderEvent) -> str:
    targets = {ORDER.after(state, event) for state in ORDER.before(event)}
    return targets.pop()


def _orders() -> sa.Select[OrderRow, PlanVersionRow, TierRow]:
    return (
        sa.select(OrderRow, PlanVersionRow, TierRow)
        .join(PlanVersionRow, PlanVersionRow.plan_version_id == OrderRow.plan_version_id)
        .join(TierRow, TierRow.code == PlanVersionRow.tier_code)
        .execution_options(populate_existing=True)
    )


def lines_to_json(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "kind": line.kind.value,
            "minor": line.amount.minor,
            "name": line.name,
            "days_left": line.days_left,
            "days_paid": line.days_paid,
            "entitlement_id": line.entitlement_id,
        }
        for line in lines
    ]


def _line_of(facts: dict[str, Any], currency: str) -> Line:
    return Line(
        kind=LineKind(facts["kind"]),
        amount=Money(facts["minor"], currency),
        name=facts["name"],
        days_left=facts["days_left"],
        days_paid=facts["days_paid"],
        entitlement_id=facts.get("entitlement_id"),
    )


def _order_of(row: OrderRow, plan: PlanVersionRow, tier: TierRow) -> Order:
    return Order(
        order_id=row.order_id,
        code=row.code,
        member_id=row.member_id,
        plan=membership.plan_of(plan),
        tier=membership.tier_of(tier),
        purpose=row.purpose,
        state=row.state,
        version=row.version,
        lines=tuple(_line_of(line, row.currency) for line in row.lines),
        due=Money(row.due_minor, row.currency),
        received=Money(row.received_minor, row.currency),
        refunded=Money(row.refunded_minor, row.currency),
        refund=RefundPolicy(**row.refund),
        placed_at=row.placed_at,
        expires_at=row.expires_at,
        review_by=row.review_by,
        paid_at=row.paid_at,
        closed_at=row.closed_at,
    )
