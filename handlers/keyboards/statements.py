"""Keys of statements of accounts."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.statement_facts import Compared, StatementLine
from handlers.keyboards.making import press, rows
from handlers.texts.figures import money
from handlers.texts.words import Words

MOST = 10


def compared(_: Words, of: Compared) -> InlineKeyboardMarkup:
    return rows(
        *[[_line(_, one)] for one in of.unclaimed[:MOST]],
        [press(_.plain("📄 Send a statement"), "statements", "send")],
        [press(_.plain("🔄 Look again"), "statements", "open")],
        [_queue(_)],
    )


def _line(_: Words, of: StatementLine) -> InlineKeyboardButton:
    label = f"❓ {money(of.amount, _.locale)} · {of.payer or of.reference}"[:40]
    return press(label, "statements", "line", of.line_id)


def line(_: Words, line_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🧾 It is for an order"), "statements", "note", line_id)],
        [press(_.plain("🗂 Not for the community"), "statements", "aside", line_id)],
        [_all(_)],
    )


def noted(_: Words, payment_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🧾 It is for an order"), "money", "assign", payment_id)],
        [_all(_)],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([_all(_)])


def _all(_: Words) -> InlineKeyboardButton:
    return press(_.plain("⬅️ Statements"), "statements", "open")


def _queue(_: Words) -> InlineKeyboardButton:
    return press(_.plain("⬅️ All money to look at"), "money", "waiting")
