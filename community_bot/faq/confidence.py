"""From what was seen of a hit to the chance that it answers, and from that to what may be said."""

from dataclasses import dataclass
from math import exp, log, log1p

from community_bot.faq.documents import Verdict

ANSWERS = 0.5
PERHAPS = 0.25

# A logistic regression over questions with an answer, questions of the same field without one,
# and questions about anything else, in nine collections; docs/faq-search.md has its figures.
CONSTANT = -6.3
OVERLAP = 6.0
ORDER = 1.1
RISE = 7.2
UNITS = 1.8
BODY = 1.4
IDEOGRAPHS = -1.65
WORDINGS = -0.2
MOST_UNITS = 24  # from here on more units make nothing surer


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a hit that answers from one that came up by chance."""

    overlap: float  # of the rarity in query and wording
    order: float  # share that stands in the same order
    rise: float  # how far its score stands out of the crowd
    units: int  # different ones in the query: two out of two say less than ten out of ten
    body: float  # how much of the query the body holds
    ideographs: float  # share of characters, which meet by chance more often than words
    wordings: int  # in the engine: among many, something always fits a little
    holds_all: bool  # the wording or the body has every part of a query that is worth something


def chance(signs: Signs) -> float:
    """Return the chance that a hit with these signs answers the query.

    A single keyword says too little for confidence, but what holds it is always worth showing.
    """
    total = CONSTANT + OVERLAP * signs.overlap + ORDER * signs.order + RISE * signs.rise
    total += (
        UNITS * log1p(min(signs.units, MOST_UNITS))
        + BODY * signs.body
        + IDEOGRAPHS * signs.ideographs
    )
    total += WORDINGS * log(max(1, signs.wordings))
    least = PERHAPS if signs.holds_all else 0.0
    return max(least, 1 / (1 + exp(-total)))


def verdict(best: float | None) -> Verdict:
    """Say what the confidence of the first hit allows to say."""
    if best is None or best < PERHAPS:
        return Verdict.NOTHING
    return Verdict.ANSWERS if best >= ANSWERS else Verdict.PERHAPS
