"""The tables of tiers, plans, entitlements, and the spaces that they open."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.membership.rules import PeriodKind, Source
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row


class TierRow(Row):
    """A tier as the configuration last said; a retired one is kept for those who have it."""

    __tablename__ = "tiers"

    code: Mapped[Name] = mapped_column(primary_key=True)
    rank: Mapped[int]
    name: Mapped[Facts]
    benefits: Mapped[Facts]
    questions_per_month: Mapped[int | None]
    urgent_per_month: Mapped[int] = mapped_column(server_default="0")
    answer_hours: Mapped[int | None]
    topics: Mapped[list[str]]
    opens: Mapped[list[str]]
    seats: Mapped[int | None]
    successor: Mapped[Name | None]
    credits: Mapped[list[str]]
    admission: Mapped[list[Any]] = mapped_column(sa.JSON())
    retired_at: Mapped[datetime | None]


class PlanVersionRow(Row):
    """What was offered under a plan's code from one moment on; only `retired_at` ever changes."""

    __tablename__ = "plan_versions"
    __table_args__ = (sa.UniqueConstraint("code", "version"),)

    plan_version_id: Mapped[Key]
    code: Mapped[Name]
    version: Mapped[int]
    tier_code: Mapped[Name] = mapped_column(sa.ForeignKey("tiers.code"))
    name: Mapped[Facts | None]
    price_minor: Mapped[int] = mapped_column(sa.BigInteger)
    currency: Mapped[str] = mapped_column(sa.String(3))
    stars: Mapped[int | None]
    stars_renew: Mapped[bool] = mapped_column(server_default=sa.false())
    period: Mapped[PeriodKind]
    length: Mapped[int]
    ends_on: Mapped[date | None]
    refund: Mapped[Facts]
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class EntitlementRow(Row):
    """A right to a tier from-until. One source gives one right, however often it is asked."""

    __tablename__ = "entitlements"
    __table_args__ = (
        sa.UniqueConstraint("source", "source_key"),
        sa.Index("ix_entitlements_ends_at", "ends_at"),
    )

    entitlement_id: Mapped[Key]
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    tier_code: Mapped[Name] = mapped_column(sa.ForeignKey("tiers.code"))
    plan_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("plan_versions.plan_version_id")
    )
    source: Mapped[Source]
    source_key: Mapped[str] = mapped_column(sa.String(128))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    granted_by: Mapped[TelegramId | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_for: Mapped[str | None] = mapped_column(sa.Text)


class SpaceRow(Row):
    """A group or channel that was bound to the community."""

    __tablename__ = "spaces"

    chat_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[Name] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(sa.String(255))
    is_forum: Mapped[bool]
    is_channel: Mapped[bool] = mapped_column(server_default=sa.false())
    door: Mapped[str | None] = mapped_column(sa.String(255))
    bound_by: Mapped[TelegramId]
    bound_at: Mapped[datetime]


class PresenceRow(Row):
    """Whether a person was in a space when last seen; Telegram gives no list of members."""

    __tablename__ = "presences"

    chat_id: Mapped[TelegramId] = mapped_column(
        sa.ForeignKey("spaces.chat_id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, index=True)
    is_in: Mapped[bool]
    is_in_charge: Mapped[bool] = mapped_column(server_default=sa.false())
    seen_at: Mapped[datetime]


class HoldRow(Row):
    """Why somebody must not be removed now: a dispute about their money is open."""

    __tablename__ = "holds"

    hold_id: Mapped[Key]
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(sa.String(128), unique=True)
    held_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class RemovalPauseRow(Row):
    """A time in which nobody at all is removed: after an import, an outage or a restore."""

    __tablename__ = "removal_pauses"

    pause_id: Mapped[Key]
    reason: Mapped[str] = mapped_column(sa.String(128))
    until: Mapped[datetime]
    paused_by: Mapped[TelegramId | None]
    paused_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
