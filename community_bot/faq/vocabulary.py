"""Words that mean the same, courtesy that means nothing to a search, and what only asks: data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from community_bot.faq.characters import spoken
from community_bot.faq.emphasis import kept, read_shares
from community_bot.faq.folding import plain
from community_bot.faq.stemming import stem

_SHORT = 64  # signs; in a shorter text every sign is looked at
_SLOTS = 1 << 18  # of a table with one bit for thousands of pairs of signs
_SPREAD = 40503  # spreads first signs over the table, after Knuth's multiplicative hashing
_SHIPPED = ("everyday.txt", "regional.txt", "sellers.txt")


class _Way(NamedTuple):
    """One term as it may be met, and the one that is read for it."""

    term: str
    first: str
    is_latin: bool  # at one of its ends: there it must be a whole word


class Vocabulary:
    """Groups of equal terms; wherever one of a group stands, the first of the group is read.

    A term that two groups share makes them one group, so an owner extends a shipped group by
    naming any word of it. Terms are folded like any text, so `ＴＫ` is `tk`.
    """

    def __init__(
        self,
        groups: Iterable[Sequence[str]] = (),
        courtesies: Iterable[str] = (),
        faint: Mapping[str, float] | None = None,
        asking: Iterable[str] = (),
    ) -> None:
        self.kept = kept(faint or {})  # of the rarity of words that say little by themselves
        self._first = _joined(groups)
        self._read = self._spelt() | self._first
        self._ways = _ways(self._read)
        self._begun = _table(begun for begun in self._ways if len(begun) > 1)
        self._alone = _table(begun * 2 for begun in self._ways if len(begun) == 1)
        polite = {plain(term) for term in courtesies} - {""}
        said = sorted({self.canonical(plain(term)) for term in asking}, key=len, reverse=True)
        any_of = "|".join(map(re.escape, said)) or "(?!)"
        self._asking = re.compile(rf"(?<![a-z])(?:{any_of})(?![a-z])")
        self._heads = _by_first_sign(polite)
        self._tails = _by_first_sign(term[::-1] for term in polite)

    @property
    def terms(self) -> tuple[str, ...]:
        """Return every term of every group."""
        return tuple(self._first)

    def differing(self, other: "Vocabulary") -> tuple[str, ...]:
        """Return the terms that the other reads otherwise; a text without them is read alike."""
        mine, theirs = self._read, other._read  # noqa: SLF001  of its own kind
        terms = mine.keys() | theirs.keys()
        return tuple(sorted(term for term in terms if mine.get(term) != theirs.get(term)))

    def canonical(self, text: str) -> str:
        """Replace every known term by the first of its group, the longest term first."""
        out: list[str] = []
        done = 0
        for at in range(len(text)) if len(text) < _SHORT else self._beginnings(text):
            ways = self._ways.get(text[at : at + 2]) or self._ways.get(text[at])
            if ways is not None and at >= done:
                way = _met(ways, text, at)
                if way is not None:
                    out += text[done:at], way.first
                    done = at + len(way.term)
        out.append(text[done:])
        return "".join(out)

    def without_courtesy(self, text: str) -> str:
        """Cut greetings and thanks from both ends, unless nothing would be left."""
        left = _without_head(text, self._heads)
        left = _without_head(left[::-1], self._tails)[::-1]
        return left or text

    def without_asking(self, text: str) -> str:
        """Cut what only asks out of a canonical text."""
        return self._asking.sub(" ", text)

    def _spelt(self) -> dict[str, str]:
        """Return what is read for terms typed as pinyin, where the letters mean nothing else."""
        heads: dict[str, set[str]] = {}
        for term, head in self._first.items():
            syllables = [spoken().get(sign, "") for sign in term]
            if len(syllables) > 1 and all(syllables):
                heads.setdefault("".join(syllables), set()).add(head)
        return {
            letters: one
            for letters, (one, *others) in heads.items()
            if not others and stem(letters) not in self.kept
        }

    def _beginnings(self, text: str) -> list[int]:
        """Return where a term may begin, by its first two signs; fast, for long answers."""
        signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        may = self._alone[_slots(signs, signs)]
        may[:-1] |= self._begun[_slots(signs[:-1], signs[1:])]
        found: list[int] = np.flatnonzero(may).tolist()
        return found


def read_groups(text: str) -> list[list[str]]:
    """Read groups of equal terms, one a line, `first = second = third`; # begins a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [[term.strip() for term in line.split("=")] for line in lines if line]


