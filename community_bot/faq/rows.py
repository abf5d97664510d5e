"""The tables of entries, their versions and their topics, and the counter of every change."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.faq.content_rules import EntryKind
from community_bot.faq.rules import Doubted, EntryState
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row


class EntryRow(Row):
    """A question with its settled answer; `revision` is the count of changes when it changed."""

    __tablename__ = "faq_entries"

    entry_id: Mapped[Key]
    state: Mapped[EntryState] = mapped_column(index=True)
    version: Mapped[int]
    kind: Mapped[EntryKind]
    question: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    aliases: Mapped[list[str]]
    topics: Mapped[list[str]]
    markets: Mapped[list[str]]
    least_tier: Mapped[Name | None]
    media: Mapped[list[Any]] = mapped_column(sa.JSON())
    owner_id: Mapped[TelegramId | None]
    review_days: Mapped[int | None]
    review_at: Mapped[datetime | None] = mapped_column(index=True)
    reminders: Mapped[int]
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[TelegramId | None]
    doubted_for: Mapped[Doubted | None]
    published_at: Mapped[datetime | None]
    made_by: Mapped[TelegramId]
    made_at: Mapped[datetime]
    source_ticket_id: Mapped[int | None]
    reads: Mapped[int]
    revision: Mapped[int] = mapped_column(index=True)


class VersionRow(Row):
    """What an entry said from one save on; never changed."""

    __tablename__ = "faq_versions"
    __table_args__ = (sa.UniqueConstraint("entry_id", "version"),)

    version_id: Mapped[Key]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("faq_entries.entry_id"))
    version: Mapped[int]
    content: Mapped[Facts]
    saved_by: Mapped[TelegramId]
    saved_at: Mapped[datetime]


class TopicRow(Row):
    """A topic that entries are about, under a number short enough for a button."""

    __tablename__ = "faq_topics"

    topic_id: Mapped[Key]
    code: Mapped[Name] = mapped_column(unique=True)


class PulseRow(Row):
    """One row: how many changes the FAQ has seen. Who keeps it in memory compares this number."""

    __tablename__ = "faq_pulse"

    pulse_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class TermRow(Row):
    """Words that mean the same to the community's sellers, besides those that are shipped."""

    __tablename__ = "faq_terms"

    term_id: Mapped[Key]
    terms: Mapped[list[str]]
    made_by: Mapped[TelegramId]
    made_at: Mapped[datetime]
