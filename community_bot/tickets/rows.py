"""The tables of tickets: the case, what happened to it, and the questions of a month."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row
from community_bot.tickets.rules import Grievance, Happening, Origin, TicketState, Verdict


class TicketRow(Row):
    """A question's case. What the clock says stands here for sorting; the events have the truth."""

    __tablename__ = "tickets"
    __table_args__ = (
        sa.Index("ix_tickets_state_due_at", "state", "due_at"),
        sa.Index("ix_tickets_assignee_id_state", "assignee_id", "state"),
        sa.Index("ix_tickets_member_id_state", "member_id", "state"),
        sa.Index("ix_tickets_desk_chat_id_forum_topic_id", "desk_chat_id", "forum_topic_id"),
        sa.CheckConstraint(
            "state NOT IN ('active', 'answered') OR assignee_id IS NOT NULL", name="held_by_one"
        ),
        sa.CheckConstraint("state <> 'queued' OR assignee_id IS NULL", name="queued_by_nobody"),
    )

    ticket_id: Mapped[Key]
    token: Mapped[Name] = mapped_column(unique=True)
    member_id: Mapped[TelegramId]
    state: Mapped[TicketState]
    version: Mapped[int]
    assignee_id: Mapped[TelegramId | None]
    claimed_at: Mapped[datetime | None]
    tier_code: Mapped[Name]
    target_minutes: Mapped[int | None]
    topic: Mapped[Name | None]
    market: Mapped[Name | None]
    summary: Mapped[str] = mapped_column(sa.String(300))
    origin: Mapped[Origin]
    group_chat_id: Mapped[TelegramId | None]
    group_message_id: Mapped[TelegramId | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[TelegramId]
    read_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.ticket_id"))
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.ticket_id"))
    escalation: Mapped[int] = mapped_column(sa.SmallInteger)
    is_hard: Mapped[bool]
    is_shared: Mapped[bool]
    is_unreachable: Mapped[bool]
    needs_review: Mapped[bool]
    snoozed_until: Mapped[datetime | None]
    urgent_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    resolve_at: Mapped[datetime | None]
    close_at: Mapped[datetime | None]
    rating_asked_at: Mapped[datetime | None]
    desk_chat_id: Mapped[TelegramId | None]
    forum_topic_id: Mapped[TelegramId | None]
    entries_read: Mapped[list[int]]


class TicketEventRow(Row):
    """What happened to a ticket; only ever appended to. The clock is read from `beat` on."""

    __tablename__ = "ticket_events"
    __table_args__ = (sa.Index("ix_ticket_events_happening_at", "happening", "at"),)

    event_id: Mapped[Key]
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.ticket_id"), index=True)
    at: Mapped[datetime]
    happening: Mapped[Happening]
    actor_id: Mapped[TelegramId | None]
    from_state: Mapped[TicketState | None]
    to_state: Mapped[TicketState | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    facts: Mapped[Facts]
    beat: Mapped[Name | None]
    target_minutes: Mapped[int | None]
    due_at: Mapped[datetime | None]


class QuestionUseRow(Row):
    """One question of a member's month; given back, it does not count."""

    __tablename__ = "question_uses"
    __table_args__ = (sa.Index("ix_question_uses_member_id_month", "member_id", "month"),)

    use_id: Mapped[Key]
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.ticket_id"), unique=True)
    member_id: Mapped[TelegramId]
    month: Mapped[str] = mapped_column(sa.String(7))  # 2026-11, in the community's time zone
    used_at: Mapped[datetime]
    given_back_at: Mapped[datetime | None]
    given_back_for: Mapped[Name | None]


class FollowerRow(Row):
    """Somebody who wants to know the same."""

    __tablename__ = "ticket_followers"

    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.ticket_id"), primary_key=True)
    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    followed_at: Mapped[datetime]


class RatingRow(Row):
    """A member's verdict on the answer, once for each ticket."""

    __tablename__ = "ticket_ratings"

    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.ticket_id"), primary_key=True)
    member_id: Mapped[TelegramId]
    mentor_id: Mapped[TelegramId | None] = mapped_column(index=True)
    verdict: Mapped[Verdict]
    reason: Mapped[Grievance | None]
    words: Mapped[str | None] = mapped_column(sa.Text)
    rated_at: Mapped[datetime]


class QuestionPauseRow(Row):
    """Until when somebody who flooded the mentors may ask nothing new."""

    __tablename__ = "question_pauses"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime]
    set_by: Mapped[TelegramId]
    set_at: Mapped[datetime]
