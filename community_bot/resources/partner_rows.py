"""The tables of the directory: partners, their tags and ratings, and introductions to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.resources.introduction_rules import OPEN, IntroductionState
from community_bot.resources.partner_rules import PartnerKind, PartnerState
from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row

IS_OPEN = sa.text(f"state in ({', '.join(repr(one.value) for one in OPEN)})")


class PartnerRow(Row):
    """Somebody whom sellers can work with; `contact` is for staff, and goes to whom they trust."""

    __tablename__ = "partners"

    partner_id: Mapped[Key]
    kind: Mapped[PartnerKind]
    state: Mapped[PartnerState] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    contact: Mapped[str] = mapped_column(sa.Text)
    about: Mapped[str] = mapped_column(sa.Text)
    least_tier: Mapped[Name | None]
    made_by: Mapped[TelegramId]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class PartnerTopicRow(Row):
    """A tag of a partner: the markets and subjects are those of the library."""

    __tablename__ = "partner_topics"

    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partners.partner_id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_topics.topic_id"), primary_key=True, index=True
    )


class PartnerRatingRow(Row):
    """What a member who was introduced thinks of a partner; the last word counts."""

    __tablename__ = "partner_ratings"

    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partners.partner_id"), primary_key=True)
    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    stars: Mapped[int] = mapped_column(sa.SmallInteger)
    rated_at: Mapped[datetime]


class IntroductionRow(Row):
    """A case for staff: a member wants to meet a partner; one at a time of the same two."""

    __tablename__ = "introductions"
    __table_args__ = (
        sa.Index(
            "uq_introductions_open",
            "partner_id",
            "member_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    introduction_id: Mapped[Key]
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partners.partner_id"))
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    wish: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[IntroductionState] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    remind_at: Mapped[datetime]
    due_at: Mapped[datetime]
    taken_by: Mapped[TelegramId | None]
    taken_at: Mapped[datetime | None]
    decided_by: Mapped[TelegramId | None]
    decided_at: Mapped[datetime | None]
    reply: Mapped[str | None] = mapped_column(sa.Text)
    reminded_at: Mapped[datetime | None]
    told_late_at: Mapped[datetime | None]
    rating_asked_at: Mapped[datetime | None]
