"""Keys of reloading the configuration."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.membership.reloading import Preview
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words


def preview(_: Words, of: Preview) -> InlineKeyboardMarkup:
    """Offer to take over exactly what is shown."""
    return rows(
        [press(_.plain("✅ Take it over"), "reload", "apply", of.mark)] if of.changes else None,
        [press(_.plain("🔄 Read the file again"), "reload", "preview")],
        back(_),
    )


def applied(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("💎 Plans and prices"), "join", "offers")], back(_))


def back(_: Words) -> list[InlineKeyboardButton]:
    return [press(_.plain("⬅️ Back"), "home", "staff")]
