"""The table of marks: what is to be seen of a person in a space, and what is."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.membership.mark_rules import MarkKind
from community_bot.storage.columns import Name, TelegramId
from community_bot.storage.rows import Row


class MarkRow(Row):
    """`asked` was promised last, `shown` is what Telegram confirmed last."""

    __tablename__ = "marks"

    chat_id: Mapped[TelegramId] = mapped_column(
        sa.ForeignKey("spaces.chat_id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, index=True)
    kind: Mapped[MarkKind] = mapped_column(primary_key=True)
    asked: Mapped[Name]
    shown: Mapped[Name]
    settled_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
