"""Keys of a subscription in Stars."""

from telegram import InlineKeyboardMarkup

from community_bot.billing.facts import Order
from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
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


def subscription(_: Words, of: Subscription, last: Order) -> InlineKeyboardMarkup:
    may_end = SUBSCRIPTION.allows(of.state, SubscriptionEvent.ASK_END)
    return rows(
        [press(_.plain("⏹ Stop the renewal"), "renewal", "stop", last.order_id)]
        if may_end
        else None,
        [press(_.plain("⬅️ Back to the order"), "order", "show", last.order_id)],
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
