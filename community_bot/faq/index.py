"""Inverted lists in memory, changed in place: which passages hold which unit."""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from math import log
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
SATURATION = 1.1  # BM25's k1, for units that stand once in a passage
LENGTH = 0.8  # BM25's b
FEWEST = 20  # passages among which rarity is counted, where there are fewer


Rarity = Callable[[str], float]
K = TypeVar("K", str, int)


def rarest(passages: int) -> float:
    """Return the rarity of a unit that none of so many passages holds."""
    return log(1 + (max(passages, FEWEST) + 0.5) / 0.5)


class Index(Generic[K]):
    """Passages by number, each a set of units; a number that was freed is given again."""

    def __init__(self, kept: Mapping[K, float] | None = None) -> None:
        """Begin empty; `kept` names units of little meaning, and how much rarity each keeps."""
        self._kept: Mapping[K, float] = kept or {}
        self.holders: dict[K, array[int]] = _Lists()  # to be written into by numbers given here
        self._lengths = array("f")
        self._free: list[int] = []
        self._total = 0
        self._rarities: _Rarities[K] = _Rarities(self)

    def __len__(self) -> int:
        return len(self._lengths) - len(self._free)

    @property
    def room(self) -> int:
        """Return how many numbers have been given, the freed ones included."""
        return len(self._lengths)

    def add(self, units: Collection[K]) -> int:
        """Take in a passage and return its number."""
        number = self.number_for(len(units))
        for unit in units:
            self.holders[unit].append(number)
        return number

    def number_for(self, units: int) -> int:
        """Return a free number for a passage of so many units; the caller writes it into lists."""
        number = self._number()
        self._lengths[number] = units
        self._total += units
        self._rarities.clear()
        return number

    def remove(self, number: int, units: Iterable[K]) -> None:
        """Forget a passage; `units` are those it was added with."""
        for unit in units:
            self._strike(unit, number)
        self._total -= int(self._lengths[number])
        self._lengths[number] = 0
        self._free.append(number)
        self._rarities.clear()

    def replace(self, number: int, before: AbstractSet[K], now: AbstractSet[K]) -> None:
        """Let a passage hold other units than before, under the same number."""
        for unit in before - now:
            self._strike(unit, number)
        for unit in now - before:
            self.holders[unit].append(number)
        self._total += len(now) - int(self._lengths[number])
        self._lengths[number] = len(now)
        self._rarities.clear()

    def __contains__(self, unit: object) -> bool:
        return unit in self.holders

    @property
    def rarity(self) -> Callable[[K], float]:
        """Return what says of a unit how much it tells that a passage holds it (BM25's idf)."""
        return self._rarities.__getitem__

    def sums(self, wanted: Iterable[tuple[K, float]]) -> Scores:
        """Return for every number the weights of those units that its passage holds."""
        met = [(holders, weight) for unit, weight in wanted if (holders := self.holders.get(unit))]
        if not met:
            return np.zeros(self.room)
        # One pass over all lists together costs two thirds of adding list after list.
        numbers = np.concatenate([np.frombuffer(holders, dtype=np.uint32) for holders, _ in met])
        weights = np.repeat([weight for _, weight in met], [len(holders) for holders, _ in met])
        return np.asarray(np.bincount(numbers, weights, minlength=self.room), dtype=np.float64)

    def scores(self, wanted: Iterable[tuple[K, float]]) -> Scores:
        """Return BM25 of every number for units with their weights."""
        found = self.sums(wanted)
        average = max(1.0, self._total / max(1, len(self)))
        lengths = np.frombuffer(self._lengths, dtype=np.float32) if self.room else np.zeros(0)
        return found / (1 + SATURATION * (1 - LENGTH + LENGTH / average * lengths))

    def holders_of(self, unit: K) -> int:
        return len(self.holders.get(unit, ()))

    def share_kept(self, unit: K) -> float:
        return self._kept.get(unit, 1.0)

    def _strike(self, unit: K, number: int) -> None:
        holders = self.holders[unit]
        # Comparing as numpy does is twenty times as fast where thousands hold the unit.
        at = int(np.flatnonzero(np.frombuffer(holders, dtype=np.uint32) == number)[0])
        holders[at] = holders[-1]
        holders.pop()
        if not holders:
            del self.holders[unit]

    def _number(self) -> int:
        if self._free:
            return self._free.pop()
        self._lengths.append(0)
        return len(self._lengths) - 1


class _Lists(dict[K, "array[int]"]):
    """The numbers under which a unit stands; a list is begun when it is first written into."""

    def __missing__(self, unit: K) -> "array[int]":
        self[unit] = begun = array("I")
        return begun


class _Rarities(dict[K, float]):
    """Rarities computed when first asked for; cleared when the index changes."""

    def __init__(self, index: Index[K]) -> None:
        super().__init__()
        self._index: Index[K] = index

    def __missing__(self, unit: K) -> float:
        held = self._index.holders_of(unit)
        others = max(len(self._index), FEWEST) - held
        rarity = log(1 + (others + 0.5) / (held + 0.5))
        self[unit] = kept = rarity * self._index.share_kept(unit)
        return kept
