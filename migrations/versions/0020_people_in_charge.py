"""Who runs a space: what is seen of them is not ours to change.

Safe with the previous release running: it adds a column with a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_people_in_charge"
down_revision = "0019_update_likeness"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "presences",
        sa.Column("is_in_charge", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    with op.batch_alter_table("presences") as presences:
        presences.drop_column("is_in_charge")
