"""Keys of the money queue."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.facts import Order
from community_bot.billing.money_queue import Queued
from community_bot.billing.notices import MoneyWaiting
from community_bot.billing.rules import OrderState
from handlers.keyboards.making import press, rows
from handlers.texts.figures import money
from handlers.texts.words import Words

MOST = 20


def waiting(_: Words, found: Sequence[Queued]) -> InlineKeyboardMarkup:
    return rows(
        *[[key] for one in found[:MOST] if (key := _queued(_, one))],
        [press(_.plain("➕ Money without an order"), "money", "record")],
        [press(_.plain("📄 Statements of the account"), "statements", "open")],
        [press(_.plain("🔄 Look again"), "money", "waiting")],
    )


def _queued(_: Words, one: Queued) -> InlineKeyboardButton | None:
    if one.payment is not None:
        label = f"💴 #{one.payment.payment_id} · {money(one.payment.amount, _.locale)}"
        return press(label, "money", "payment", one.payment.payment_id)
    if one.order is not None:
        label = f"🧾 {one.order.code} · {money(one.order.received, _.locale)}"
        return press(label, "money", "order", one.order.order_id)
    return None


def payment(_: Words, payment_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🧾 It is for an order"), "money", "assign", payment_id)],
        [press(_.plain("↩️ Give it back"), "money", "back", payment_id)],
        [_all(_)],
    )


def order(_: Words, of: Order) -> InlineKeyboardMarkup:
    if of.state is OrderState.PAID_UNFULFILLABLE:
        return rows(
            [press(_.plain("✅ Try to grant it again"), "money", "fulfil", of.order_id)],
            [press(_.plain("↩️ Give everything back"), "money", "up", of.order_id)],
            [_all(_)],
        )
    return rows(
        [press(_.plain("↩️ Give the surplus back"), "money", "surplus", of.order_id)], [_all(_)]
    )


def sure(_: Words, verb: str, mark: str) -> InlineKeyboardMarkup:
    """Return the one button that does it, and the way back."""
    return rows(
        [press(_.plain("✅ Yes, do it"), "money", verb, mark)],
        [press(_.plain("✋ No, leave it"), "money", "waiting")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([_all(_)])


def look(_: Words, told: MoneyWaiting) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Look at it"), "money", "payment", told.payment_id)])


def _all(_: Words) -> InlineKeyboardButton:
    return press(_.plain("⬅️ All money to look at"), "money", "waiting")
