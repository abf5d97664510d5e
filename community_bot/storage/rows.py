"""What every table shares, and the storage's own tables: the journal and the leases."""

from datetime import datetime
from enum import Enum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from community_bot.storage.columns import STATE, Facts, Key, Name, TelegramId, UtcDateTime


class Row(DeclarativeBase):
    """A table of the community."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        Enum: STATE,
        Facts: sa.JSON(),
        list[int]: sa.JSON(),
        list[str]: sa.JSON(),
    }


class JournalRow(Row):
    """Who did what, when and why; only ever appended to."""

    __tablename__ = "journal"
    __table_args__ = (sa.Index("ix_journal_subject_subject_key", "subject", "subject_key"),)

    entry_id: Mapped[Key]
    at: Mapped[datetime]
    actor_id: Mapped[TelegramId | None]
    action: Mapped[Name]
    subject: Mapped[Name]
    subject_key: Mapped[Name]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    before: Mapped[Facts | None]
    after: Mapped[Facts | None]


class LeaseRow(Row):
    """Who may do a thing that only one process may do; the token grows at each takeover."""

    __tablename__ = "leases"

    name: Mapped[Name] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(sa.String(128))
    token: Mapped[int] = mapped_column(sa.BigInteger)
    expires_at: Mapped[datetime]
