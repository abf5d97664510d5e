"""The tables of statements of accounts, and of the money that came according to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row


class StatementRow(Row):
    """A file that finance handed in; it covers the time from its first to its last line."""

    __tablename__ = "statements"

    statement_id: Mapped[Key]
    name: Mapped[str] = mapped_column(sa.String(255))
    first_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    taken_by: Mapped[TelegramId]
    taken_at: Mapped[datetime]


class StatementLineRow(Row):
    """Money that came under a number; a number stands on one statement, however often it comes."""

    __tablename__ = "statement_lines"

    line_id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("statements.statement_id"), index=True)
    reference: Mapped[Name] = mapped_column(unique=True)
    amount_minor: Mapped[int] = mapped_column(sa.BigInteger)
    currency: Mapped[str] = mapped_column(sa.String(3))
    came_at: Mapped[datetime | None]
    payer: Mapped[str | None] = mapped_column(sa.String(128))
    note: Mapped[str | None] = mapped_column(sa.String(128))
    put_aside_by: Mapped[TelegramId | None]
    put_aside_at: Mapped[datetime | None]
