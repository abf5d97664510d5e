"""What a shown picture looks like takes more room than a name.

Safe with the previous release running: it only widens a column that nothing has written yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_picture_looks"
down_revision = "0014_terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proofs") as proofs:
        proofs.alter_column(
            "picture_hash", existing_type=sa.String(length=64), type_=sa.Text(), nullable=True
        )


def downgrade() -> None:
    op.execute(sa.text("UPDATE proofs SET picture_hash = NULL"))
    with op.batch_alter_table("proofs") as proofs:
        proofs.alter_column(
            "picture_hash", existing_type=sa.Text(), type_=sa.String(length=64), nullable=True
        )
