"""Entities that Telegram finds in plain text by itself, and lengths as Telegram counts them."""

import re

from community_bot.sandbox.facts import Json

_FINDERS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        "url",
        re.compile(
            r"(?:(?:https?|ftp|tg|ton|tonsite)://[^\s<>\"“”]+"
            r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+"
            r"(?:com|org|net|io|me|cn|co|dev|app|info|edu|gov|uk|de|hk|tw|shop|xyz|ai|top|vip)"
            r"(?![\w-])(?:[/?#:][^\s<>\"“”]*)?)",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>#@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{2,32}(?![A-Za-z0-9_])")),
    ("hashtag", re.compile(r"(?<![\w#&;])#(?=\w*[^\W\d_])\w{1,256}")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w])")),
    ("phone_number", re.compile(r"(?<![\w+.-])\+\d[\d ()-]{6,16}\d(?![\w])")),
)
_TRAILING = ".,!?:;'\")]}…。，！？：；、）】》”"
_MARKS = ("/", "@", "#", "$", "+", ".", "://")


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def found_in(text: str) -> list[Json]:
    """Return the entities that Telegram's servers find in a text, in their order."""
    if not any(mark in text for mark in _MARKS):
        return []
    taken: list[tuple[int, int, str]] = []
    for kind, finder in _FINDERS:
        for match in finder.finditer(text):
            start, end = match.span()
            if kind == "url":
                end = start + len(match[0].rstrip(_TRAILING))
            if not any(start < other_end and other < end for other, other_end, _ in taken):
                taken.append((start, end, kind))
    return [
        {
            "type": kind,
            "offset": utf16_length(text[:start]),
            "length": utf16_length(text[start:end]),
        }
        for start, end, kind in sorted(taken)
    ]
