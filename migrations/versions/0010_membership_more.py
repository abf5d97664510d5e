"""Marks in spaces, waiting lists, recommendations, statements, wishes to be forgotten, lessons.

Safe with the previous release running: it adds tables, and one column with a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_membership_more"
down_revision = "0009_tickets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "spaces", sa.Column("is_channel", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "marks",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("asked", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.String(length=64), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["spaces.chat_id"],
            name=op.f("fk_marks_chat_id_spaces"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "member_id", "kind", name=op.f("pk_marks")),
    )
    op.create_index(op.f("ix_marks_member_id"), "marks", ["member_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("statement_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statements")),
    )
    op.create_table(
        "statement_lines",
        sa.Column("line_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payer", sa.String(length=128), nullable=True),
        sa.Column("note", sa.String(length=128), nullable=True),
        sa.Column("put_aside_by", sa.BigInteger(), nullable=True),
        sa.Column("put_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.statement_id"],
            name=op.f("fk_statement_lines_statement_id_statements"),
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_statement_lines")),
        sa.UniqueConstraint("reference", name=op.f("uq_statement_lines_reference")),
    )
    op.create_index(
        op.f("ix_statement_lines_statement_id"), "statement_lines", ["statement_id"], unique=False
    )
    op.create_table(
        "waitlist",
        sa.Column("place_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_code", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tier_code"], ["tiers.code"], name=op.f("fk_waitlist_tier_code_tiers")
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_waitlist")),
    )
    op.create_index(op.f("ix_waitlist_tier_code"), "waitlist", ["tier_code"], unique=False)
    op.create_index(
        "uq_waitlist_queued",
        "waitlist",
        ["member_id", "tier_code"],
        unique=True,
        sqlite_where=sa.text("state in ('waiting', 'offered')"),
        postgresql_where=sa.text("state in ('waiting', 'offered')"),
    )
    op.create_table(
        "referral_codes",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_referral_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_referral_codes_code")),
    )
    op.create_table(
        "referrals",
        sa.Column("referral_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("friend_id", sa.BigInteger(), nullable=False),
        sa.Column("referrer_id", sa.BigInteger(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rewarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("friend_id", name=op.f("uq_referrals_friend_id")),
    )
    op.create_index(op.f("ix_referrals_referrer_id"), "referrals", ["referrer_id"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("erasure_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasures")),
    )
    op.create_index(
        "uq_erasures_asked",
        "erasures",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "lesson_counts",
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counted_by", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_lesson_counts_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_lesson_counts")),
    )


def downgrade() -> None:
    op.drop_table("lesson_counts")
    op.drop_index(
        "uq_erasures_asked",
        table_name="erasures",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_table("erasures")
    op.drop_index(op.f("ix_referrals_referrer_id"), table_name="referrals")
    op.drop_table("referrals")
    op.drop_table("referral_codes")
    op.drop_index(
        "uq_waitlist_queued",
        table_name="waitlist",
        sqlite_where=sa.text("state in ('waiting', 'offered')"),
        postgresql_where=sa.text("state in ('waiting', 'offered')"),
    )
    op.drop_index(op.f("ix_waitlist_tier_code"), table_name="waitlist")
    op.drop_table("waitlist")
    op.drop_index(op.f("ix_statement_lines_statement_id"), table_name="statement_lines")
    op.drop_table("statement_lines")
    op.drop_table("statements")
    op.drop_index(op.f("ix_marks_member_id"), table_name="marks")
    op.drop_table("marks")
    op.drop_column("spaces", "is_channel")
