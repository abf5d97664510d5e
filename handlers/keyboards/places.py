"""Keys about places."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.membership.facts import Space
from community_bot.membership.notices import PlaceFound
from handlers.keyboards.making import press, rows
from handlers.texts.places import ROLES, role
from handlers.texts.words import Words


def place_found(_: Words, told: PlaceFound) -> InlineKeyboardMarkup:
    return _roles(_, told.chat_id)


def _roles(_: Words, chat_id: int) -> InlineKeyboardMarkup:
    return rows(
        *[[press(role(_, one), "places", "bind", chat_id, one)] for one in ROLES],
        [press(_.plain("🚪 None of these: leave"), "places", "leave", chat_id)],
    )


def bound(_: Words, space: Space, missing: Sequence[str]) -> InlineKeyboardMarkup:
    again = press(_.plain("🔄 Check again"), "places", "bind", space.chat_id, space.role)
    return rows([again] if missing else None, [press(_.plain("🏠 Places"), "places", "list")])


def places(_: Words, spaces: Sequence[Space]) -> InlineKeyboardMarkup:
    return rows(
        *[[press(space.title[:40], "places", "choose", space.chat_id)] for space in spaces],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def choose(_: Words, space: Space) -> InlineKeyboardMarkup:
    return _roles(_, space.chat_id)
