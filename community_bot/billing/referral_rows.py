"""The tables of recommendations: everybody's own code, and who came by whose."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import Key, Name, TelegramId
from community_bot.storage.rows import Row


class ReferralCodeRow(Row):
    """The code in somebody's link; it says nothing about them."""

    __tablename__ = "referral_codes"

    member_id: Mapped[TelegramId] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[Name] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class ReferralRow(Row):
    """Somebody came by a member's link; whoever recommended them first did."""

    __tablename__ = "referrals"

    referral_id: Mapped[Key]
    friend_id: Mapped[TelegramId] = mapped_column(unique=True)
    referrer_id: Mapped[TelegramId] = mapped_column(index=True)
    came_at: Mapped[datetime]
    rewarded_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
