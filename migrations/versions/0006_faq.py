"""The FAQ: entries, versions, topics, searches, votes and what is learnt.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_faq"
down_revision = "0005_admission_and_fapiao"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "faq_entries",
        sa.Column("entry_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("markets", sa.JSON(), nullable=False),
        sa.Column("least_tier", sa.String(length=64), nullable=True),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("review_days", sa.Integer(), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.BigInteger(), nullable=True),
        sa.Column("doubted_for", sa.String(32), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_ticket_id", sa.Integer(), nullable=True),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_faq_entries")),
    )
    op.create_index(op.f("ix_faq_entries_review_at"), "faq_entries", ["review_at"], unique=False)
    op.create_index(op.f("ix_faq_entries_revision"), "faq_entries", ["revision"], unique=False)
    op.create_index(op.f("ix_faq_entries_state"), "faq_entries", ["state"], unique=False)
    op.create_table(
        "faq_pulse",
        sa.Column("pulse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pulse_id", name=op.f("pk_faq_pulse")),
    )
    op.create_table(
        "faq_searches",
        sa.Column("search_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("wording", sa.String(length=200), nullable=False),
        sa.Column("normal", sa.String(length=200), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("is_failed", sa.Boolean(), nullable=False),
        sa.Column("searched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("search_id", name=op.f("pk_faq_searches")),
    )
    op.create_index(op.f("ix_faq_searches_member_id"), "faq_searches", ["member_id"], unique=False)
    op.create_index(op.f("ix_faq_searches_normal"), "faq_searches", ["normal"], unique=False)
    op.create_index(
        "ix_faq_searches_verdict_searched_at",
        "faq_searches",
        ["verdict", "searched_at"],
        unique=False,
    )
    op.create_table(
        "faq_terms",
        sa.Column("term_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("term_id", name=op.f("pk_faq_terms")),
    )
    op.create_table(
        "faq_topics",
        sa.Column("topic_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_faq_topics")),
        sa.UniqueConstraint("code", name=op.f("uq_faq_topics_code")),
    )
    op.create_table(
        "faq_confirmations",
        sa.Column("confirmation_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("wording", sa.String(length=200), nullable=False),
        sa.Column("normal", sa.String(length=200), nullable=False),
        sa.Column("sign", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["faq_entries.entry_id"],
            name=op.f("fk_faq_confirmations_entry_id_faq_entries"),
        ),
        sa.PrimaryKeyConstraint("confirmation_id", name=op.f("pk_faq_confirmations")),
        sa.UniqueConstraint(
            "entry_id",
            "member_id",
            "normal",
            "sign",
            name=op.f("uq_faq_confirmations_entry_id_member_id_normal_sign"),
        ),
    )
    op.create_index(
        op.f("ix_faq_confirmations_revision"), "faq_confirmations", ["revision"], unique=False
    )
    op.create_table(
        "faq_gaps",
        sa.Column("gap_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("normal", sa.String(length=200), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["faq_entries.entry_id"], name=op.f("fk_faq_gaps_entry_id_faq_entries")
        ),
        sa.PrimaryKeyConstraint("gap_id", name=op.f("pk_faq_gaps")),
        sa.UniqueConstraint("normal", name=op.f("uq_faq_gaps_normal")),
    )
    op.create_table(
        "faq_postings",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["faq_entries.entry_id"],
            name=op.f("fk_faq_postings_entry_id_faq_entries"),
        ),
        sa.PrimaryKeyConstraint("chat_id", "entry_id", name=op.f("pk_faq_postings")),
    )
    op.create_table(
        "faq_readings",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["faq_entries.entry_id"],
            name=op.f("fk_faq_readings_entry_id_faq_entries"),
        ),
        sa.PrimaryKeyConstraint("entry_id", "member_id", name=op.f("pk_faq_readings")),
    )
    op.create_table(
        "faq_versions",
        sa.Column("version_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["faq_entries.entry_id"],
            name=op.f("fk_faq_versions_entry_id_faq_entries"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_faq_versions")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_faq_versions_entry_id_version")),
    )
    op.create_table(
        "faq_votes",
        sa.Column("vote_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("is_up", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["faq_entries.entry_id"], name=op.f("fk_faq_votes_entry_id_faq_entries")
        ),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_faq_votes")),
        sa.UniqueConstraint(
            "entry_id", "version", "member_id", name=op.f("uq_faq_votes_entry_id_version_member_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("faq_votes")
    op.drop_table("faq_versions")
    op.drop_table("faq_readings")
    op.drop_table("faq_postings")
    op.drop_table("faq_gaps")
    op.drop_index(op.f("ix_faq_confirmations_revision"), table_name="faq_confirmations")
    op.drop_table("faq_confirmations")
    op.drop_table("faq_topics")
    op.drop_table("faq_terms")
    op.drop_index("ix_faq_searches_verdict_searched_at", table_name="faq_searches")
    op.drop_index(op.f("ix_faq_searches_normal"), table_name="faq_searches")
    op.drop_index(op.f("ix_faq_searches_member_id"), table_name="faq_searches")
    op.drop_table("faq_searches")
    op.drop_table("faq_pulse")
    op.drop_index(op.f("ix_faq_entries_state"), table_name="faq_entries")
    op.drop_index(op.f("ix_faq_entries_revision"), table_name="faq_entries")
    op.drop_index(op.f("ix_faq_entries_review_at"), table_name="faq_entries")
    op.drop_table("faq_entries")
