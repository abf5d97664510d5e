"""The table of Star subscriptions, each under the order that began it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.billing.subscription_rules import SubscriptionState
from community_bot.storage.columns import Name, TelegramId
from community_bot.storage.rows import Row


class SubscriptionRow(Row):
    """Telegram charges for a plan again and again; each charge has an order of its own."""

    __tablename__ = "subscriptions"

    order_id: Mapped[int] = mapped_column(
        sa.ForeignKey("orders.order_id"), primary_key=True, autoincrement=False
    )
    last_order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.order_id"))
    member_id: Mapped[TelegramId] = mapped_column(index=True)  # who pays, and alone can stop it
    holder_id: Mapped[TelegramId | None] = mapped_column(index=True)  # for whom it renews
    tier_code: Mapped[Name] = mapped_column(sa.ForeignKey("tiers.code"))
    charge_id: Mapped[str] = mapped_column(sa.String(255))
    state: Mapped[SubscriptionState]
    charged_at: Mapped[datetime]
