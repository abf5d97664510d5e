"""Keys about somebody's own data."""

from telegram import InlineKeyboardMarkup

from community_bot.people.notices import DeletionAsked
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words


def privacy(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📄 My data as a file"), "privacy", "export")],
        [press(_.plain("🗑 Ask for deletion"), "privacy", "delete")],
        [press(_.plain("🏠 Home"), "home", "start")],
    )


def deletion_sure(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🗑 Yes, ask for it"), "privacy", "really")],
        [press(_.plain("⬅️ No, leave it"), "privacy", "show")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🏠 Home"), "home", "start")])


def deletion_asked(_: Words, told: DeletionAsked) -> InlineKeyboardMarkup:
    return rows([press(_.plain("👤 Their card"), "members", "card", told.member_id)])
