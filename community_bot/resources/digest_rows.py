"""The table of digests: who hears how often of what is new."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from community_bot.resources.digest_rules import Pace
from community_bot.storage.columns import TelegramId
from community_bot.storage.rows import Row


class DigestRow(Row):
    """When a member's next digest is due, and up to when the one before has told of everything."""

    __tablename__ = "digests"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    pace: Mapped[Pace]
    told_until: Mapped[datetime]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
