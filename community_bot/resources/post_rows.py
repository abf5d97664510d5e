"""The tables of posts, their runs, what every recipient got, and who pressed what."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.resources.rules import CopyState, PostState, RunState
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row

_UNSETTLED = sa.text("state in ('waiting', 'queued')")


class PostRow(Row):
    """A post as it was composed: what, for whom, where, when. Confirmed, only `state` changes."""

    __tablename__ = "posts"
    __table_args__ = (sa.Index("ix_posts_state_next_at", "state", "next_at"),)

    post_id: Mapped[Key]
    state: Mapped[PostState]
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    content: Mapped[Facts]
    resource_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resources.resource_id"))
    topics: Mapped[list[str]]
    least_tier: Mapped[Name | None]
    is_teaser: Mapped[bool]
    audience: Mapped[Facts | None]
    places: Mapped[list[Any]] = mapped_column(sa.JSON())
    schedule: Mapped[Facts | None]
    is_silent: Mapped[bool]
    is_protected: Mapped[bool]
    heeds_quiet: Mapped[bool]
    is_template: Mapped[bool]
    replaces: Mapped[int | None]
    made_by: Mapped[TelegramId] = mapped_column(index=True)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    mark: Mapped[str | None] = mapped_column(sa.String(64))
    submitted_by: Mapped[TelegramId | None]
    submitted_at: Mapped[datetime | None]
    approved_by: Mapped[TelegramId | None]
    approved_at: Mapped[datetime | None]


class RunRow(Row):
    """One occurrence of a post, which happens once."""

    __tablename__ = "runs"
    __table_args__ = (
        sa.UniqueConstraint("post_id", "due_at"),
        sa.Index("ix_runs_state_due_at", "state", "due_at"),
    )

    run_id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("posts.post_id"))
    due_at: Mapped[datetime]
    state: Mapped[RunState]
    content: Mapped[Facts]
    revision: Mapped[int]  # how often what was sent has been corrected
    is_late: Mapped[bool]
    again_of: Mapped[int | None]  # the run whose uncertain or failed copies this one sends again
    again_state: Mapped[CopyState | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    troubles: Mapped[list[str]]
    is_forced: Mapped[bool]  # a person said: send in spite of what the preflight found
    checked_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    mending: Mapped[Name | None]  # what is being done to all copies: correct or withdraw
    shown_at: Mapped[datetime | None]
    shown: Mapped[str | None] = mapped_column(sa.String(64))


class CopyRow(Row):
    """What one recipient gets of a run: one message or one album."""

    __tablename__ = "copies"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "chat_id", "topic_id", "part"),
        sa.Index("ix_copies_run_id_state", "run_id", "state"),
        sa.Index(
            "ix_copies_unsettled",
            "run_id",
            "copy_id",
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
        sa.Index("ix_copies_member_id", "member_id"),
    )

    copy_id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("runs.run_id"))
    chat_id: Mapped[TelegramId]
    topic_id: Mapped[TelegramId]  # nought outside of forums: it is part of the key
    member_id: Mapped[TelegramId | None]
    part: Mapped[int] = mapped_column(sa.SmallInteger)
    state: Mapped[CopyState]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    tier_code: Mapped[Name | None]
    round: Mapped[int] = mapped_column(sa.SmallInteger)
    not_before: Mapped[datetime | None]
    message_ids: Mapped[list[int] | None]
    settled_at: Mapped[datetime | None]
    revision: Mapped[int]  # of the run, as far as it was brought to this recipient
    is_withdrawn: Mapped[bool]
    mend_error: Mapped[str | None] = mapped_column(sa.Text)


class OpeningRow(Row):
    """That somebody pressed a button under a post, or opened a resource; the first time."""

    __tablename__ = "openings"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "button", "resource_id", "member_id"),
        sa.Index("ix_openings_member_id", "member_id"),
    )

    opening_id: Mapped[Key]
    run_id: Mapped[int]  # nought: opened in the library
    button: Mapped[int] = mapped_column(sa.SmallInteger)
    resource_id: Mapped[int]  # nought: an address
    member_id: Mapped[TelegramId]
    tier_code: Mapped[Name | None]
    opened_at: Mapped[datetime]
