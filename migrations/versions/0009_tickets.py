"""Tickets: drafts, messages and where they were carried, events, quotas, followers, ratings.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_tickets"
down_revision = "0008_business_time"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("ticket_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tier_code", sa.String(length=64), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("market", sa.String(length=64), nullable=True),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("group_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("group_message_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("escalation", sa.SmallInteger(), nullable=False),
        sa.Column("is_hard", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_unreachable", sa.Boolean(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolve_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("desk_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("forum_topic_id", sa.BigInteger(), nullable=True),
        sa.Column("entries_read", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state <> 'queued' OR assignee_id IS NULL", name=op.f("ck_tickets_queued_by_nobody")
        ),
        sa.CheckConstraint(
            "state NOT IN ('active', 'answered') OR assignee_id IS NOT NULL",
            name=op.f("ck_tickets_held_by_one"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["tickets.ticket_id"],
            name=op.f("fk_tickets_merged_into_id_tickets"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["tickets.ticket_id"], name=op.f("fk_tickets_parent_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("token", name=op.f("uq_tickets_token")),
    )
    op.create_index(
        "ix_tickets_assignee_id_state", "tickets", ["assignee_id", "state"], unique=False
    )
    op.create_index(
        "ix_tickets_desk_chat_id_forum_topic_id",
        "tickets",
        ["desk_chat_id", "forum_topic_id"],
        unique=False,
    )
    op.create_index("ix_tickets_member_id_state", "tickets", ["member_id", "state"], unique=False)
    op.create_index("ix_tickets_state_due_at", "tickets", ["state", "due_at"], unique=False)
    op.create_table(
        "question_drafts",
        sa.Column("draft_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("market", sa.String(length=64), nullable=True),
        sa.Column("is_topic_chosen", sa.Boolean(), nullable=False),
        sa.Column("is_market_chosen", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("group_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("group_message_id", sa.BigInteger(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("entries_read", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follows_id"],
            ["tickets.ticket_id"],
            name=op.f("fk_question_drafts_follows_id_tickets"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_question_drafts_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_question_drafts")),
    )
    op.create_index(
        "ix_question_drafts_state_last_said_at",
        "question_drafts",
        ["state", "last_said_at"],
        unique=False,
    )
    op.create_index(
        "uq_question_drafts_gathering",
        "question_drafts",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("state = 'gathering'"),
        postgresql_where=sa.text("state = 'gathering'"),
    )
    op.create_table(
        "question_uses",
        sa.Column("use_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_back_for", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_question_uses_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("use_id", name=op.f("pk_question_uses")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_question_uses_ticket_id")),
    )
    op.create_index(
        "ix_question_uses_member_id_month", "question_uses", ["member_id", "month"], unique=False
    )
    op.create_table(
        "ticket_anchors",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_ticket_anchors_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_ticket_anchors")),
    )
    op.create_index(
        op.f("ix_ticket_anchors_ticket_id"), "ticket_anchors", ["ticket_id"], unique=False
    )
    op.create_table(
        "ticket_events",
        sa.Column("event_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happening", sa.String(32), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("from_state", sa.String(32), nullable=True),
        sa.Column("to_state", sa.String(32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("beat", sa.String(length=64), nullable=True),
        sa.Column("target_minutes", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_ticket_events_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_ticket_events")),
    )
    op.create_index(
        "ix_ticket_events_happening_at", "ticket_events", ["happening", "at"], unique=False
    )
    op.create_index(
        op.f("ix_ticket_events_ticket_id"), "ticket_events", ["ticket_id"], unique=False
    )
    op.create_table(
        "ticket_followers",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_ticket_followers_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "member_id", name=op.f("pk_ticket_followers")),
    )
    op.create_table(
        "ticket_ratings",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("mentor_id", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_ticket_ratings_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_ratings")),
    )
    op.create_index(
        op.f("ix_ticket_ratings_mentor_id"), "ticket_ratings", ["mentor_id"], unique=False
    )
    op.create_table(
        "ticket_messages",
        sa.Column("ticket_message_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("forum_topic_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("entities", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.String(length=255), nullable=True),
        sa.Column("media_group_id", sa.String(length=64), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_courtesy", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("relay_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["question_drafts.draft_id"],
            name=op.f("fk_ticket_messages_draft_id_question_drafts"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_ticket_messages_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_message_id", name=op.f("pk_ticket_messages")),
        sa.UniqueConstraint(
            "chat_id", "message_id", name=op.f("uq_ticket_messages_chat_id_message_id")
        ),
    )
    op.create_index(
        op.f("ix_ticket_messages_draft_id"), "ticket_messages", ["draft_id"], unique=False
    )
    op.create_index(
        "ix_ticket_messages_relay_at",
        "ticket_messages",
        ["relay_at"],
        unique=False,
        sqlite_where=sa.text("relay_at is not null"),
        postgresql_where=sa.text("relay_at is not null"),
    )
    op.create_index(
        op.f("ix_ticket_messages_ticket_id"), "ticket_messages", ["ticket_id"], unique=False
    )
    op.create_table(
        "ticket_message_versions",
        sa.Column("ticket_message_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("entities", sa.JSON(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_message_id"],
            ["ticket_messages.ticket_message_id"],
            name=op.f("fk_ticket_message_versions_ticket_message_id_ticket_messages"),
        ),
        sa.PrimaryKeyConstraint(
            "ticket_message_id", "version", name=op.f("pk_ticket_message_versions")
        ),
    )
    op.create_table(
        "ticket_relays",
        sa.Column("relay_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_message_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("forum_topic_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_for", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "audience = 'desk' OR kind = 'public'", name=op.f("ck_ticket_relays_only_public_leaves")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.ticket_id"], name=op.f("fk_ticket_relays_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_message_id"],
            ["ticket_messages.ticket_message_id"],
            name=op.f("fk_ticket_relays_ticket_message_id_ticket_messages"),
        ),
        sa.PrimaryKeyConstraint("relay_id", name=op.f("pk_ticket_relays")),
        sa.UniqueConstraint(
            "chat_id", "message_id", name=op.f("uq_ticket_relays_chat_id_message_id")
        ),
        sa.UniqueConstraint(
            "ticket_message_id", "chat_id", name=op.f("uq_ticket_relays_ticket_message_id_chat_id")
        ),
    )
    op.create_index(
        op.f("ix_ticket_relays_ticket_id"), "ticket_relays", ["ticket_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_ticket_relays_ticket_id"), table_name="ticket_relays")
    op.drop_table("ticket_relays")
    op.drop_table("ticket_message_versions")
    op.drop_index(op.f("ix_ticket_messages_ticket_id"), table_name="ticket_messages")
    op.drop_index(
        "ix_ticket_messages_relay_at",
        table_name="ticket_messages",
        sqlite_where=sa.text("relay_at is not null"),
        postgresql_where=sa.text("relay_at is not null"),
    )
    op.drop_index(op.f("ix_ticket_messages_draft_id"), table_name="ticket_messages")
    op.drop_table("ticket_messages")
    op.drop_index(op.f("ix_ticket_ratings_mentor_id"), table_name="ticket_ratings")
    op.drop_table("ticket_ratings")
    op.drop_table("ticket_followers")
    op.drop_index(op.f("ix_ticket_events_ticket_id"), table_name="ticket_events")
    op.drop_index("ix_ticket_events_happening_at", table_name="ticket_events")
    op.drop_table("ticket_events")
    op.drop_index(op.f("ix_ticket_anchors_ticket_id"), table_name="ticket_anchors")
    op.drop_table("ticket_anchors")
    op.drop_index("ix_question_uses_member_id_month", table_name="question_uses")
    op.drop_table("question_uses")
    op.drop_index(
        "uq_question_drafts_gathering",
        table_name="question_drafts",
        sqlite_where=sa.text("state = 'gathering'"),
        postgresql_where=sa.text("state = 'gathering'"),
    )
    op.drop_index("ix_question_drafts_state_last_said_at", table_name="question_drafts")
    op.drop_table("question_drafts")
    op.drop_index("ix_tickets_state_due_at", table_name="tickets")
    op.drop_index("ix_tickets_member_id_state", table_name="tickets")
    op.drop_index("ix_tickets_desk_chat_id_forum_topic_id", table_name="tickets")
    op.drop_index("ix_tickets_assignee_id_state", table_name="tickets")
    op.drop_table("tickets")
