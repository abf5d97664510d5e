"""Refunds, coupons and codes that give a membership.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_refunds_and_codes"
down_revision = "0003_billing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coupons",
        sa.Column("coupon_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("plan_codes", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("coupon_id", name=op.f("pk_coupons")),
        sa.UniqueConstraint("code", name=op.f("uq_coupons_code")),
    )
    op.create_table(
        "access_codes",
        sa.Column("access_code_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("redeemed_by", sa.BigInteger(), nullable=True),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_access_codes_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_versions.plan_version_id"],
            name=op.f("fk_access_codes_plan_version_id_plan_versions"),
        ),
        sa.PrimaryKeyConstraint("access_code_id", name=op.f("pk_access_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_access_codes_code")),
        sa.UniqueConstraint("order_id", name=op.f("uq_access_codes_order_id")),
    )
    op.create_index(
        op.f("ix_access_codes_redeemed_by"), "access_codes", ["redeemed_by"], unique=False
    )
    op.create_table(
        "redemptions",
        sa.Column("redemption_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("coupon_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coupon_id"], ["coupons.coupon_id"], name=op.f("fk_redemptions_coupon_id_coupons")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_redemptions_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("redemption_id", name=op.f("pk_redemptions")),
        sa.UniqueConstraint("order_id", name=op.f("uq_redemptions_order_id")),
    )
    op.create_index(op.f("ix_redemptions_coupon_id"), "redemptions", ["coupon_id"], unique=False)
    op.create_table(
        "refund_cases",
        sa.Column("case_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quote", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_refund_cases_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_refund_cases")),
    )
    op.create_index(op.f("ix_refund_cases_member_id"), "refund_cases", ["member_id"], unique=False)
    op.create_index(op.f("ix_refund_cases_order_id"), "refund_cases", ["order_id"], unique=False)
    op.create_index(op.f("ix_refund_cases_state"), "refund_cases", ["state"], unique=False)
    op.create_index(
        "uq_refund_cases_under_way",
        "refund_cases",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state in ('open', 'needs_admin', 'needs_member', 'appealed')"),
        postgresql_where=sa.text("state in ('open', 'needs_admin', 'needs_member', 'appealed')"),
    )
    op.create_table(
        "refunds",
        sa.Column("refund_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(length=64), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["refund_cases.case_id"], name=op.f("fk_refunds_case_id_refund_cases")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_refunds_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.payment_id"], name=op.f("fk_refunds_payment_id_payments")
        ),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_order_id"), "refunds", ["order_id"], unique=False)
    op.create_index(op.f("ix_refunds_payment_id"), "refunds", ["payment_id"], unique=False)
    op.create_index("ix_refunds_state", "refunds", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_refunds_state", table_name="refunds")
    op.drop_index(op.f("ix_refunds_payment_id"), table_name="refunds")
    op.drop_index(op.f("ix_refunds_order_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_index(
        "uq_refund_cases_under_way",
        table_name="refund_cases",
        sqlite_where=sa.text("state in ('open', 'needs_admin', 'needs_member', 'appealed')"),
        postgresql_where=sa.text("state in ('open', 'needs_admin', 'needs_member', 'appealed')"),
    )
    op.drop_index(op.f("ix_refund_cases_state"), table_name="refund_cases")
    op.drop_index(op.f("ix_refund_cases_order_id"), table_name="refund_cases")
    op.drop_index(op.f("ix_refund_cases_member_id"), table_name="refund_cases")
    op.drop_table("refund_cases")
    op.drop_index(op.f("ix_redemptions_coupon_id"), table_name="redemptions")
    op.drop_table("redemptions")
    op.drop_index(op.f("ix_access_codes_redeemed_by"), table_name="access_codes")
    op.drop_table("access_codes")
    op.drop_table("coupons")
