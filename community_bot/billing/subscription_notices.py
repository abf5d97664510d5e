"""What members are told about a subscription that Telegram charges for."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.membership.facts import Wording


@notice("subscription_ended")
@dataclass(frozen=True, slots=True)
class SubscriptionEnded:
    """Telegram will not charge again; what is paid for holds until `until`."""

    order_id: int
    tier_name: Wording
    until: datetime | None


@notice("subscription_failed")
@dataclass(frozen=True, slots=True)
class SubscriptionFailed:
    """Telegram could not charge; what is paid for holds until `until`."""

    order_id: int
    tier_name: Wording
    until: datetime | None


@notice("subscription_resumed")
@dataclass(frozen=True, slots=True)
class SubscriptionResumed:
    """Telegram will charge again: its owner has switched it on once more."""

    order_id: int
    tier_name: Wording
    until: datetime | None


@notice("subscription_stays")
@dataclass(frozen=True, slots=True)
class SubscriptionStays:
    """Telegram would not end it for us; its owner can, in Telegram's own settings."""

    order_id: int
    tier_name: Wording
    until: datetime | None


@notice("subscription_moved")
@dataclass(frozen=True, slots=True)
class SubscriptionMoved:
    """The membership went to another account; Telegram goes on charging the one that subscribed.

    `order_id` began it, and is the payer's own.
    """

    order_id: int
    tier_name: Wording
    is_payer: bool
