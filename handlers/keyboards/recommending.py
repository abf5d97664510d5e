"""Keys of recommending the community."""

from urllib.parse import quote

from telegram import InlineKeyboardMarkup

from community_bot.billing.referral_notices import ReferralRewarded
from handlers.keyboards.making import copy, press, rows, visit
from handlers.texts.words import Words


def mine(_: Words, url: str) -> InlineKeyboardMarkup:
    return rows(
        [visit(_.plain("📨 Send it to somebody"), f"https://t.me/share/url?url={quote(url)}")],
        [copy(_.plain("Copy the link"), url)],
        [press(_.plain("👤 My membership"), "me", "show")],
    )


def welcome(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("💎 Plans and prices"), "join", "offers")],
        [press(_.plain("🏠 Home"), "home", "start")],
    )


def rewarded(_: Words, _told: ReferralRewarded) -> InlineKeyboardMarkup:
    return rows([press(_.plain("👤 My membership"), "me", "show")])
