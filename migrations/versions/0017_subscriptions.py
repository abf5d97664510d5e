"""Plans that Telegram charges Stars for every thirty days, and who has one.

Safe with the previous release running: it adds a table and a column with a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_subscriptions"
down_revision = "0016_faq_askings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "plan_versions",
        sa.Column("stars_renew", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "subscriptions",
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_order_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_code", sa.String(length=64), nullable=False),
        sa.Column("charge_id", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("charged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["last_order_id"],
            ["orders.order_id"],
            name=op.f("fk_subscriptions_last_order_id_orders"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_subscriptions_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["tier_code"], ["tiers.code"], name=op.f("fk_subscriptions_tier_code_tiers")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_member_id"), "subscriptions", ["member_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_subscriptions_member_id"), table_name="subscriptions")
    op.drop_table("subscriptions")
    with op.batch_alter_table("plan_versions") as plans:
        plans.drop_column("stars_renew")
