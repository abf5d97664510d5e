"""Orders, proofs, payments and the ledger.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_billing"
down_revision = "0002_membership"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("due_minor", sa.BigInteger(), nullable=False),
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("refund", sa.JSON(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_versions.plan_version_id"],
            name=op.f("fk_orders_plan_version_id_plan_versions"),
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_orders")),
        sa.UniqueConstraint("code", name=op.f("uq_orders_code")),
    )
    op.create_index(op.f("ix_orders_member_id"), "orders", ["member_id"], unique=False)
    op.create_index("ix_orders_state_expires_at", "orders", ["state", "expires_at"], unique=False)
    op.create_index(
        "uq_orders_open",
        "orders",
        ["member_id", "plan_version_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("state in ('awaiting_payment', 'proof_submitted')"),
        postgresql_where=sa.text("state in ('awaiting_payment', 'proof_submitted')"),
    )
    op.create_table(
        "payments",
        sa.Column("payment_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("gateway", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=255), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("payer_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_payments_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_payments")),
        sa.UniqueConstraint("gateway", "external_id", name=op.f("uq_payments_gateway_external_id")),
    )
    op.create_index(op.f("ix_payments_order_id"), "payments", ["order_id"], unique=False)
    op.create_index(op.f("ix_payments_state"), "payments", ["state"], unique=False)
    op.create_table(
        "proofs",
        sa.Column("proof_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=True),
        sa.Column("file_id", sa.String(length=255), nullable=True),
        sa.Column("file_unique_id", sa.String(length=64), nullable=True),
        sa.Column("is_document", sa.Boolean(), nullable=False),
        sa.Column("picture_hash", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_proofs_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("proof_id", name=op.f("pk_proofs")),
    )
    op.create_index(op.f("ix_proofs_file_unique_id"), "proofs", ["file_unique_id"], unique=False)
    op.create_index(op.f("ix_proofs_order_id"), "proofs", ["order_id"], unique=False)
    op.create_index(
        "uq_proofs_reference",
        "proofs",
        ["reference"],
        unique=True,
        sqlite_where=sa.text("state in ('waiting', 'accepted')"),
        postgresql_where=sa.text("state in ('waiting', 'accepted')"),
    )
    op.create_index(
        "uq_proofs_waiting",
        "proofs",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "approvals",
        sa.Column("approval_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["proofs.proof_id"], name=op.f("fk_approvals_proof_id_proofs")
        ),
        sa.PrimaryKeyConstraint("approval_id", name=op.f("pk_approvals")),
        sa.UniqueConstraint(
            "proof_id", "approver_id", name=op.f("uq_approvals_proof_id_approver_id")
        ),
    )
    op.create_table(
        "ledger",
        sa.Column("entry_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("posting", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_ledger_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.payment_id"], name=op.f("fk_ledger_payment_id_payments")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("posting", "account", name=op.f("uq_ledger_posting_account")),
    )
    op.create_index(op.f("ix_ledger_order_id"), "ledger", ["order_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_ledger_order_id"), table_name="ledger")
    op.drop_table("ledger")
    op.drop_table("approvals")
    op.drop_index(
        "uq_proofs_waiting",
        table_name="proofs",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "uq_proofs_reference",
        table_name="proofs",
        sqlite_where=sa.text("state in ('waiting', 'accepted')"),
        postgresql_where=sa.text("state in ('waiting', 'accepted')"),
    )
    op.drop_index(op.f("ix_proofs_order_id"), table_name="proofs")
    op.drop_index(op.f("ix_proofs_file_unique_id"), table_name="proofs")
    op.drop_table("proofs")
    op.drop_index(op.f("ix_payments_state"), table_name="payments")
    op.drop_index(op.f("ix_payments_order_id"), table_name="payments")
    op.drop_table("payments")
    op.drop_index(
        "uq_orders_open",
        table_name="orders",
        sqlite_where=sa.text("state in ('awaiting_payment', 'proof_submitted')"),
        postgresql_where=sa.text("state in ('awaiting_payment', 'proof_submitted')"),
    )
    op.drop_index("ix_orders_state_expires_at", table_name="orders")
    op.drop_index(op.f("ix_orders_member_id"), table_name="orders")
    op.drop_table("orders")
