"""From what was seen of a hit to the chance that it answers, and from that to what may be said."""

from dataclasses import dataclass, replace
from math import exp, log, log1p

from community_bot.faq.documents import Hit, Verdict

ANSWERS = 0.5
PERHAPS = 0.25
JUST_PERHAPS = 0.49

# A logistic regression over questions with an answer and questions about anything else, in twelve
# collections at several sizes each; docs/faq-search.md has its figures, also for fields left out.
CONSTANT = -7.0
OVERLAP = 5.4
ORDER = 5.0
RISE = 6.1
SCORE = 8.8
SHARED = 1.2
UNITS = 1.7
IDEOGRAPHS = -3.7
WORDINGS = -0.8
PITH = 0.15  # below it only the way of asking is the same
WHOLE = 0.999  # overlap of what is alike to the last sign
FEW = 3  # words or characters typed: so little may mean several entries
TIED = 0.9  # share of the best score at which another fits as well
MOST_SURE = 50.0  # either way; beyond it nothing can be told apart
MOST_UNITS = 24  # from here on more units make nothing surer
FEWEST_WORDINGS, MOST_WORDINGS = 20, 20_000  # the sizes between which it was measured


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a hit that answers from one that came up by chance."""

    overlap: float  # of the rarity in query and wording
    order: float  # share that stands in the same order
    rise: float  # how far its score stands out of the crowd
    score: float  # the whole of it, with what the body holds
    shared: float  # rarity of what both hold, in units that stand in one wording only
    units: int  # different ones in the query: two out of two say less than ten out of ten
    ideographs: float  # share of characters, which meet by chance more often than words
    wordings: int  # in the engine: among many, something always fits a little
    pith: float  # share of what is asked about that wording or body holds, little words left aside
    holds_all: bool  # the wording or the body has every part of a query that is worth something


def chance(signs: Signs) -> float:
    """Return the chance that a hit with these signs answers the query.

    A single keyword says too little for confidence, but what holds it is always worth showing.
    "When can I ..." in common says nothing at all, least of all where few entries ask it; one
    character is part of many words. What is a wording of the entry itself is meant by it.
    """
    total = CONSTANT + OVERLAP * signs.overlap + ORDER * signs.order + RISE * signs.rise
    total += SCORE * signs.score + SHARED * signs.shared + IDEOGRAPHS * signs.ideographs
    total += UNITS * log1p(min(signs.units, MOST_UNITS))
    total += WORDINGS * log(min(max(FEWEST_WORDINGS, signs.wordings), MOST_WORDINGS))
    least = PERHAPS if signs.holds_all else 0.0
    is_part = signs.units == 1 and signs.ideographs > 0
    names_it = signs.overlap > WHOLE or (signs.pith >= PITH and not is_part)
    most = 1.0 if names_it else JUST_PERHAPS
    return min(most, max(least, 1 / (1 + exp(-max(-MOST_SURE, min(MOST_SURE, total))))))


def left_open(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Be sure of none where a keyword fits the first two alike: then a person chooses."""
    both = hits[:2]
    is_sure = len(both) > 1 and min(hit.confidence for hit in both) >= ANSWERS
    if not is_sure or both[1].score < TIED * both[0].score:
        return hits
    return tuple(replace(hit, confidence=min(hit.confidence, JUST_PERHAPS)) for hit in hits)


def verdict(best: float | None) -> Verdict:
    """Say what the confidence of the first hit allows to say."""
    if best is None or best < PERHAPS:
        return Verdict.NOTHING
    return Verdict.ANSWERS if best >= ANSWERS else Verdict.PERHAPS