def read_terms(text: str) -> list[str]:
    return [term for group in read_groups(text) for term in group]


def shipped(more: Iterable[Sequence[str]] = ()) -> Vocabulary:
    """Return the vocabulary that comes with the program, with the community's own groups on top."""
    room = files("community_bot.faq") / "words"
    texts = [(room / name).read_text(encoding="utf-8") for name in _SHIPPED]
    groups = [group for text in texts for group in read_groups(text)]
    courtesies = read_terms((room / "courtesies.txt").read_text(encoding="utf-8"))
    faint = read_shares((room / "faint.txt").read_text(encoding="utf-8"))
    asking = read_terms((room / "asking.txt").read_text(encoding="utf-8"))
    return Vocabulary([*groups, *more], courtesies, faint, asking)


def _joined(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return every term but the first of its group with that first one."""
    first: dict[str, str] = {}
    for group in groups:
        folded = [plain(term) for term in group if plain(term)]
        heads = {first[term]: None for term in folded if term in first}
        chosen = next(iter(heads), folded[0] if folded else "")
        first |= {term: chosen for term, head in first.items() if head in heads}
        first |= dict.fromkeys(folded, chosen)
    return {term: head for term, head in first.items() if term}


def _by_first_sign(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for term in terms:
        found.setdefault(term[0], []).append(term)
    return {sign: tuple(sorted(some, key=len, reverse=True)) for sign, some in found.items()}


def _ways(first: Mapping[str, str]) -> dict[str, tuple[_Way, ...]]:
    """Return terms by their first two signs, the longest first, with those of one sign behind."""
    found: dict[str, list[_Way]] = {}
    for term in sorted(first, key=len, reverse=True):
        way = _Way(term, first[term], _is_latin(term[0]) or _is_latin(term[-1]))
        found.setdefault(term[:2], []).append(way)
    return {begun: (*ways, *found.get(begun[:1], ())) for begun, ways in found.items()}


def _met(ways: Iterable[_Way], text: str, at: int) -> _Way | None:
    for way in ways:
        if text.startswith(way.term, at) and (
            not way.is_latin or _stands_alone(text, at, at + len(way.term))
        ):
            return way
    return None


def _table(twos: Iterable[str]) -> NDArray[np.bool_]:
    """Return which slots pairs of signs fall into; another pair may rarely fall into the same."""
    table = np.zeros(_SLOTS, dtype=np.bool_)
    signs = np.array([[ord(sign) for sign in two] for two in twos], dtype=np.uint32)
    signs = signs.reshape(-1, 2)
    table[_slots(signs[:, 0], signs[:, 1])] = True
    return table


def _slots(ones: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return (ones * np.uint32(_SPREAD) ^ others) & np.uint32(_SLOTS - 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin term is a whole word here; characters have no such borders."""
    return not (
        (_is_latin(text[start]) and start > 0 and _is_latin(text[start - 1]))
        or (_is_latin(text[end - 1]) and end < len(text) and _is_latin(text[end]))
    )


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _without_head(text: str, heads: dict[str, tuple[str, ...]]) -> str:
    while text:
        term = next(
            (
                term
                for term in heads.get(text[0], ())
                if text.startswith(term) and _stands_alone(text, 0, len(term))
            ),
            None,
        )
        if term is None and text[0].isalnum():
            break
        text = text[len(term or text[0]) :]
    return text
