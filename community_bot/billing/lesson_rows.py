"""The table of lessons that somebody has used, where a person counted them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import TelegramId
from community_bot.storage.rows import Row


class LessonCountRow(Row):
    """How many lessons of an order were used, who says so and why."""

    __tablename__ = "lesson_counts"

    order_id: Mapped[int] = mapped_column(
        sa.ForeignKey("orders.order_id"), primary_key=True, autoincrement=False
    )
    used: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    counted_by: Mapped[TelegramId]
    counted_at: Mapped[datetime]
