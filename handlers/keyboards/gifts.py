"""Keys of gifts and of codes that give a membership."""

from telegram import InlineKeyboardMarkup

from community_bot.billing.notices import GiftReady
from handlers.keyboards.making import copy, press, rows
from handlers.texts.words import Words


def gift_ready(_: Words, told: GiftReady) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🔗 A link to pass on"), "gift", "link", told.order_id)],
        [copy(_.plain("Copy the code"), told.code)],
    )


def redeem_sure(_: Words, code: str) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ Yes, redeem it"), "code", "redeem", code)],
        [press(_.plain("🏠 Home"), "home", "start")],
    )


def redeemed(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🚪 My doors and membership"), "me", "show")])


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ All plans"), "join", "offers")])
