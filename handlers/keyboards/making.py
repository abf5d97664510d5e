"""The three kinds of button we use, each within Telegram's limits."""

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import encode


def press(label: str, area: str, verb: str, *args: object) -> InlineKeyboardButton:
    """Return a button that comes back to us."""
    return InlineKeyboardButton(label, callback_data=encode(area, verb, *args))


def visit(label: str, url: str) -> InlineKeyboardButton:
    """Return a button that opens an address."""
    return InlineKeyboardButton(label, url=url)


def copy(label: str, text: str) -> InlineKeyboardButton:
    """Return a button that copies up to 256 characters."""
    return InlineKeyboardButton(label, copy_text=CopyTextButton(text))


def rows(*lines: list[InlineKeyboardButton] | None) -> InlineKeyboardMarkup:
    """Return a keyboard; a line that is empty or None leaves no trace."""
    return InlineKeyboardMarkup([line for line in lines if line])
