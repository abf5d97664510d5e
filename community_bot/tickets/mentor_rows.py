"""The tables of mentors: who they are, whom they may not answer, what they were offered."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row
from community_bot.tickets.mentor_rules import Duty, OfferState


class MentorRow(Row):
    """A mentor as the desk knows them; empty skills fit everything."""

    __tablename__ = "mentors"

    mentor_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    stage_name: Mapped[Name | None]
    cap: Mapped[int | None]
    topics: Mapped[list[str]]
    markets: Mapped[list[str]]
    tiers: Mapped[list[str]]
    duty: Mapped[Duty]
    on_until: Mapped[datetime | None]
    away_until: Mapped[datetime | None]
    week: Mapped[Facts]
    zone: Mapped[Name | None]
    off_since: Mapped[datetime | None]  # as the sweep has seen it; None while on duty
    goes_on: Mapped[bool]  # keeps their tickets although the shift is over
    paused_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class MentorExclusionRow(Row):
    """A member whose questions a mentor is not given."""

    __tablename__ = "mentor_exclusions"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    mentor_id: Mapped[TelegramId] = mapped_column(
        sa.ForeignKey("mentors.mentor_id"), primary_key=True, autoincrement=False
    )
    set_by: Mapped[TelegramId]
    set_at: Mapped[datetime]


class TicketOfferRow(Row):
    """A waiting ticket that was offered to one mentor in private, once."""

    __tablename__ = "ticket_offers"
    __table_args__ = (
        sa.UniqueConstraint("ticket_id", "mentor_id"),
        sa.Index("ix_ticket_offers_state_expires_at", "state", "expires_at"),
    )

    offer_id: Mapped[Key]
    ticket_id: Mapped[int]
    mentor_id: Mapped[TelegramId] = mapped_column(sa.ForeignKey("mentors.mentor_id"), index=True)
    state: Mapped[OfferState]
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class TicketMarkRow(Row):
    """A share of a promised time that was used up, and seen to; once for each wait."""

    __tablename__ = "ticket_marks"

    ticket_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime] = mapped_column(primary_key=True)
    percent: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]
