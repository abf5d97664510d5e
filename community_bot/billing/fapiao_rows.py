"""The table of fapiao that members ask for."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.billing.fapiao_rules import FapiaoState
from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row


class FapiaoRow(Row):
    """A tax document that somebody wants for an order; one for each order."""

    __tablename__ = "fapiao"

    fapiao_id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.order_id"), unique=True)
    member_id: Mapped[TelegramId]
    title: Mapped[str] = mapped_column(sa.String(128))
    tax_number: Mapped[str | None] = mapped_column(sa.String(32))
    email: Mapped[str] = mapped_column(sa.String(254))
    state: Mapped[FapiaoState] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    decided_by: Mapped[TelegramId | None]
    decided_at: Mapped[datetime | None]
    number: Mapped[Name | None]
    file_id: Mapped[str | None] = mapped_column(sa.String(255))
    reason: Mapped[str | None] = mapped_column(sa.Text)
