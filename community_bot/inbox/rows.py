"""The table of updates."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.inbox.rules import UpdateState
from community_bot.storage.columns import Name, TelegramId
from community_bot.storage.rows import Row


class UpdateRow(Row):
    """One update as it came; `chat_id` is the chat in whose order it is handled."""

    __tablename__ = "updates"
    __table_args__ = (
        sa.Index(
            "ix_updates_pending",
            "received_at",
            "update_id",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        ),
        sa.Index("ix_updates_handled_at", "handled_at"),
    )

    update_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    chat_id: Mapped[TelegramId]
    kind: Mapped[Name]
    urgent: Mapped[bool]
    body: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[UpdateState]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    incident: Mapped[Name | None]
    likeness: Mapped[Name] = mapped_column(server_default="")
