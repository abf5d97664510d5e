"""Until when somebody who floods the mentors may ask nothing new.

Safe with the previous release running: it only adds a table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_question_pauses"
down_revision = "0022_urgent_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_pauses",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_question_pauses")),
    )


def downgrade() -> None:
    op.drop_table("question_pauses")
