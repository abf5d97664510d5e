"""The known word that a mistyped Latin word was meant to be."""

from collections.abc import Callable, Container
from string import ascii_lowercase

SHORTEST, LONGEST = 4, 20  # shorter words have too many neighbours, longer ones are no words


def nearest(word: str, known: Container[str], rarity: Callable[[str], float]) -> str | None:
    """Return the commonest known word one slip away: a letter more, less, other or swapped."""
    if not (word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST):
        return None
    found = [slip for slip in _slips(word) if slip in known]
    return min(found, key=lambda one: (rarity(one), one)) if found else None


def _slips(word: str) -> set[str]:
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {left + right[1:] for left, right in halves if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    other = {left + sign + right[1:] for left, right in halves if right for sign in ascii_lowercase}
    more = {left + sign + right for left, right in halves for sign in ascii_lowercase}
    return (less | swapped | other | more) - {word}
