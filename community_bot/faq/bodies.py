"""What answers hold: pairs of characters and words, each answer under a number of the index.

In a long text nearly every character stands somewhere; pairs do not meet by chance. An answer
has hundreds of them, so they are numbers, made and sorted by numpy and never one by one.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from community_bot.faq.folding import OWN, OWN_SIGNS
from community_bot.faq.index import Index
from community_bot.faq.stemming import stem

Terms = NDArray[np.uint64]
AT_ONCE = 500  # answers sorted together; more need more memory and hardly less time
_SIGN_BITS = 21  # of a code point
_WORDS_FROM = 1 << 2 * _SIGN_BITS  # numbers of words lie above those of pairs
_WORD = re.compile(rf"[^\W\d_{OWN}]{{2,}}|\d+(?:\.\d+)?")


class Bodies(Index[int]):
    """Answers by number, with the document to which each belongs."""

    def __init__(self) -> None:
        super().__init__()
        self._owners: list[str] = []
        self._words: dict[str, int] = {}

    def take_in(self, bodies: Iterable[tuple[str, str]]) -> dict[str, int]:
        """Index answers, given as key and text in comparable form; return their numbers by key.

        An answer in which there is nothing to find gets none.
        """
        numbers: dict[str, int] = {}
        waiting = iter(bodies)
        while some := list(islice(waiting, AT_ONCE)):
            terms = {key: found for key, text in some if len(found := self._terms_of(text))}
            if terms:
                numbers |= self._post(terms)
        return numbers

    def leave_out(self, number: int, text: str) -> None:
        """Forget an answer; `text` is what it was taken in with."""
        self.remove(number, self._terms_of(text).tolist())

    def read_anew(self, number: int, before: str, now: str) -> int | None:
        """Let an answer that was taken in with one text be held with another.

        Return its number; none where there is nothing to find in it any longer.
        """
        held, wanted = set(self._terms_of(before).tolist()), set(self._terms_of(now).tolist())
        if not wanted:
            self.remove(number, held)
            return None
        self.replace(number, held, wanted)
        return number

    def owner_of(self, number: int) -> str:
        return self._owners[number]

    def wanted(self, units: Iterable[str]) -> list[tuple[int, float]]:
        """Return what to look for, of the units of a query, with how much each tells."""
        some = tuple(units)
        found = {self._words.get(unit, _WORDS_FROM) for unit in some if len(unit) > 1}
        found |= {_pair(one, two) for one, two in pairwise(some) if len(one) == len(two) == 1}
        return [(term, self.rarity(term)) for term in sorted(found)]

    def _post(self, terms: Mapping[str, Terms]) -> dict[str, int]:
        """Write these answers into the lists of their terms, one list after the other."""
        numbers = {key: self.number_for(len(some)) for key, some in terms.items()}
        for key, number in numbers.items():
            self._owners[number : number + 1] = [key]
        every = np.concatenate([*terms.values()])
        posted = np.repeat(np.array([*numbers.values()], np.uint32), [*map(len, terms.values())])
        order = np.argsort(every, kind="stable")
        every, data = every[order], posted[order].tobytes()
        starts = np.flatnonzero(np.diff(every, prepend=0))
        size = posted.itemsize
        at = [*(starts * size).tolist(), len(data)]
        for term, (start, end) in zip(every[starts].tolist(), pairwise(at), strict=True):
            self.holders[term].frombytes(data[start:end])
        return numbers

    def _terms_of(self, text: str) -> Terms:
        signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        own = _own()[signs]
        first = signs[:-1].astype(np.uint64) << np.uint64(_SIGN_BITS)
        pairs = (first | signs[1:])[own[:-1] & own[1:]]
        words = {stem(word) for word in set(_WORD.findall(text)) if len(word) > 1}
        numbers = [self._words.setdefault(w, _WORDS_FROM + 1 + len(self._words)) for w in words]
        every = np.concatenate([pairs, np.array(numbers, dtype=np.uint64)])
        every.sort()
        return every[np.diff(every, prepend=0) > 0]


def _pair(one: str, two: str) -> int:
    return ord(one) << _SIGN_BITS | ord(two)


@cache
def _own() -> NDArray[np.bool_]:
    """Return for every code point whether it is a sign that stands for itself."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    for low, high in OWN_SIGNS:
        table[low : high + 1] = True
    return table
