"""The table of who agreed to which version of the terms, and when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import TelegramId
from community_bot.storage.rows import Row


class TermsAcceptanceRow(Row):
    """The first order that somebody placed under a version of the terms."""

    __tablename__ = "terms_acceptances"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.order_id"))
    accepted_at: Mapped[datetime]
