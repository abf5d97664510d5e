"""Keys of the staff's side of orders."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.facts import Order, Waiting
from community_bot.billing.notices import ProofWaiting, ReviewOverdue, SecondApprovalWanted
from handlers.keyboards.making import press, rows
from handlers.texts.figures import money
from handlers.texts.reasons import reasons
from handlers.texts.words import Words

MOST = 20  # orders shown at once; the oldest come first


def waiting(_: Words, found: Sequence[Waiting]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"{one.order.code} · {money(one.order.due, _.locale)}",
                    "orders",
                    "review",
                    one.order.order_id,
                )
            ]
            for one in found[:MOST]
        ],
        [press(_.plain("🔄 Look again"), "orders", "waiting")],
    )


def review(_: Words, one: Waiting) -> InlineKeyboardMarkup:
    number, version = one.order.order_id, one.order.version
    if not one.order.may_be_paid:
        aside = _.plain("🗂 The same money: set it aside")
        return rows(
            [press(aside, "orders", "reject", number, version, "same")],
            [press(_.plain("➕ Money without an order"), "money", "record")],
            [press(_.plain("⬅️ All that wait"), "orders", "waiting")],
        )
    return rows(
        [
            press(
                _.plain("✅ I see the money: type the amount"), "orders", "amount", number, version
            )
        ],
        [press(_.plain("⚠️ Only a part has come"), "orders", "short", number, version)],
        [press(_.plain("❌ Turn it down: say why"), "orders", "no", number, version)],
        [press(_.plain("⬅️ All that wait"), "orders", "waiting")],
    )


def why_not(_: Words, order: Order) -> InlineKeyboardMarkup:
    """Offer the usual reasons, words of one's own, and the way back: nothing is decided yet."""
    number, version = order.order_id, order.version
    return rows(
        *[
            [
                press(
                    _.plain("❌ {reason}", reason=reason), "orders", "reject", number, version, code
                )
            ]
            for code, reason in reasons(_).items()
        ],
        [press(_.plain("✍️ Another reason"), "orders", "reason", number, version)],
        [to_review(_, number)],
    )


def look(
    _: Words, told: ProofWaiting | SecondApprovalWanted | ReviewOverdue
) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Check it"), "orders", "review", told.order_id)])


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ All that wait"), "orders", "waiting")])


def asked(_: Words, order_id: int) -> InlineKeyboardMarkup:
    """Return the way back from a question to the card that it was asked on."""
    return rows([to_review(_, order_id)])


def to_review(_: Words, order_id: int) -> InlineKeyboardButton:
    return press(_.plain("⬅️ Back to this payment"), "orders", "review", order_id)
