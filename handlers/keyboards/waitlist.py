"""Keys of waiting lists."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.waitlist import Line
from community_bot.billing.waitlist_notices import SeatFree, SeatPassed
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words


def line(_: Words, of: Line) -> InlineKeyboardMarkup:
    is_in_line = of.position is not None or of.held_until is not None
    return rows(
        [press(_.plain("⏳ Put me on the list"), "waitlist", "join", of.tier.code)]
        if of.is_full and not is_in_line
        else None,
        [press(_.plain("✋ Take me off the list"), "waitlist", "leave", of.tier.code)]
        if is_in_line
        else None,
        [press(_.plain("⬅️ All plans"), "join", "offers")],
    )


def seat_free(_: Words, told: SeatFree) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🛒 See the plan and order"), "join", "offers")], [_place(_, told.place_id)]
    )


def seat_passed(_: Words, told: SeatPassed) -> InlineKeyboardMarkup:
    return rows([_place(_, told.place_id)])


def _place(_: Words, place_id: int) -> InlineKeyboardButton:
    return press(_.plain("⏳ The waiting list"), "waitlist", "place", place_id)
