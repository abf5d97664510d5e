"""Keys of a subscription in Stars."""

from telegram import InlineKeyboardMarkup

from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
    SubscriptionMoved,
    SubscriptionResumed,
    SubscriptionStays,
)
from community_bot.billing.subscription_queries import Subscription
from community_bot.billing.subscription_rules import SUBSCRIPTION, SubscriptionEvent
from handlers.keyboards.making import press, rows, visit
from handlers.texts.words import Words

Told = SubscriptionEnded | SubscriptionFailed | SubscriptionResumed | SubscriptionStays


def pay(_: Words, url: str, order_id: int) -> InlineKeyboardMarkup:
    return rows(
        [visit(_.plain("⭐ Subscribe"), url)],
        [press(_.plain("⬅️ Back to the order"), "order", "show", order_id)],
    )


def subscription(
    _: Words, of: Subscription, order_id: int, *, is_payer: bool
) -> InlineKeyboardMarkup:
    may_end = is_payer and SUBSCRIPTION.allows(of.state, SubscriptionEvent.ASK_END)
    return rows(
        [press(_.plain("⏹ Stop the renewal"), "renewal", "stop", order_id)] if may_end else None,
        [press(_.plain("⬅️ Back to the order"), "order", "show", order_id)],
    )


def moved(_: Words, told: SubscriptionMoved) -> InlineKeyboardMarkup:
    """Offer the end of it to who pays; nobody else can end it."""
    return rows(
        [press(_.plain("⏹ Stop the renewal"), "renewal", "show", told.order_id)]
        if told.is_payer
        else None,
        [press(_.plain("👤 My membership"), "me", "show")],
    )


def back(_: Words, order_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back to the order"), "order", "show", order_id)])


def told(_: Words, of: Told) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("🧾 The order"), "order", "show", of.order_id),
            press(_.plain("👤 My membership"), "me", "show"),
        ]
    )
