"""The tables of orders, proofs, payments and the ledger."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.billing.rules import (
    Account,
    OrderState,
    PaymentState,
    ProofState,
    Purpose,
)
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row

OPEN_ORDERS = sa.text("state in ('awaiting_payment', 'proof_submitted')")
_CLAIMED = sa.text("state in ('waiting', 'accepted')")


class OrderRow(Row):
    """A wish to buy a plan. Of one kind a member has one open order at a time."""

    __tablename__ = "orders"
    __table_args__ = (
        sa.Index(
            "uq_orders_open",
            "member_id",
            "plan_version_id",
            "purpose",
            unique=True,
            sqlite_where=OPEN_ORDERS,
            postgresql_where=OPEN_ORDERS,
        ),
        sa.Index("ix_orders_state_expires_at", "state", "expires_at"),
    )

    order_id: Mapped[Key]
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    plan_version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_versions.plan_version_id"))
    purpose: Mapped[Purpose]
    state: Mapped[OrderState]
    version: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(sa.JSON())
    due_minor: Mapped[int] = mapped_column(sa.BigInteger)
    received_minor: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    refunded_minor: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    currency: Mapped[str] = mapped_column(sa.String(3))
    refund: Mapped[Facts]
    placed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    review_by: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class ProofRow(Row):
    """What a member showed for a transfer; a transfer's number pays for one order only."""

    __tablename__ = "proofs"
    __table_args__ = (
        sa.Index(
            "uq_proofs_reference",
            "reference",
            unique=True,
            sqlite_where=_CLAIMED,
            postgresql_where=_CLAIMED,
        ),
        sa.Index(
            "uq_proofs_waiting",
            "order_id",
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
    )

    proof_id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.order_id"), index=True)
    reference: Mapped[Name | None]
    file_id: Mapped[str | None] = mapped_column(sa.String(255))
    file_unique_id: Mapped[Name | None] = mapped_column(index=True)
    is_document: Mapped[bool]
    picture_hash: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[ProofState]
    submitted_at: Mapped[datetime]
    reviewed_by: Mapped[TelegramId | None]
    reviewed_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)


class ApprovalRow(Row):
    """What one person saw in the account for one proof."""

    __tablename__ = "approvals"
    __table_args__ = (sa.UniqueConstraint("proof_id", "approver_id"),)

    approval_id: Mapped[Key]
    proof_id: Mapped[int] = mapped_column(sa.ForeignKey("proofs.proof_id"))
    approver_id: Mapped[TelegramId]
    amount_minor: Mapped[int] = mapped_column(sa.BigInteger)
    approved_at: Mapped[datetime]


class PaymentRow(Row):
    """Money that arrived; a gateway's own number arrives once, however often it is told."""

    __tablename__ = "payments"
    __table_args__ = (sa.UniqueConstraint("gateway", "external_id"),)

    payment_id: Mapped[Key]
    gateway: Mapped[Name]
    external_id: Mapped[str] = mapped_column(sa.String(255))
    order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("orders.order_id"), index=True)
    payer_id: Mapped[TelegramId | None]
    amount_minor: Mapped[int] = mapped_column(sa.BigInteger)
    refunded_minor: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    currency: Mapped[str] = mapped_column(sa.String(3))
    state: Mapped[PaymentState] = mapped_column(index=True)
    received_at: Mapped[datetime]


class LedgerRow(Row):
    """One line of the ledger, only ever appended to; the lines of one posting sum up to nought."""

    __tablename__ = "ledger"
    __table_args__ = (sa.UniqueConstraint("posting", "account"),)

    entry_id: Mapped[Key]
    posting: Mapped[Name]
    account: Mapped[Account]
    amount_minor: Mapped[int] = mapped_column(sa.BigInteger)
    currency: Mapped[str] = mapped_column(sa.String(3))
    order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("orders.order_id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("payments.payment_id"))
    posted_at: Mapped[datetime]
