"""English words without their commonest endings."""

SHORTEST = 4  # shorter words are left whole
_LEFT = 3  # letters that a stem must keep
_ENDINGS = (
    ("ies", "y"),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("sses", "ss"),
    ("ss", "ss"),
    ("us", "us"),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
)
_KEPT_DOUBLE = "aeiosl"


def stem(word: str) -> str:
    """Cut one ending, so that `refunds` and `refunded` meet; other units stay as they are.

    Both sides pass through it, so a stem need not be a word.
    """
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEFT:
            return word if ending == instead else _undoubled(word[: -len(ending)]) + instead
    return word.removesuffix("e")


def _undoubled(stemmed: str) -> str:
    if len(stemmed) > _LEFT and stemmed[-1] == stemmed[-2] and stemmed[-1] not in _KEPT_DOUBLE:
        return stemmed[:-1]
    return stemmed.removesuffix("e") if len(stemmed) > _LEFT else stemmed
