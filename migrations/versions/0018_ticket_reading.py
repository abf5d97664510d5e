"""When a mentor has read a ticket first.

Safe with the previous release running: it only adds a column that may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018_ticket_reading"
down_revision = "0017_subscriptions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_column("read_at")
