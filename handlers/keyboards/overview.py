"""Keys of the community's figures."""

from telegram import InlineKeyboardMarkup

from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

WEEK, MONTH, QUARTER, YEAR = 7, 30, 90, 365


def overview(_: Words, days: int) -> InlineKeyboardMarkup:
    """Offer other times; the one that is shown is marked."""
    labels = {
        WEEK: _.plain("7 days"),
        MONTH: _.plain("30 days"),
        QUARTER: _.plain("90 days"),
        YEAR: _.plain("A year"),
    }
    return rows(
        [
            press(f"✓ {label}" if number == days else label, "stats", "over", number)
            for number, label in labels.items()
        ],
        [press(_.plain("📈 Twelve months as a picture"), "stats", "picture")],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )
