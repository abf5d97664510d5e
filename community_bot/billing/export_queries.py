"""SQL of what finance takes away as tables."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.refund_rows import RefundRow
from community_bot.billing.rows import OrderRow, PaymentRow
from community_bot.membership.rows import EntitlementRow, PlanVersionRow
from community_bot.money import EXPONENTS
from community_bot.people.rows import MemberRow
from community_bot.storage.rows import JournalRow

# A spreadsheet rounds long numbers; behind a tab they are text, as WeChat and Alipay write them.
TEXT = "\t"

Cells: TypeAlias = tuple[object, ...]
Sheet: TypeAlias = tuple[tuple[str, ...], list[Cells]]
Query: TypeAlias = Callable[[AsyncSession, ZoneInfo], Awaitable[Sheet]]


async def orders(session: AsyncSession, zone: ZoneInfo) -> Sheet:
    rows = await session.execute(
        sa.select(OrderRow, PlanVersionRow.code, PlanVersionRow.tier_code, MemberRow.name)
        .join(PlanVersionRow, PlanVersionRow.plan_version_id == OrderRow.plan_version_id)
        .join(MemberRow, MemberRow.member_id == OrderRow.member_id, isouter=True)
        .order_by(OrderRow.order_id)
    )
    heading = (
        *("order", "member_id", "name", "tier", "plan", "purpose", "state"),
        *("due", "received", "refunded", "currency", "placed_at", "paid_at", "closed_at"),
    )
    return heading, [
        (
            *(row.code, row.member_id, name, tier, plan, row.purpose.value, row.state.value),
            *(_amount(minor, row.currency) for minor in _sums(row)),
            row.currency,
            *(_moment(at, zone) for at in (row.placed_at, row.paid_at, row.closed_at)),
        )
        for row, plan, tier, name in rows
    ]


async def payments(session: AsyncSession, zone: ZoneInfo) -> Sheet:
    rows = await session.execute(
        sa.select(PaymentRow, OrderRow.code)
        .join(OrderRow, OrderRow.order_id == PaymentRow.order_id, isouter=True)
        .order_by(PaymentRow.payment_id)
    )
    heading = (
        *("payment", "gateway", "transaction", "order", "payer_id", "amount", "refunded"),
        *("currency", "state", "received_at"),
    )
    return heading, [
        (
            *(row.payment_id, row.gateway, f"{row.external_id}{TEXT}", code, row.payer_id),
            _amount(row.amount_minor, row.currency),
            _amount(row.refunded_minor, row.currency),
            *(row.currency, row.state.value, _moment(row.received_at, zone)),
        )
        for row, code in rows
    ]


async def refunds(session: AsyncSession, zone: ZoneInfo) -> Sheet:
    rows = await session.execute(
        sa.select(RefundRow, OrderRow.code, OrderRow.member_id)
        .join(OrderRow, OrderRow.order_id == RefundRow.order_id, isouter=True)
        .order_by(RefundRow.refund_id)
    )
    heading = (
        *("refund", "order", "member_id", "payment", "amount", "currency", "state", "reason"),
        *("decided_by", "due_at", "returned_at", "transaction"),
    )
    return heading, [
        (
            *(row.refund_id, code, member_id, row.payment_id),
            *(_amount(row.amount_minor, row.currency), row.currency, row.state.value, row.reason),
            *(row.decided_by, _moment(row.due_at, zone), _moment(row.returned_at, zone)),
            f"{row.reference}{TEXT}" if row.reference else None,
        )
        for row, code, member_id in rows
    ]


async def members(session: AsyncSession, zone: ZoneInfo) -> Sheet:
    rows = await session.execute(
        sa.select(EntitlementRow, MemberRow.name, MemberRow.username)
        .join(MemberRow, MemberRow.member_id == EntitlementRow.member_id, isouter=True)
        .order_by(EntitlementRow.member_id, EntitlementRow.starts_at)
    )
    heading = (
        *("member_id", "name", "username", "right", "tier", "source", "source_key"),
        *("starts_at", "ends_at", "ended_early_at", "granted_by", "reason"),
    )
    return heading, [
        (
            *(row.member_id, name, username, row.entitlement_id, row.tier_code),
            *(row.source.value, row.source_key, _moment(row.starts_at, zone)),
            *(_moment(row.ends_at, zone), _moment(row.revoked_at, zone)),
            *(row.granted_by, row.reason),
        )
        for row, name, username in rows
    ]


async def entries(session: AsyncSession, zone: ZoneInfo) -> Sheet:
    rows = await session.execute(
        sa.select(JournalRow, MemberRow.name)
        .join(MemberRow, MemberRow.member_id == JournalRow.actor_id, isouter=True)
        .order_by(JournalRow.entry_id)
    )
    heading = (
        *("entry", "at", "actor_id", "actor", "action", "subject", "key", "reason"),
        *("before", "after"),
    )
    return heading, [
        (
            *(row.entry_id, _moment(row.at, zone), row.actor_id, name, row.action),
            *(row.subject, row.subject_key, row.reason, _json(row.before), _json(row.after)),
        )
        for row, name in rows
    ]


SHEETS: dict[str, Query] = {
    "orders": orders,
    "payments": payments,
    "refunds": refunds,
    "members": members,
    "journal": entries,
}


def _sums(row: OrderRow) -> tuple[int, int, int]:
    return row.due_minor, row.received_minor, row.refunded_minor


def _amount(minor: int, currency: str) -> str:
    return str(Decimal(minor).scaleb(-EXPONENTS[currency]))


def _moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _json(facts: object) -> str | None:
    return None if facts is None else json.dumps(facts, ensure_ascii=False)
