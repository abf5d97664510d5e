"""How like a query a passage is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from community_bot.faq.index import Rarity

# Weights beside the BM25 of the index, which counts as 1; docs/faq-search.md says how they were
# found. Order and pairs tell much between characters, little between words of spaced scripts.
OVERLAP = 0.15
OVERLAP_OF_WORDS = 0.10
PAIRS = 0.10
ORDER = 0.20


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, made ready to be compared with many passages."""

    units: tuple[str, ...]
    sounds: tuple[str, ...]
    places: dict[str, int]  # of every sound, where it stands, as bits
    pairs: frozenset[tuple[str, str]]
    mass: float  # rarity of all its sounds
    ideographs: float  # share of characters among its units


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like, each but the last two from 0 to 1."""

    rank: float  # BM25 against the most it could be
    covered: float  # share of the query's rarity that the passage holds
    filled: float  # share of the passage's rarity that the query holds
    pairs: float
    order: float
    score: float
    shared: float  # rarity of what both hold


def asked(units: tuple[str, ...], heard: tuple[str, ...], rarity: Rarity) -> Asked:
    places: dict[str, int] = {}
    for place, sound in enumerate(heard):
        places[sound] = places.get(sound, 0) | 1 << place
    ideographs = sum(sound.startswith("~") for sound in heard) / max(1, len(heard))
    mass = sum(map(rarity, places))
    return Asked(units, heard, places, _pairs(heard), mass, ideographs)


def likeness(asked: Asked, heard: tuple[str, ...], rank: float, rarity: Rarity) -> Likeness:
    """Compare by sound, in which a character mistyped for another of its sound is the same."""
    own = set(heard)
    mass = sum(map(rarity, own)) or 1.0
    shared = sum(map(rarity, own & asked.places.keys()))
    covered, filled = shared / (asked.mass or 1.0), shared / mass
    pairs = _dice(asked.pairs, _pairs(heard))
    order = 2 * _in_order(asked, heard) / max(1, len(heard) + len(asked.sounds))
    overlap = 2 * shared / (mass + asked.mass)
    more = OVERLAP * overlap + PAIRS * pairs + ORDER * order
    words = (1 - asked.ideographs) * OVERLAP_OF_WORDS * overlap
    score = rank + asked.ideographs * more + words
    return Likeness(rank, covered, filled, pairs, order, score, shared)


def overlap(likeness: Likeness) -> float:
    return sqrt(likeness.covered * likeness.filled)


def _pairs(sequence: Sequence[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(sequence))


def _dice(ours: frozenset[tuple[str, str]], theirs: frozenset[tuple[str, str]]) -> float:
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _in_order(asked: Asked, heard: Sequence[str]) -> int:
    """Return the length of the longest common subsequence, by Hyyrö's bit-parallel recurrence."""
    full = (1 << len(asked.sounds)) - 1
    row = full
    for sound in heard:
        met = row & asked.places.get(sound, 0)
        row = ((row + met) | (row - met)) & full
    return len(asked.sounds) - row.bit_count()
