"""Every wording by which a document can be found, each under a number of the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from sys import intern

from community_bot.faq.documents import Document, Part
from community_bot.faq.index import Index
from community_bot.faq.normalising import Normaliser
from community_bot.faq.pinyin import sounds

Units = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One wording of a document: its question, an alias, or what was learnt."""

    key: str
    part: Part
    units: Units
    sounds: Units
    strength: float = 0.0  # of the confirmations, where it was learnt


@dataclass(slots=True)
class Held:
    """A document with the numbers under which its wordings stand."""

    document: Document
    wordings: list[int] = field(default_factory=list)
    learnt: list[int] = field(default_factory=list)
    body: int | None = None


class Passages:
    """Documents taken apart and indexed, changed in place."""

    def __init__(self, normaliser: Normaliser) -> None:
        self.normaliser = normaliser
        self.wordings = Index()
        self.bodies = Index()
        self.held: dict[str, Held] = {}
        self._passages: list[Passage | None] = []
        self._owners: list[str] = []  # of bodies

    def put(self, document: Document) -> None:
        held = Held(document)
        self.held[document.key] = held
        wordings = {self.normaliser.units(document.question): Part.QUESTION}
        for alias in document.aliases:
            wordings.setdefault(self.normaliser.units(alias), Part.ALIAS)
        for units, part in wordings.items():
            if units:
                held.wordings.append(self._add(_passage(document.key, part, units)))
        terms = body_terms(self.normaliser.body(document.body))
        if terms:
            held.body = self.bodies.add(terms)
            self._owners[held.body : held.body + 1] = [document.key]

    def remove(self, key: str) -> None:
        held = self.held.pop(key)
        for number in (*held.wordings, *held.learnt):
            self._discard(number)
        if held.body is not None:
            self.bodies.remove(held.body, body_terms(self.normaliser.body(held.document.body)))

    def teach(self, key: str, wordings: Mapping[Units, float]) -> None:
        """Let what was learnt, with its strength, be all that is learnt for the document."""
        held = self.held[key]
        for number in held.learnt:
            self._discard(number)
        own = {self[number].units for number in held.wordings}
        held.learnt = [
            self._add(_passage(key, Part.LEARNT, units, strength))
            for units, strength in wordings.items()
            if units and units not in own
        ]

    def owner_of_body(self, number: int) -> str:
        return self._owners[number]

    def __getitem__(self, number: int) -> Passage:
        passage = self._passages[number]
        if passage is None:
            raise KeyError(number)
        return passage

    def _add(self, passage: Passage) -> int:
        number = self.wordings.add(_indexed(passage))
        self._passages[number : number + 1] = [passage]
        return number

    def _discard(self, number: int) -> None:
        self.wordings.remove(number, _indexed(self[number]))
        self._passages[number] = None


def body_terms(units: Units) -> set[str]:
    """Return what the index holds of a body: words, and pairs of characters.

    In a long text nearly every character stands somewhere; pairs do not meet by chance.
    """
    terms = {unit for unit in units if len(unit) > 1}
    terms |= {a + b for a, b in pairwise(units) if len(a) == len(b) == 1}
    return terms


def _passage(key: str, part: Part, units: Units, strength: float = 0.0) -> Passage:
    one = tuple(map(intern, units))
    return Passage(key, part, one, sounds(one), strength)


def _indexed(passage: Passage) -> set[str]:
    """Return what the index holds of a wording: its units and how they sound."""
    return {*passage.units, *passage.sounds}
