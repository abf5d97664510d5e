"""The tables of members and of the staff roles that were given."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.people.roles import Role
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row


class MemberRow(Row):
    """A person the community knows, under their Telegram id."""

    __tablename__ = "members"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(sa.String(128))
    username: Mapped[Name | None] = mapped_column(index=True)
    guessed_locale: Mapped[str] = mapped_column(sa.String(8))
    chosen_locale: Mapped[str | None] = mapped_column(sa.String(8))
    first_seen_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class StaffRoleRow(Row):
    """A role that somebody gave to a person."""

    __tablename__ = "staff_roles"
    __table_args__ = (sa.UniqueConstraint("member_id", "role"),)

    staff_role_id: Mapped[Key]
    member_id: Mapped[TelegramId] = mapped_column(index=True)
    role: Mapped[Role]
    given_by: Mapped[TelegramId | None]
    given_at: Mapped[datetime]


class DraftRow(Row):
    """What a person is in the middle of telling us: one thing at a time, kept over a restart."""

    __tablename__ = "drafts"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[Name]
    facts: Mapped[Facts]
    begun_at: Mapped[datetime]
