"""Cards that live on, and what a delivery belongs to.

Safe with the previous release running: it adds a table, and columns that may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_delivery_cards"
down_revision = "0006_faq"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("card", sa.String(length=64), nullable=True))
    op.add_column("deliveries", sa.Column("about", sa.String(length=64), nullable=True))
    op.create_index(
        "ix_deliveries_card",
        "deliveries",
        ["card", "chat_id"],
        unique=False,
        sqlite_where=sa.text("card is not null"),
        postgresql_where=sa.text("card is not null"),
    )
    op.create_index(
        "ix_deliveries_about",
        "deliveries",
        ["about", "state"],
        unique=False,
        sqlite_where=sa.text("about is not null"),
        postgresql_where=sa.text("about is not null"),
    )
    op.create_table(
        "cards",
        sa.Column("card", sa.String(length=64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("card", "chat_id", name=op.f("pk_cards")),
    )


def downgrade() -> None:
    op.drop_table("cards")
    op.drop_index("ix_deliveries_about", table_name="deliveries")
    op.drop_index("ix_deliveries_card", table_name="deliveries")
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("about")
        deliveries.drop_column("card")
