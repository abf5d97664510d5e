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
