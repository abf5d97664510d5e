"""The tables of what was said: drafts, messages, their versions, and where each was carried."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row
from community_bot.tickets.rules import Audience, DraftState, MessageKind, Origin

GATHERING = sa.text("state = 'gathering'")
_WAITING_TO_LEAVE = sa.text("relay_at is not null")


class QuestionDraftRow(Row):
    """A question that is being written: one at a time for each member."""

    __tablename__ = "question_drafts"
    __table_args__ = (
        sa.Index(
            "uq_question_drafts_gathering",
            "member_id",
            unique=True,
            sqlite_where=GATHERING,
            postgresql_where=GATHERING,
        ),
        sa.Index("ix_question_drafts_state_last_said_at", "state", "last_said_at"),
    )

    draft_id: Mapped[Key]
    member_id: Mapped[TelegramId]
    state: Mapped[DraftState]
    topic: Mapped[Name | None]
    market: Mapped[Name | None]
    is_topic_chosen: Mapped[bool]
    is_market_chosen: Mapped[bool]
    is_shared: Mapped[bool]
    origin: Mapped[Origin]
    group_chat_id: Mapped[TelegramId | None]
    group_message_id: Mapped[TelegramId | None]
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.ticket_id"))
    begun_at: Mapped[datetime]
    last_said_at: Mapped[datetime]
    submit_at: Mapped[datetime | None]
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.ticket_id"))
    entries_read: Mapped[list[int]]


class TicketMessageRow(Row):
    """A message as it came, once; what it said before stands in its versions.

    Without a draft and a ticket it waits until its member says where it belongs.
    """

    __tablename__ = "ticket_messages"
    __table_args__ = (
        sa.UniqueConstraint("chat_id", "message_id"),
        sa.Index(
            "ix_ticket_messages_relay_at",
            "relay_at",
            sqlite_where=_WAITING_TO_LEAVE,
            postgresql_where=_WAITING_TO_LEAVE,
        ),
    )

    ticket_message_id: Mapped[Key]
    draft_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("question_drafts.draft_id"), index=True
    )
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.ticket_id"), index=True)
    kind: Mapped[MessageKind]
    author_id: Mapped[TelegramId]
    chat_id: Mapped[TelegramId]
    message_id: Mapped[TelegramId]
    forum_topic_id: Mapped[TelegramId | None]
    content: Mapped[Name]
    text: Mapped[str | None] = mapped_column(sa.Text)
    entities: Mapped[list[Any]] = mapped_column(sa.JSON())
    is_cut: Mapped[bool] = mapped_column(server_default=sa.false())
    file_id: Mapped[str | None] = mapped_column(sa.String(255))
    media_group_id: Mapped[Name | None]
    reply_to: Mapped[TelegramId | None]
    version: Mapped[int]
    is_courtesy: Mapped[bool]
    said_at: Mapped[datetime]
    relay_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]


class MessageVersionRow(Row):
    """What a message said before it was changed."""

    __tablename__ = "ticket_message_versions"

    ticket_message_id: Mapped[int] = mapped_column(
        sa.ForeignKey("ticket_messages.ticket_message_id"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None] = mapped_column(sa.Text)
    entities: Mapped[list[Any]] = mapped_column(sa.JSON())
    replaced_at: Mapped[datetime]


class RelayRow(Row):
    """One message carried to one chat, which is fixed when it is promised.

    What is not public can be carried to the desk alone; the database itself sees to that.
    """

    __tablename__ = "ticket_relays"
    __table_args__ = (
        sa.UniqueConstraint("ticket_message_id", "chat_id"),
        sa.UniqueConstraint("chat_id", "message_id"),
        sa.CheckConstraint("audience = 'desk' OR kind = 'public'", name="only_public_leaves"),
    )

    relay_id: Mapped[Key]
    ticket_message_id: Mapped[int] = mapped_column(
        sa.ForeignKey("ticket_messages.ticket_message_id")
    )
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.ticket_id"), index=True)
    kind: Mapped[MessageKind]
    audience: Mapped[Audience]
    chat_id: Mapped[TelegramId]
    forum_topic_id: Mapped[TelegramId | None]
    message_id: Mapped[TelegramId | None]
    promised_at: Mapped[datetime]
    arrived_at: Mapped[datetime | None]
    failed_for: Mapped[str | None] = mapped_column(sa.Text)


class AnchorRow(Row):
    """A message of ours that stands for a ticket: who replies to it means the ticket."""

    __tablename__ = "ticket_anchors"

    chat_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    message_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.ticket_id"), index=True)
