"""The notices about subscriptions, with their words and keys."""

from collections.abc import Callable
from typing import Any

from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
    SubscriptionMoved,
    SubscriptionResumed,
    SubscriptionStays,
)
from handlers.keyboards import subscriptions as keys
from handlers.texts import subscriptions as texts

TABLE: dict[type, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    SubscriptionEnded: (texts.ended, keys.told),
    SubscriptionMoved: (texts.moved, keys.moved),
    SubscriptionFailed: (texts.failed, keys.told),
    SubscriptionResumed: (texts.resumed, keys.told),
    SubscriptionStays: (texts.stays, keys.told),
}
