"""Keys about mentors: their hours."""

from telegram import InlineKeyboardMarkup

from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.view_queries import View
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

EVENING = "1830"


def duty(_: Words, mentor: Mentor) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("🟢 On duty"), "duty", "set", "on"),
            press(_.plain("🌙 Off duty"), "duty", "set", "off"),
        ],
        [
            press(_.plain("🕡 Until 18:30"), "duty", "set", "until", EVENING),
            press(_.plain("☕ Away for 2 h"), "duty", "set", "away", "2h"),
        ],
        [press(_.plain("🌙 To the next shift"), "duty", "over")] if mentor.active else None,
        [press(_.plain("🎫 My tickets"), "queue", "list", View.MINE.value, 0)],
    )
