"""From what was typed to the units that are compared: characters, stems of words, numbers."""

import re
import unicodedata

from community_bot.faq.characters import simplified
from community_bot.faq.stemming import stem
from community_bot.faq.vocabulary import Vocabulary

LONGEST = 600  # signs; a question longer than this is cut, a body likewise
# Ideographs, kana and hangul stand for themselves; letters and digits of one script form a word.
_OWN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{_OWN}]|[^\W\d_{_OWN}]+|\d+(?:\.\d+)?")
_SPACE = re.compile(rf"(?<=[{_OWN}])\s+(?=[{_OWN}])")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_APOSTROPHE = re.compile(r"(?<=[a-z])['\u2019](?=[a-z])")


class Normaliser:
    """Makes comparable units of a text, with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def units(self, text: str) -> tuple[str, ...]:
        """Return the units of a question or an alias, without words of courtesy."""
        return units(self.vocabulary.canonical(self.vocabulary.without_courtesy(plain(text))))

    def body(self, text: str) -> tuple[str, ...]:
        """Return the units of an answer's beginning."""
        return units(self.vocabulary.canonical(plain(text)))


def plain(text: str) -> str:
    """Fold width, case, traditional characters, spaces between characters and control signs."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    visible = "".join(sign if _is_visible(sign) else " " for sign in folded)
    joined = _SPACE.sub("", visible.translate(simplified()))
    return _EDGE.sub("", _APOSTROPHE.sub("", joined))


def units(text: str) -> tuple[str, ...]:
    return tuple(stem(found) for found in _UNIT.findall(text))


def _is_visible(sign: str) -> bool:
    return sign.isprintable() and unicodedata.category(sign)[0] not in "CM"
