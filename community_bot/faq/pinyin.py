"""Sounds of characters, and of Latin letters that were meant as characters."""

from collections.abc import Container, Iterable
from functools import cache

from community_bot.faq.characters import spoken

LONGEST_TYPED = 24  # letters; nobody types more of a question without a space or a character
_LONGEST_SYLLABLE = 6  # zhuang
_RETROFLEX = {"zh": "z", "ch": "c", "sh": "s"}
_MARK = "~"  # before a sound, so that it is never taken for a word


def sounds(units: Iterable[str], known: Container[str] | None = None) -> tuple[str, ...]:
    """Return how units sound: characters by their sound, other units as they are.

    With `known`, a word that is not known and reads as pinyin becomes the sounds it spells.
    """
    heard = _heard_characters()
    if known is None:
        return tuple([heard.get(unit, unit) for unit in units])
    found: list[str] = []
    for unit in units:
        if unit in heard or unit in known:
            found.append(heard.get(unit, unit))
        else:
            found.extend(typed_sounds(unit) or (unit,))
    return tuple(found)


def sound(unit: str) -> str | None:
    """Return how a character sounds to someone who does not hear tones; None for other units."""
    return _heard_characters().get(unit)


def typed_sounds(letters: str) -> tuple[str, ...]:
    """Return the sounds of a word typed as pinyin, in as few syllables as possible.

    Empty when the letters are no pinyin.
    """
    if not (letters.isascii() and letters.isalpha() and 1 < len(letters) <= LONGEST_TYPED):
        return ()
    ways: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        ways.append(_shortest(letters, end, ways))
    return ways[-1] or ()


def _shortest(letters: str, end: int, ways: list[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    best: tuple[str, ...] | None = None
    for start in range(max(0, end - _LONGEST_SYLLABLE), end):
        before, syllable = ways[start], letters[start:end]
        if before is None or syllable not in _syllables():
            continue
        if best is None or len(before) + 1 < len(best):
            best = (*before, _heard(syllable))
    return best


@cache
def _heard_characters() -> dict[str, str]:
    return {character: _heard(syllable) for character, syllable in spoken().items()}


@cache
def _syllables() -> frozenset[str]:
    """Return every toneless syllable, with v for u as keyboards have it."""
    known = {syllable for syllable in spoken().values() if len(syllable) > 1 or syllable in "aeo"}
    return frozenset((known | {"lv", "nv", "lve", "nve"}) - {"ng", "hm", "hng"})


@cache
def _heard(syllable: str) -> str:
    """Fold what many speakers do not tell apart: zh and z, ch and c, sh and s, final ng and n."""
    folded = _RETROFLEX.get(syllable[:2], syllable[:2]) + syllable[2:]
    return _MARK + (folded.replace("v", "u").removesuffix("g") if len(folded) > 1 else folded)
