"""The tables of refund cases and of money that goes back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.billing.refund_rules import CaseState, RefundState
from community_bot.billing.rules import Account
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row

UNDER_WAY_CASES = sa.text("state in ('open', 'needs_admin', 'needs_member', 'appealed')")


class RefundCaseRow(Row):
    """A member's wish to have money back; one is under way for an order at a time."""

    __tablename__ = "refund_cases"
    __table_args__ = (
        sa.Index(
            "uq_refund_cases_under_way",
            "order_id",
            unique=True,
            sqlite_where=UNDER_WAY_CASES,
            postgresql_where=UNDER_WAY_CASES,
        ),
    )

    case_id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.order_id"), index=True)
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    state: Mapped[CaseState] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    quote: Mapped[Facts]
    said: Mapped[list[Any]] = mapped_column(sa.JSON())
    opened_at: Mapped[datetime]
    decided_by: Mapped[TelegramId | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(sa.Text)


class RefundRow(Row):
    """Money that goes back out of one payment; its number makes a second try harmless."""

    __tablename__ = "refunds"
    __table_args__ = (sa.Index("ix_refunds_state", "state"),)

    refund_id: Mapped[Key]
    payment_id: Mapped[int] = mapped_column(sa.ForeignKey("payments.payment_id"), index=True)
    order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("orders.order_id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("refund_cases.case_id"))
    account: Mapped[Account]
    amount_minor: Mapped[int] = mapped_column(sa.BigInteger)
    currency: Mapped[str] = mapped_column(sa.String(3))
    state: Mapped[RefundState]
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_by: Mapped[TelegramId | None]
    due_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]
    reference: Mapped[Name | None]
    error: Mapped[str | None] = mapped_column(sa.Text)
