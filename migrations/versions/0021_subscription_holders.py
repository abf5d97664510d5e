"""For whom a subscription renews, where the membership moved and another account still pays.

Safe with the previous release running: it adds a column that may be empty. Who pays is who placed
the order that began it; the previous release wrote the new account over it at the next charge.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_subscription_holders"
down_revision = "0020_people_in_charge"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("holder_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_subscriptions_holder_id"), "subscriptions", ["holder_id"])
    op.execute(
        sa.text(
            "UPDATE subscriptions SET holder_id = member_id, member_id = (SELECT orders.member_id "
            "FROM orders WHERE orders.order_id = subscriptions.order_id)"
        )
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_subscriptions_holder_id"), table_name="subscriptions")
    with op.batch_alter_table("subscriptions") as subscriptions:
        subscriptions.drop_column("holder_id")
