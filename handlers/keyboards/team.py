"""Keys about the staff."""

from telegram import InlineKeyboardMarkup

from community_bot.people.roles import GIVEN
from handlers.keyboards.making import press, rows
from handlers.texts.team import Staff, role
from handlers.texts.words import Words


def team(_: Words, staff: Staff) -> InlineKeyboardMarkup:
    return rows(
        [press(f"➕ {role(_, one)}", "team", "ask", one.value) for one in GIVEN],
        *[
            [
                press(
                    f"➖ {one.name[:24]} · {role(_, has)}", "team", "take", one.member_id, has.value
                )
            ]
            for one, has in staff
        ],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def sure(_: Words, verb: str, mark: str) -> InlineKeyboardMarkup:
    """Return the one button that does it, and the way back."""
    return rows(
        [press(_.plain("✅ Yes, do it"), "team", verb, mark)],
        [press(_.plain("✋ No, leave it"), "team", "list")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("👥 Staff list"), "team", "list")])
