"""Tiers, plans, entitlements and spaces.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_membership"
down_revision = "0001_spine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("hold_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=128), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_holds")),
        sa.UniqueConstraint("reason", name=op.f("uq_holds_reason")),
    )
    op.create_index(op.f("ix_holds_member_id"), "holds", ["member_id"], unique=False)
    op.create_table(
        "removal_pauses",
        sa.Column("pause_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reason", sa.String(length=128), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_by", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("pause_id", name=op.f("pk_removal_pauses")),
    )
    op.create_table(
        "spaces",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("door", sa.String(length=255), nullable=True),
        sa.Column("bound_by", sa.BigInteger(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_spaces")),
    )
    op.create_index(op.f("ix_spaces_role"), "spaces", ["role"], unique=False)
    op.create_table(
        "tiers",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("benefits", sa.JSON(), nullable=False),
        sa.Column("questions_per_month", sa.Integer(), nullable=True),
        sa.Column("answer_hours", sa.Integer(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("opens", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("successor", sa.String(length=64), nullable=True),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("admission", sa.JSON(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_tiers")),
    )
    op.create_table(
        "plan_versions",
        sa.Column("plan_version_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tier_code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.JSON(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("refund", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tier_code"], ["tiers.code"], name=op.f("fk_plan_versions_tier_code_tiers")
        ),
        sa.PrimaryKeyConstraint("plan_version_id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_plan_versions_code_version")),
    )
    op.create_table(
        "presences",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["spaces.chat_id"],
            name=op.f("fk_presences_chat_id_spaces"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "member_id", name=op.f("pk_presences")),
    )
    op.create_index(op.f("ix_presences_member_id"), "presences", ["member_id"], unique=False)
    op.create_table(
        "entitlements",
        sa.Column("entitlement_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_code", sa.String(length=64), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("source_key", sa.String(length=128), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_for", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_versions.plan_version_id"],
            name=op.f("fk_entitlements_plan_version_id_plan_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["tier_code"], ["tiers.code"], name=op.f("fk_entitlements_tier_code_tiers")
        ),
        sa.PrimaryKeyConstraint("entitlement_id", name=op.f("pk_entitlements")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_entitlements_source_source_key")),
    )
    op.create_index("ix_entitlements_ends_at", "entitlements", ["ends_at"], unique=False)
    op.create_index(op.f("ix_entitlements_member_id"), "entitlements", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_entitlements_member_id"), table_name="entitlements")
    op.drop_index("ix_entitlements_ends_at", table_name="entitlements")
    op.drop_table("entitlements")
    op.drop_index(op.f("ix_presences_member_id"), table_name="presences")
    op.drop_table("presences")
    op.drop_table("plan_versions")
    op.drop_table("tiers")
    op.drop_index(op.f("ix_spaces_role"), table_name="spaces")
    op.drop_table("spaces")
    op.drop_table("removal_pauses")
    op.drop_index(op.f("ix_holds_member_id"), table_name="holds")
    op.drop_table("holds")
