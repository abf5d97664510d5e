"""SQL of the auditor: what must never be found."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.coupon_rows import AccessCodeRow
from community_bot.billing.referral_rows import ReferralRow
from community_bot.billing.refund_rows import RefundRow
from community_bot.billing.refund_rules import RefundState
from community_bot.billing.rows import LedgerRow, OrderRow, PaymentRow
from community_bot.billing.rules import GRANTED, Account, OrderState, PaymentState, Purpose
from community_bot.membership.rows import EntitlementRow
from community_bot.membership.rules import Source
from community_bot.storage.rows import JournalRow

PASSED_THROUGH = (OrderState.PAID, OrderState.PAID_LATE)


async def unbalanced_postings(session: AsyncSession) -> list[str]:
    """Return the postings whose lines do not add up to nought."""
    found = await session.scalars(
        sa.select(LedgerRow.posting)
        .group_by(LedgerRow.posting, LedgerRow.currency)
        .having(sa.func.sum(LedgerRow.amount_minor) != 0)
    )
    return list(found)


async def cash_by_currency(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(
        sa.select(LedgerRow.currency, sa.func.sum(LedgerRow.amount_minor))
        .where(LedgerRow.account == Account.CASH)
        .group_by(LedgerRow.currency)
    )
    return {currency: int(total) for currency, total in rows}


async def held_by_currency(session: AsyncSession) -> dict[str, int]:
    """Return payments less returned refunds: what the cash account must say."""
    came = await session.execute(
        sa.select(PaymentRow.currency, sa.func.sum(PaymentRow.amount_minor)).group_by(
            PaymentRow.currency
        )
    )
    went = await session.execute(
        sa.select(RefundRow.currency, sa.func.sum(RefundRow.amount_minor))
        .where(RefundRow.state == RefundState.RETURNED)
        .group_by(RefundRow.currency)
    )
    held = {currency: int(total) for currency, total in came}
    for currency, total in went:
        held[currency] = held.get(currency, 0) - int(total)
    return held


async def overdrawn_orders(session: AsyncSession) -> list[int]:
    found = await session.scalars(
        sa.select(OrderRow.order_id).where(OrderRow.refunded_minor > OrderRow.received_minor)
    )
    return list(found)


async def overdrawn_payments(session: AsyncSession) -> list[int]:
    """Return payments of which more is promised back than came, or than the refunds say."""
    promised = (
        sa.select(sa.func.coalesce(sa.func.sum(RefundRow.amount_minor), 0))
        .where(RefundRow.payment_id == PaymentRow.payment_id)
        .scalar_subquery()
    )
    found = await session.scalars(
        sa.select(PaymentRow.payment_id).where(
            sa.or_(
                PaymentRow.refunded_minor > PaymentRow.amount_minor,
                PaymentRow.refunded_minor != promised,
            )
        )
    )
    return list(found)


async def stuck_orders(session: AsyncSession, *, before: datetime) -> list[int]:
    """Return orders that were paid and stopped half way."""
    found = await session.scalars(
        sa.select(OrderRow.order_id).where(
            OrderRow.state.in_(PASSED_THROUGH), OrderRow.paid_at < before
        )
    )
    return list(found)


async def unsettled_payments(session: AsyncSession, *, before: datetime) -> list[int]:
    found = await session.scalars(
        sa.select(PaymentRow.payment_id).where(
            PaymentRow.state == PaymentState.RECEIVED, PaymentRow.received_at < before
        )
    )
    return list(found)


async def fulfilled_without_grant(session: AsyncSession) -> list[int]:
    """Return orders that say they gave something, and gave neither a right nor a code."""
    right = sa.exists().where(
        EntitlementRow.source.in_((Source.ORDER, Source.TRIAL)),
        EntitlementRow.source_key == sa.cast(OrderRow.order_id, sa.String),
    )
    code = sa.exists().where(AccessCodeRow.order_id == OrderRow.order_id)
    found = await session.scalars(
        sa.select(OrderRow.order_id).where(
            OrderRow.state.in_((OrderState.FULFILLED, OrderState.PARTLY_REFUNDED)),
            sa.or_(
                sa.and_(OrderRow.purpose != Purpose.GIFT, ~right),
                sa.and_(OrderRow.purpose == Purpose.GIFT, ~code),
            ),
        )
    )
    return list(found)


async def grants_without_reason(session: AsyncSession) -> list[int]:
    """Return rights for which no order was granted, no code redeemed and nobody answers."""
    order = sa.exists().where(
        sa.cast(OrderRow.order_id, sa.String) == EntitlementRow.source_key,
        OrderRow.member_id == EntitlementRow.member_id,
        OrderRow.state.in_(GRANTED),
    )
    code = sa.exists().where(
        sa.cast(AccessCodeRow.access_code_id, sa.String) == EntitlementRow.source_key,
        AccessCodeRow.redeemed_by == EntitlementRow.member_id,
    )
    referred = sa.exists().where(
        sa.cast(ReferralRow.referral_id, sa.String) == EntitlementRow.source_key,
        ReferralRow.referrer_id == EntitlementRow.member_id,
        ReferralRow.rewarded_at.is_not(None),
    )
    answered = sa.and_(EntitlementRow.granted_by.is_not(None), EntitlementRow.reason.is_not(None))
    found = await session.scalars(
        sa.select(EntitlementRow.entitlement_id).where(
            sa.case(
                (EntitlementRow.source.in_((Source.ORDER, Source.TRIAL)), ~order),
                (EntitlementRow.source.in_((Source.GIFT, Source.CODE)), ~code),
                (EntitlementRow.source == Source.REFERRAL, ~referred),
                else_=~answered,
            )
        )
    )
    return list(found)


async def unpaid_grants(session: AsyncSession) -> list[int]:
    """Return orders that were granted for less than they cost."""
    found = await session.scalars(
        sa.select(OrderRow.order_id).where(
            OrderRow.state.in_(GRANTED), OrderRow.received_minor < OrderRow.due_minor
        )
    )
    return list(found)


async def prices(session: AsyncSession) -> list[tuple[int, int, list[dict[str, int]]]]:
    rows = await session.execute(sa.select(OrderRow.order_id, OrderRow.due_minor, OrderRow.lines))
    return [(row.order_id, row.due_minor, row.lines) for row in rows]


async def received_otherwise(session: AsyncSession) -> list[int]:
    """Return orders whose payments add up to something else than the order says it received."""
    counted = (
        sa.select(sa.func.coalesce(sa.func.sum(PaymentRow.amount_minor), 0))
        .where(
            PaymentRow.order_id == OrderRow.order_id,
            sa.or_(
                PaymentRow.state == PaymentState.MATCHED,
                sa.and_(
                    PaymentRow.state == PaymentState.UNMATCHED,
                    OrderRow.state.in_(
                        (
                            OrderState.AWAITING_PAYMENT,
                            OrderState.PROOF_SUBMITTED,
                            OrderState.EXPIRED,
                            OrderState.CANCELLED,
                        )
                    ),
                ),
                sa.exists().where(
                    RefundRow.payment_id == PaymentRow.payment_id,
                    RefundRow.account != Account.SUSPENSE,
                ),
            ),
        )
        .scalar_subquery()
    )
    found = await session.scalars(
        sa.select(OrderRow.order_id).where(OrderRow.received_minor != counted)
    )
    return list(found)


async def unjournalled_grants(session: AsyncSession) -> list[int]:
    """Return orders that were granted without a line in the journal."""
    written = sa.exists().where(
        JournalRow.subject == "order",
        JournalRow.action == "fulfil",
        JournalRow.subject_key == sa.cast(OrderRow.order_id, sa.String),
    )
    found = await session.scalars(
        sa.select(OrderRow.order_id).where(OrderRow.state.in_(GRANTED), ~written)
    )
    return list(found)


async def ends(session: AsyncSession) -> list[tuple[int, datetime]]:
    rows = await session.execute(
        sa.select(EntitlementRow.entitlement_id, EntitlementRow.ends_at).where(
            EntitlementRow.ends_at.is_not(None)
        )
    )
    return [(row.entitlement_id, row.ends_at) for row in rows if row.ends_at is not None]


async def removals(session: AsyncSession) -> list[tuple[int, datetime, int]]:
    """Return who was removed from which space, and when."""
    rows = await session.execute(
        sa.select(JournalRow.subject_key, JournalRow.at, JournalRow.after).where(
            JournalRow.action == "remove", JournalRow.subject == "member"
        )
    )
    return [(int(row.subject_key), row.at, int((row.after or {})["space"])) for row in rows]
