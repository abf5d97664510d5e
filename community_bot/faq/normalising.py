"""From what was typed to the units that are compared: characters, stems of words, numbers."""

import re
from collections.abc import Container

from community_bot.faq.folding import OWN, plain
from community_bot.faq.pinyin import typed_sounds
from community_bot.faq.stemming import SHORTEST, stem
from community_bot.faq.vocabulary import Vocabulary

# Letters and digits of one script form a word.
_UNIT = re.compile(rf"[{OWN}]|[^\W\d_{OWN}]+|\d+(?:\.\d+)?")

BARE = 40  # signs; a longer query says what it is about


class Normaliser:
    """Makes comparable units of a text, with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def units(self, text: str) -> tuple[str, ...]:
        """Return the units of a question or an alias, without words of courtesy."""
        return units(self._said(text))

    def asked(self, text: str, known: Container[str]) -> tuple[str, ...]:
        """Return the units of a query; what may be pinyin keeps the ending that English drops."""
        return tuple([_asked(word, known) for word in _UNIT.findall(self._said(text))])

    def length(self, text: str) -> int:
        """Return how many words and characters of their own were typed, without courtesy."""
        return len(units(self.vocabulary.without_courtesy(plain(text))))

    def only_asks(self, text: str) -> bool:
        """Tell whether a query is made of nothing but words that ask, as "how to" is."""
        said = self._said(text)
        left = units(self.vocabulary.without_asking(said)) if len(said) <= BARE else (said,)
        return all(unit in self.vocabulary.kept for unit in left)

    def body(self, folded: str) -> str:
        """Return an answer's beginning, folded already, in comparable form."""
        return self.vocabulary.canonical(folded)

    def _said(self, text: str) -> str:
        return self.vocabulary.canonical(self.vocabulary.without_courtesy(plain(text)))


def units(text: str) -> tuple[str, ...]:
    return tuple([unit if len(unit) < SHORTEST else stem(unit) for unit in _UNIT.findall(text)])


def _asked(word: str, known: Container[str]) -> str:
    stemmed = stem(word)
    return word if stemmed != word and stemmed not in known and typed_sounds(word) else stemmed
