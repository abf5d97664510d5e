"""The tables of what people do with the FAQ: searches, readings, votes, and what is learnt."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.faq.documents import Verdict
from community_bot.faq.rules import VoteReason
from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row


class SearchRow(Row):
    """What somebody searched, without personal data, and what came of it."""

    __tablename__ = "faq_searches"
    __table_args__ = (sa.Index("ix_faq_searches_verdict_searched_at", "verdict", "searched_at"),)

    search_id: Mapped[Key]
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    wording: Mapped[str] = mapped_column(sa.String(200))
    normal: Mapped[str] = mapped_column(sa.String(200), index=True)
    verdict: Mapped[Verdict]
    entry_id: Mapped[int | None]  # the answer that was shown, or the last one opened
    is_failed: Mapped[bool]  # the searcher said that nothing of it helped
    searched_at: Mapped[datetime]
    called_back_at: Mapped[datetime | None]


class GapRow(Row):
    """What was decided about searches without an answer, by their normal wording."""

    __tablename__ = "faq_gaps"

    gap_id: Mapped[Key]
    normal: Mapped[str] = mapped_column(sa.String(200), unique=True)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("faq_entries.entry_id"))
    decided_by: Mapped[TelegramId]
    decided_at: Mapped[datetime]


class ReadingRow(Row):
    """Who has read which entry, at which version, the last time."""

    __tablename__ = "faq_readings"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("faq_entries.entry_id"), primary_key=True)
    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    read_at: Mapped[datetime]


class AskingRow(Row):
    """That somebody asked a mentor after they had read an entry, at which version."""

    __tablename__ = "faq_askings"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("faq_entries.entry_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime]


class VoteRow(Row):
    """One member's verdict on one version of an entry."""

    __tablename__ = "faq_votes"
    __table_args__ = (sa.UniqueConstraint("entry_id", "version", "member_id"),)

    vote_id: Mapped[Key]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("faq_entries.entry_id"))
    version: Mapped[int]
    member_id: Mapped[TelegramId]
    is_up: Mapped[bool]
    reason: Mapped[VoteReason | None]
    voted_at: Mapped[datetime]


class ConfirmationRow(Row):
    """That an entry answered a wording: once for each member, wording and kind of sign."""

    __tablename__ = "faq_confirmations"
    __table_args__ = (sa.UniqueConstraint("entry_id", "member_id", "normal", "sign"),)

    confirmation_id: Mapped[Key]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("faq_entries.entry_id"))
    member_id: Mapped[TelegramId]
    wording: Mapped[str] = mapped_column(sa.String(200))
    normal: Mapped[str] = mapped_column(sa.String(200))
    sign: Mapped[Name]
    confirmed_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[TelegramId | None]
    revision: Mapped[int] = mapped_column(index=True)


class PostingRow(Row):
    """When an entry was last shown in a group, so that it is not shown there again and again."""

    __tablename__ = "faq_postings"

    chat_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("faq_entries.entry_id"), primary_key=True)
    posted_at: Mapped[datetime]
