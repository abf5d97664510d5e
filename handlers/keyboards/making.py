"""The three kinds of button we use, each within Telegram's limits."""

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import encode, under_record


def press(label: str, area: str, verb: str, *args: object) -> InlineKeyboardButton:
    """Return a button that comes back to us."""
    return InlineKeyboardButton(label, callback_data=encode(area, verb, *args))


def visit(label: str, url: str) -> InlineKeyboardButton:
    """Return a button that opens an address."""
    return InlineKeyboardButton(label, url=url)


def copy(label: str, text: str) -> InlineKeyboardButton:
    """Return a button that copies up to 256 characters."""
    return InlineKeyboardButton(label, copy_text=CopyTextButton(text))


def under_a_record(keyboard: InlineKeyboardMarkup) -> InlineKeyboardMarkup:
    """Return the keyboard for a message that is kept: its buttons answer below it."""
    return InlineKeyboardMarkup([[_kept(key) for key in line] for line in keyboard.inline_keyboard])


def _kept(key: InlineKeyboardButton) -> InlineKeyboardButton:
    if not isinstance(key.callback_data, str):
        return key
    return InlineKeyboardButton(key.text, callback_data=under_record(key.callback_data))


def rows(*lines: list[InlineKeyboardButton] | None) -> InlineKeyboardMarkup:
    """Return a keyboard; a line that is empty or None leaves no trace."""
    return InlineKeyboardMarkup([line for line in lines if line])
