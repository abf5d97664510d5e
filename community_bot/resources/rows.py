"""The tables of the library: resources, their versions and topics, and who follows what."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.resources.rules import ResourceState
from community_bot.resources.topic_rules import TopicKind
from community_bot.storage.columns import Facts, Key, Name, TelegramId
from community_bot.storage.rows import Row


class ResourceRow(Row):
    """Something worth posting; `revision` is the count of the library's changes when it changed."""

    __tablename__ = "resources"

    resource_id: Mapped[Key]
    state: Mapped[ResourceState] = mapped_column(index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    content: Mapped[Facts]
    least_tier: Mapped[Name | None]
    is_hidden: Mapped[bool]  # below the tier not even the title is shown
    author_id: Mapped[TelegramId]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(index=True)


class ResourceVersionRow(Row):
    """What a resource said from one save on; only where its archived copy is ever changes."""

    __tablename__ = "resource_versions"
    __table_args__ = (sa.UniqueConstraint("resource_id", "version"),)

    resource_version_id: Mapped[Key]
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("resources.resource_id"))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    content: Mapped[Facts]
    saved_by: Mapped[TelegramId]
    saved_at: Mapped[datetime]
    archive_chat_id: Mapped[TelegramId | None]
    archive_message_ids: Mapped[list[int] | None]
    archived_at: Mapped[datetime | None]


class LibraryTopicRow(Row):
    """A market or a subject, under a number short enough for a button."""

    __tablename__ = "library_topics"

    topic_id: Mapped[Key]
    code: Mapped[Name] = mapped_column(unique=True)
    kind: Mapped[TopicKind]
    made_at: Mapped[datetime]


class ResourceTopicRow(Row):
    """That a resource is about a topic."""

    __tablename__ = "resource_topics"

    resource_id: Mapped[int] = mapped_column(
        sa.ForeignKey("resources.resource_id"), primary_key=True
    )
    topic_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_topics.topic_id"), primary_key=True, index=True
    )


class FollowRow(Row):
    """That a member wants to hear of a topic."""

    __tablename__ = "topic_follows"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_topics.topic_id"), primary_key=True, index=True
    )
    followed_at: Mapped[datetime]


class QuietHoursRow(Row):
    """When nothing may ring at a member's, by their own clock."""

    __tablename__ = "quiet_hours"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    zone: Mapped[Name]
    from_minute: Mapped[int] = mapped_column(sa.SmallInteger)
    until_minute: Mapped[int] = mapped_column(sa.SmallInteger)
    chosen_at: Mapped[datetime]


class LibraryPulseRow(Row):
    """One row: how many changes the library has seen."""

    __tablename__ = "library_pulse"

    pulse_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
