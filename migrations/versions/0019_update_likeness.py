"""What an update is known by when Telegram sends it again.

Safe with the previous release running: it adds a column with a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_update_likeness"
down_revision = "0018_ticket_reading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "updates", sa.Column("likeness", sa.String(length=64), server_default="", nullable=False)
    )


def downgrade() -> None:
    with op.batch_alter_table("updates") as updates:
        updates.drop_column("likeness")
