"""Keys about fapiao: the member's, and of those who issue them."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.billing.fapiao_queries import Request
from community_bot.billing.notices import FapiaoAsked, FapiaoDeclined, FapiaoIssued
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

MOST = 20


def waiting(_: Words, found: Sequence[Request]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"🧾 #{one.fapiao_id} · {one.title[:24]}", "fapiaos", "one", one.fapiao_id)]
            for one in found[:MOST]
        ],
        [press(_.plain("🔄 Look again"), "fapiaos", "waiting")],
    )


def one(_: Words, of: Request) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ It is issued"), "fapiaos", "issue", of.fapiao_id)],
        [press(_.plain("❌ Not as it was asked"), "fapiaos", "decline", of.fapiao_id)],
        [press(_.plain("⬅️ All fapiao"), "fapiaos", "waiting")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ All fapiao"), "fapiaos", "waiting")])


def to_order(_: Words, order_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back to the order"), "order", "show", order_id)])


def look(_: Words, told: FapiaoAsked) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Look at it"), "fapiaos", "one", told.fapiao_id)])


def issued(_: Words, told: FapiaoIssued) -> InlineKeyboardMarkup | None:
    if told.file_id is None:
        return None
    return rows([press(_.plain("📄 The file"), "fapiao", "file", told.order_id)])


def declined(_: Words, told: FapiaoDeclined) -> InlineKeyboardMarkup:
    return rows([press(_.plain("✏️ Correct it"), "fapiao", "ask", told.order_id)])
