"""Words of snippets: where they leave room for who reads them, and for the number asked under."""

import html

# What stands for the reader's name and for the question's number, in either language.
_NAMES = ("{称呼}", "{name}")
_NUMBERS = ("{单号}", "{number}")


def has_room(body: str) -> bool:
    """Say whether something is put into a snippet when it is sent."""
    return any(one in body for one in (*_NAMES, *_NUMBERS))


def filled(body: str, *, name: str, number: int) -> str:
    """Return a snippet, which is Telegram HTML, with what belongs in it."""
    for one in _NUMBERS:
        body = body.replace(one, f"#{number}")
    for one in _NAMES:
        body = body.replace(one, html.escape(name, quote=False))
    return body
