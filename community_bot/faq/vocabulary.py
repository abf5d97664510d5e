"""Words that mean the same, and words of courtesy that mean nothing to a search: data, not code."""

from collections.abc import Iterable, Sequence
from importlib.resources import files

from community_bot.faq.folding import plain

_SHIPPED = ("everyday.txt", "regional.txt", "sellers.txt")


class Vocabulary:
    """Groups of equal terms; wherever one of a group stands, the first of the group is read.

    A term that two groups share makes them one group, so an owner extends a shipped group by
    naming any word of it. Terms are folded like any text, so `ＴＫ` is `tk`.
    """

    def __init__(
        self, groups: Iterable[Sequence[str]] = (), courtesies: Iterable[str] = ()
    ) -> None:
        self._first = _joined(groups)
        self._from = _by_first_sign(self._first)
        polite = {plain(term) for term in courtesies} - {""}
        self._heads = _by_first_sign(polite)
        self._tails = _by_first_sign(term[::-1] for term in polite)

    @property
    def terms(self) -> tuple[str, ...]:
        """Return every term of every group."""
        return tuple(self._first)

    def canonical(self, text: str) -> str:
        """Replace every known term by the first of its group, the longest term first."""
        out: list[str] = []
        at = 0
        while at < len(text):
            term = self._term_at(text, at) if text[at] in self._from else None
            if term is None:
                out.append(text[at])
                at += 1
            else:
                out.append(self._first[term])
                at += len(term)
        return "".join(out)

    def without_courtesy(self, text: str) -> str:
        """Cut greetings and thanks from both ends, unless nothing would be left."""
        left = _without_head(text, self._heads)
        left = _without_head(left[::-1], self._tails)[::-1]
        return left or text

    def _term_at(self, text: str, at: int) -> str | None:
        for term in self._from[text[at]]:
            if text.startswith(term, at) and _stands_alone(text, at, at + len(term)):
                return term
        return None


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
    return Vocabulary([*groups, *more], courtesies)


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
