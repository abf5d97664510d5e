"""Personal data in what people write, blackened before others read it or it becomes an entry."""

import re

MASK = "•••"
_PATTERNS = (
    re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"),  # e-mail
    re.compile(r"(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)"),  # an Amazon order
    re.compile(r"(?<![A-Za-z0-9_@])@[A-Za-z][A-Za-z0-9_]{3,31}"),  # a Telegram name
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),  # a Chinese mobile
    re.compile(r"(?<!\d)\+\d[\d ()-]{6,18}\d"),  # any telephone number with its country
    re.compile(r"(?<!\d)\d{15,20}[Xx]?(?!\d)"),  # TikTok Shop orders, bank and identity cards
)


def masked(text: str) -> str:
    """Return the text without telephone numbers, e-mail addresses, order numbers and @names."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text
