"""The directory of partners, introductions, what members think of partners, and digests.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_partners"
down_revision = "0012_courses"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state in ('asked', 'taken')")


def upgrade() -> None:
    op.create_table(
        "partners",
        sa.Column("partner_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("least_tier", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("partner_id", name=op.f("pk_partners")),
    )
    op.create_index(op.f("ix_partners_state"), "partners", ["state"], unique=False)
    op.create_table(
        "partner_topics",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.partner_id"],
            name=op.f("fk_partner_topics_partner_id_partners"),
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["library_topics.topic_id"],
            name=op.f("fk_partner_topics_topic_id_library_topics"),
        ),
        sa.PrimaryKeyConstraint("partner_id", "topic_id", name=op.f("pk_partner_topics")),
    )
    op.create_index(op.f("ix_partner_topics_topic_id"), "partner_topics", ["topic_id"])
    op.create_table(
        "partner_ratings",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.partner_id"],
            name=op.f("fk_partner_ratings_partner_id_partners"),
        ),
        sa.PrimaryKeyConstraint("partner_id", "member_id", name=op.f("pk_partner_ratings")),
    )
    op.create_table(
        "introductions",
        sa.Column("introduction_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.partner_id"],
            name=op.f("fk_introductions_partner_id_partners"),
        ),
        sa.PrimaryKeyConstraint("introduction_id", name=op.f("pk_introductions")),
    )
    op.create_index(op.f("ix_introductions_member_id"), "introductions", ["member_id"])
    op.create_index(op.f("ix_introductions_state"), "introductions", ["state"])
    op.create_index(
        "uq_introductions_open",
        "introductions",
        ["partner_id", "member_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_table(
        "digests",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pace", sa.String(32), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_digests")),
    )
    op.create_index(op.f("ix_digests_next_at"), "digests", ["next_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_digests_next_at"), table_name="digests")
    op.drop_table("digests")
    op.drop_index(
        "uq_introductions_open",
        table_name="introductions",
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.drop_index(op.f("ix_introductions_state"), table_name="introductions")
    op.drop_index(op.f("ix_introductions_member_id"), table_name="introductions")
    op.drop_table("introductions")
    op.drop_table("partner_ratings")
    op.drop_index(op.f("ix_partner_topics_topic_id"), table_name="partner_topics")
    op.drop_table("partner_topics")
    op.drop_index(op.f("ix_partners_state"), table_name="partners")
    op.drop_table("partners")
