"""Which messages begin with a command, or the bot's name, that is no part of what was asked.

Safe with the previous release running: it only adds a column that has a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_cut_words"
down_revision = "0023_question_pauses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ticket_messages",
        sa.Column("is_cut", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    with op.batch_alter_table("ticket_messages") as messages:
        messages.drop_column("is_cut")
