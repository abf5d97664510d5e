"""The table of places on waiting lists."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.billing.waitlist_rules import PlaceState
from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row

QUEUED = sa.text("state in ('waiting', 'offered')")


class PlaceRow(Row):
    """Somebody's place: who came first is offered a seat first. One at a time for each tier."""

    __tablename__ = "waitlist"
    __table_args__ = (
        sa.Index(
            "uq_waitlist_queued",
            "member_id",
            "tier_code",
            unique=True,
            sqlite_where=QUEUED,
            postgresql_where=QUEUED,
        ),
    )

    place_id: Mapped[Key]
    member_id: Mapped[TelegramId]
    tier_code: Mapped[Name] = mapped_column(sa.ForeignKey("tiers.code"), index=True)
    state: Mapped[PlaceState]
    joined_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
