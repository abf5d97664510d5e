"""From a query to hits: candidates from the index, compared, the best of each document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from community_bot.faq.confidence import Signs, chance
from community_bot.faq.documents import Document, Hit, Part, Why
from community_bot.faq.index import Scores, rarest
from community_bot.faq.passages import Passage, Passages, Units
from community_bot.faq.pinyin import sounds, typed_sounds
from community_bot.faq.scoring import Asked, Likeness, asked, likeness, overlap
from community_bot.faq.spelling import nearest

CANDIDATES = 30  # wordings compared one by one
BODIES = 10  # documents looked at for their body alone
MOST_UNITS = 48  # of a query; the rarest
MOST_ENTRIES = 400_000  # of lists, read for one query; reached by tens of thousands of wordings
MOST_SLIPS = 6  # unknown Latin words whose spelling is mended
BY_SOUND = 0.4  # share of the sound in the rank of a character
BODY = 0.25  # weight of the body beside the wording
SECOND = 0.3  # weight of a document's second best wording: what is asked in many ways has many
ALONE = 0.6  # share of the best that every document is taken to have as its second
LOOKED_INTO = 12  # documents whose other wordings are compared
CROWD = slice(4, 10)  # places whose mean score is what chance alone reaches
ABSENT = 0.85  # share of the best that a place of the crowd has where there are too few documents
WORTH = (
    2.6  # rarity that a query must have for its keywords to count; one wording of twenty has more
)
ALL = 0.999  # share that is the whole, but for rounding
_STANDING = {Part.QUESTION: 2, Part.ALIAS: 1, Part.LEARNT: 0}
DOUBT = 0.25  # strength of confirmations at which half is believed

Allowed = Callable[[Document], bool]


@dataclass(slots=True)
class _Found:
    """The best wording of a document so far."""

    score: float
    likeness: Likeness
    passage: Passage
    second: float = 0.0  # score of the next best wording
    body: float = 0.0

    @property
    def whole(self) -> float:
        """The best wording counts; another that is nearly as like bears witness for it."""
        return self.score + SECOND * max(0.0, self.second - ALONE * self.score) + BODY * self.body

    @property
    def standing(self) -> tuple[float, int]:
        """Between wordings that are equally like, the question is named first."""
        return self.score, _STANDING[self.passage.part]


class Ranking:
    """One search over the passages."""

    def __init__(self, passages: Passages, allowed: Allowed | None = None) -> None:
        self._passages = passages
        self._allowed = allowed
        self._index = passages.wordings

    def hits(self, units: Units, limit: int, *, is_bare: bool = False) -> tuple[Hit, ...]:
        """Return what is nearest; a bare query asks and does not say about what."""
        query = self._asked(units)
        wanted = self._wanted(query)
        most = sum(weight for _, weight in wanted) or 1.0
        ranks = self._index.scores(wanted) / most
        bodies = self._body_shares(query)
        found: dict[str, _Found] = {}
        for number in self._candidates(ranks, bodies):
            self._compare(query, number, float(ranks[number]), found)
        for key, share in bodies.items():
            if key in found:
                found[key].body = share
        self._look_into(query, ranks, found)
        return self._told(query, found, limit, is_bare=is_bare)

    def _asked(self, units: Units) -> Asked:
        mended = self._mended(units)
        return asked(mended, sounds(mended, self._index), self._index.rarity)

    def _mended(self, units: Units) -> Units:
        """Put known words for unknown ones that are one slip away."""
        slips = [unit for unit in dict.fromkeys(units) if len(unit) > 1 and unit not in self._index]
        instead = {
            unit: word
            for unit in slips[:MOST_SLIPS]
            if not typed_sounds(unit)
            and (word := nearest(unit, self._index, self._index.rarity)) is not None
        }
        return tuple(instead.get(unit, unit) for unit in units)

    def _wanted(self, query: Asked) -> list[tuple[str, float]]:
        rarity = self._index.rarity
        wanted: dict[str, float] = {}
        for unit in set(query.units):
            wanted[unit] = rarity(unit) * (1 - BY_SOUND)
        for heard in query.places:
            wanted[heard] = wanted.get(heard, 0.0) + rarity(heard) * BY_SOUND
        rarest = sorted(wanted.items(), key=lambda one: (-one[1], one[0]))
        return list(self._affordable(rarest[: 2 * MOST_UNITS]))

    def _affordable(self, rarest: list[tuple[str, float]]) -> Iterator[tuple[str, float]]:
        """Leave out the commonest units where their lists are so long that they cost time."""
        left = MOST_ENTRIES
        for unit, weight in rarest:
            left -= self._index.holders_of(unit)
            if left >= 0:
                yield unit, weight

    def _body_shares(self, query: Asked) -> dict[str, float]:
        """Return the documents whose body holds most of the query, with the share it holds."""
        index = self._passages.bodies
        wanted = index.wanted(query.units)[:MOST_UNITS]
        most = sum(weight for _, weight in wanted)
        if not len(index) or not most:
            return {}
        scores = index.sums(wanted)
        return {
            index.owner_of(number): float(scores[number]) / most
            for number in _best(scores, CANDIDATES)
        }

    def _candidates(self, ranks: Scores, bodies: dict[str, float]) -> list[int]:
        by_wording = _best(ranks, CANDIDATES if self._allowed is None else len(ranks))
        first = islice(filter(self._may_show, by_wording), CANDIDATES)
        by_body = (self._passages.held[key].wordings[:1] for key in list(bodies)[:BODIES])
        return list(dict.fromkeys([*first, *filter(self._may_show, chain(*by_body))]))

    def _may_show(self, number: int) -> bool:
        if self._allowed is None:
            return True
        return self._allowed(self._passages.held[self._passages[number].key].document)

    def _compare(self, query: Asked, number: int, rank: float, found: dict[str, _Found]) -> None:
        passage = self._passages[number]
        like = likeness(query, passage.sounds, rank, self._index.rarity)
        score = like.score * _trust(passage)
        best = found.get(passage.key)
        if best is None:
            found[passage.key] = _Found(score, like, passage)
        elif (score, _STANDING[passage.part]) > best.standing:
            found[passage.key] = _Found(score, like, passage, best.score, best.body)
        else:
            best.second = max(best.second, score)

    def _look_into(self, query: Asked, ranks: Scores, found: dict[str, _Found]) -> None:
        """Compare one more wording of the likeliest documents that have only one among the best."""
        likeliest = sorted(found, key=lambda key: (-found[key].whole, key))[:LOOKED_INTO]
        for key in likeliest:
            best = found[key].passage
            numbers = [n for n in self._passages.numbers(key) if self._passages[n] is not best]
            if numbers and not found[key].second:
                other = max(
                    numbers, key=lambda number: (ranks[number], self._passages[number].units)
                )
                self._compare(query, other, float(ranks[other]), found)

    def _told(
        self, query: Asked, found: dict[str, _Found], limit: int, *, is_bare: bool
    ) -> tuple[Hit, ...]:
        scores = {
            key: one.whole * self._passages.held[key].document.weight for key, one in found.items()
        }
        order = sorted(scores, key=lambda key: (-scores[key], key))
        usual = self._usual([scores[key] for key in order])
        return tuple(
            self._hit(query, found[key], scores[key], usual, is_bare=is_bare)
            for key in order[:limit]
        )

    def _pith(self, query: Asked, theirs: set[str]) -> float:
        """Return the share of what is asked about that is held, little words left aside."""
        index = self._index
        pith = {unit: index.rarity(unit) for unit in query.places if index.share_kept(unit) == 1}
        held = sum(rarity for unit, rarity in pith.items() if unit in theirs)
        return held / sum(pith.values()) if pith else 0.0

    def _mass(self, query: Asked, shared: Units) -> float:
        """Return the rarity of what was asked: as it is written, where all of it stands so."""
        written = sum(map(self._index.rarity, shared))
        return max(query.mass, written) if set(shared) == set(query.units) else query.mass

    def _usual(self, scores: list[float]) -> float:
        """Return what chance alone reaches; a few documents are no crowd to stand out of."""
        crowd = scores[CROWD]
        absent = max(0, CROWD.stop - max(CROWD.start, len(self._passages.held)))
        imagined = absent * ABSENT * scores[0] if scores else 0.0
        return (sum(crowd) + imagined) / max(1, len(crowd) + absent)

    def _hit(self, query: Asked, one: _Found, score: float, usual: float, *, is_bare: bool) -> Hit:
        part, like = one.passage.part, one.likeness
        weight = self._passages.held[one.passage.key].document.weight
        shared = tuple(dict.fromkeys(u for u in query.units if u in one.passage.units))
        theirs = set(one.passage.sounds)
        alike = tuple(
            dict.fromkeys(
                unit
                for unit in query.units
                if unit not in shared and theirs.issuperset(sounds((unit,), self._index))
            )
        )
        if BODY * one.body > one.score:
            part = Part.BODY
        why = Why(
            part, shared, alike, like.rank, like.order, one.body, one.passage.strength, weight
        )
        signs = Signs(
            overlap=overlap(like),
            order=like.order,
            rise=score - usual,
            score=score,
            shared=like.shared / rarest(len(self._index)),
            units=len(query.places),
            ideographs=query.ideographs,
            wordings=len(self._index),
            pith=0.0 if is_bare else max(one.body, self._pith(query, theirs)),
            holds_all=self._mass(query, shared) >= WORTH and max(like.covered, one.body) > ALL,
        )
        return Hit(one.passage.key, score, chance(signs) * _trust(one.passage), part, why)


def _trust(passage: Passage) -> float:
    if passage.part is not Part.LEARNT:
        return 1.0
    return passage.strength / (passage.strength + DOUBT)


def _best(scores: Scores, most: int) -> Iterable[int]:
    """Return the numbers with the highest scores over zero, the highest first."""
    if len(scores) > most:
        chosen = np.argpartition(scores, -most)[-most:]
    else:
        chosen = np.arange(len(scores))
    chosen = chosen[scores[chosen] > 0]
    return map(int, chosen[np.argsort(-scores[chosen], kind="stable")])
