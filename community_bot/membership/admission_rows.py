"""The tables of applications and of memberships that wait to be claimed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.membership.admission_rules import ApplicationState
from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row

_SUBMITTED = sa.text("state = 'submitted'")


class ApplicationRow(Row):
    """Somebody's answers to the questions of a tier, before there is anything to pay."""

    __tablename__ = "applications"
    __table_args__ = (
        sa.Index(
            "uq_applications_submitted",
            "member_id",
            "tier_code",
            unique=True,
            sqlite_where=_SUBMITTED,
            postgresql_where=_SUBMITTED,
        ),
    )

    application_id: Mapped[Key]
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    tier_code: Mapped[Name] = mapped_column(sa.ForeignKey("tiers.code"))
    answers: Mapped[list[str]]
    state: Mapped[ApplicationState]
    submitted_at: Mapped[datetime]
    decided_by: Mapped[TelegramId | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)


class ClaimRow(Row):
    """A membership that was imported for somebody whose Telegram account is not known yet."""

    __tablename__ = "claims"

    claim_id: Mapped[Key]
    claim: Mapped[Name] = mapped_column(unique=True)
    tier_code: Mapped[Name] = mapped_column(sa.ForeignKey("tiers.code"))
    ends_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(sa.Text)
    imported_by: Mapped[TelegramId]
    imported_at: Mapped[datetime]
    claimed_by: Mapped[TelegramId | None]
    claimed_at: Mapped[datetime | None]
