"""Keys of the books."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.books import GROUPS, Page
from handlers.keyboards.making import press, rows
from handlers.texts.books import group
from handlers.texts.words import Words


def home(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("🧾 Orders"), "books", "table", "orders"),
            press(_.plain("💴 Payments"), "books", "table", "payments"),
        ],
        [
            press(_.plain("↩️ Refunds"), "books", "table", "refunds"),
            press(_.plain("👤 Memberships"), "books", "table", "members"),
        ],
        [press(_.plain("📜 The whole journal"), "books", "table", "journal")],
        [press(_.plain("📜 Read the journal"), "audit", "page", "all")],
        [press(_.plain("📄 Statements of the account"), "statements", "open")],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([_books(_)])


def page(_: Words, of: Page) -> InlineKeyboardMarkup:
    groups = [
        press(("• " if name == of.wanted else "") + group(_, name), "audit", "page", name)
        for name in GROUPS
    ]
    return rows(
        [press(_.plain("⬇️ Older"), "audit", "page", of.wanted, of.next_before)]
        if of.next_before
        else None,
        groups,
        [press(_.plain("🔍 One order or person"), "audit", "search")],
        [_books(_)],
    )


def _books(_: Words) -> InlineKeyboardButton:
    return press(_.plain("⬅️ Books"), "books", "home")
