"""Who agreed to which version of the terms, and when.

Safe with the previous release running: it only adds a table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_terms"
down_revision = "0013_partners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "terms_acceptances",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order_id"], name=op.f("fk_terms_acceptances_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("member_id", "version", name=op.f("pk_terms_acceptances")),
    )


def downgrade() -> None:
    op.drop_table("terms_acceptances")
