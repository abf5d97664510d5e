"""The table of wishes to be forgotten."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.people.erasure_rules import ErasureState
from community_bot.storage.columns import Key, TelegramId
from community_bot.storage.rows import Row

ASKED = sa.text("state = 'asked'")


class ErasureRow(Row):
    """Somebody wants their data deleted; once it is done, the number is a pseudonym."""

    __tablename__ = "erasures"
    __table_args__ = (
        sa.Index(
            "uq_erasures_asked",
            "member_id",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
    )

    erasure_id: Mapped[Key]
    member_id: Mapped[TelegramId]
    state: Mapped[ErasureState]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_by: Mapped[TelegramId | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)
