"""Who asked a mentor after they had read an entry of the FAQ, at which version.

Safe with the previous release running: it only adds a table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_faq_askings"
down_revision = "0015_picture_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "faq_askings",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["faq_entries.entry_id"],
            name=op.f("fk_faq_askings_entry_id_faq_entries"),
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", "member_id", name=op.f("pk_faq_askings")),
    )
    # What members confirmed who were forgotten since was marked in a way that nothing can read.
    op.execute(
        "UPDATE faq_confirmations SET undone_at = confirmed_at, undone_by = member_id, "
        "sign = 'opened' WHERE sign = 'erased'"
    )


def downgrade() -> None:
    op.drop_table("faq_askings")
