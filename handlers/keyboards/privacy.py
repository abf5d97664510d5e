"""Keys about somebody's own data."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.notices import DeletionAsked
from community_bot.people.privacy import Wish
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
    return rows(
        [press(_.plain("🔍 Look at it"), "erasures", "look", told.erasure_id)]
        if told.erasure_id
        else None,
        [press(_.plain("👤 Their card"), "members", "card", told.member_id)],
    )


def wishes(_: Words, found: Sequence[Wish]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"🔒 {one.name}"[:40], "erasures", "look", one.erasure.erasure_id)]
            for one in found
        ],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def wish(_: Words, of: Wish) -> InlineKeyboardMarkup:
    number = of.erasure.erasure_id
    return rows(
        [press(_.plain("🗑 Delete everything"), "erasures", "sure", number)]
        if not of.blocked
        else None,
        [press(_.plain("✋ Decline, with a reason"), "erasures", "decline", number)],
        [press(_.plain("👤 Their card"), "members", "card", of.erasure.member_id)],
        [_all(_)],
    )


def erase_sure(_: Words, erasure_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🗑 Yes, delete it for ever"), "erasures", "yes", erasure_id)],
        [press(_.plain("⬅️ No, leave it"), "erasures", "look", erasure_id)],
    )


def back_to_wishes(_: Words) -> InlineKeyboardMarkup:
    return rows([_all(_)])


def _all(_: Words) -> InlineKeyboardButton:
    return press(_.plain("⬅️ Wishes to be forgotten"), "erasures", "list")
