"""The library, posts, their runs and what every recipient got.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_resources"
down_revision = "0010_membership_more"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "library_pulse",
        sa.Column("pulse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pulse_id", name=op.f("pk_library_pulse")),
    )
    op.create_table(
        "library_topics",
        sa.Column("topic_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_library_topics")),
        sa.UniqueConstraint("code", name=op.f("uq_library_topics_code")),
    )
    op.create_table(
        "openings",
        sa.Column("opening_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("button", sa.SmallInteger(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_code", sa.String(length=64), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("opening_id", name=op.f("pk_openings")),
        sa.UniqueConstraint(
            "run_id",
            "button",
            "resource_id",
            "member_id",
            name=op.f("uq_openings_run_id_button_resource_id_member_id"),
        ),
    )
    op.create_index("ix_openings_member_id", "openings", ["member_id"], unique=False)
    op.create_table(
        "quiet_hours",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("from_minute", sa.SmallInteger(), nullable=False),
        sa.Column("until_minute", sa.SmallInteger(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "resources",
        sa.Column("resource_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("least_tier", sa.String(length=64), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resources")),
    )
    op.create_index(op.f("ix_resources_revision"), "resources", ["revision"], unique=False)
    op.create_index(op.f("ix_resources_state"), "resources", ["state"], unique=False)
    op.create_table(
        "posts",
        sa.Column("post_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("least_tier", sa.String(length=64), nullable=True),
        sa.Column("is_teaser", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("schedule", sa.JSON(), nullable=True),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("heeds_quiet", sa.Boolean(), nullable=False),
        sa.Column("is_template", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.resource_id"], name=op.f("fk_posts_resource_id_resources")
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_made_by"), "posts", ["made_by"], unique=False)
    op.create_index("ix_posts_state_next_at", "posts", ["state", "next_at"], unique=False)
    op.create_table(
        "resource_topics",
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resources.resource_id"],
            name=op.f("fk_resource_topics_resource_id_resources"),
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["library_topics.topic_id"],
            name=op.f("fk_resource_topics_topic_id_library_topics"),
        ),
        sa.PrimaryKeyConstraint("resource_id", "topic_id", name=op.f("pk_resource_topics")),
    )
    op.create_index(
        op.f("ix_resource_topics_topic_id"), "resource_topics", ["topic_id"], unique=False
    )
    op.create_table(
        "resource_versions",
        sa.Column("resource_version_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archive_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("archive_message_ids", sa.JSON(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resources.resource_id"],
            name=op.f("fk_resource_versions_resource_id_resources"),
        ),
        sa.PrimaryKeyConstraint("resource_version_id", name=op.f("pk_resource_versions")),
        sa.UniqueConstraint(
            "resource_id", "version", name=op.f("uq_resource_versions_resource_id_version")
        ),
    )
    op.create_table(
        "topic_follows",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["library_topics.topic_id"],
            name=op.f("fk_topic_follows_topic_id_library_topics"),
        ),
        sa.PrimaryKeyConstraint("member_id", "topic_id", name=op.f("pk_topic_follows")),
    )
    op.create_index(op.f("ix_topic_follows_topic_id"), "topic_follows", ["topic_id"], unique=False)
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("again_of", sa.Integer(), nullable=True),
        sa.Column("again_state", sa.String(32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("troubles", sa.JSON(), nullable=False),
        sa.Column("is_forced", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mending", sa.String(length=64), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.post_id"], name=op.f("fk_runs_post_id_posts")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
        sa.UniqueConstraint("post_id", "due_at", name=op.f("uq_runs_post_id_due_at")),
    )
    op.create_index("ix_runs_state_due_at", "runs", ["state", "due_at"], unique=False)
    op.create_table(
        "copies",
        sa.Column("copy_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("tier_code", sa.String(length=64), nullable=True),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_ids", sa.JSON(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("mend_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_copies_run_id_runs")),
        sa.PrimaryKeyConstraint("copy_id", name=op.f("pk_copies")),
        sa.UniqueConstraint(
            "run_id",
            "chat_id",
            "topic_id",
            "part",
            name=op.f("uq_copies_run_id_chat_id_topic_id_part"),
        ),
    )
    op.create_index("ix_copies_member_id", "copies", ["member_id"], unique=False)
    op.create_index("ix_copies_run_id_state", "copies", ["run_id", "state"], unique=False)
    op.create_index(
        "ix_copies_unsettled",
        "copies",
        ["run_id", "copy_id"],
        unique=False,
        sqlite_where=sa.text("state in ('waiting', 'queued')"),
        postgresql_where=sa.text("state in ('waiting', 'queued')"),
    )


def downgrade() -> None:
    op.drop_table("copies")
    op.drop_table("runs")
    op.drop_table("topic_follows")
    op.drop_table("resource_versions")
    op.drop_table("resource_topics")
    op.drop_table("posts")
    op.drop_table("resources")
    op.drop_table("quiet_hours")
    op.drop_table("openings")
    op.drop_table("library_topics")
    op.drop_table("library_pulse")
