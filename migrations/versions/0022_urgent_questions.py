"""How many questions a tier may call urgent, and when one was.

Safe with the previous release running: it only adds columns that have a default or may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_urgent_questions"
down_revision = "0021_subscription_holders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tiers", sa.Column("urgent_per_month", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("tickets", sa.Column("urgent_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_column("urgent_at")
    with op.batch_alter_table("tiers") as tiers:
        tiers.drop_column("urgent_per_month")
