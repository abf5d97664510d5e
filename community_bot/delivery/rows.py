"""The tables of deliveries, of cards, and of who can be reached."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.delivery.lanes import Lane
from community_bot.delivery.rules import DeliveryState, Doubt
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row

_PENDING = sa.text("state = 'pending'")
_OPEN = sa.text("state in ('sending', 'unknown', 'failed')")
_OF_A_CARD = sa.text("card is not null")
_ABOUT_SOMETHING = sa.text("about is not null")


class DeliveryRow(Row):
    """One promise to tell one chat one thing, or to do one act for it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.Index(
            "ix_deliveries_pending",
            "rank",
            "delivery_id",
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
        sa.Index("ix_deliveries_chat_id_state", "chat_id", "state"),
        sa.Index("ix_deliveries_open", "state", sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.Index(
            "ix_deliveries_card",
            "card",
            "chat_id",
            sqlite_where=_OF_A_CARD,
            postgresql_where=_OF_A_CARD,
        ),
        sa.Index(
            "ix_deliveries_about",
            "about",
            "state",
            sqlite_where=_ABOUT_SOMETHING,
            postgresql_where=_ABOUT_SOMETHING,
        ),
    )

    delivery_id: Mapped[Key]
    kind: Mapped[Name]
    lane: Mapped[Lane]
    rank: Mapped[int] = mapped_column(sa.SmallInteger)
    chat_id: Mapped[TelegramId]
    topic_id: Mapped[TelegramId | None]
    topic_name: Mapped[str | None] = mapped_column(sa.String(128))
    member_id: Mapped[TelegramId | None]
    facts: Mapped[Facts]
    once_key: Mapped[str | None] = mapped_column(sa.String(160), unique=True)
    doubt: Mapped[Doubt]
    keep: Mapped[bool]
    state: Mapped[DeliveryState]
    attempts: Mapped[int] = mapped_column(default=0)
    resent: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    not_before: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    message_ids: Mapped[list[int] | None]
    error: Mapped[str | None] = mapped_column(sa.Text)
    card: Mapped[Name | None]
    about: Mapped[Name | None]


class CardRow(Row):
    """Which message a card is now in a chat."""

    __tablename__ = "cards"

    card: Mapped[Name] = mapped_column(primary_key=True)
    chat_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    message_id: Mapped[TelegramId]
    shown_at: Mapped[datetime]


class Reach(StrEnum):
    """Whether a chat can be written to."""

    OPEN = "open"
    CLOSED = "closed"
    MOVED = "moved"


class ReachRow(Row):
    """What is known of a chat's reach; a chat without a row has never refused us."""

    __tablename__ = "reach"

    chat_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    reach: Mapped[Reach]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    since: Mapped[datetime]
    moved_to: Mapped[TelegramId | None]
