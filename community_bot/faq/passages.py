"""Every wording by which a document can be found, each under a number of the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern

from community_bot.faq.bodies import Bodies
from community_bot.faq.documents import Document, Part
from community_bot.faq.folding import LONGEST
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
        self.wordings = Index(normaliser.vocabulary.kept)
        self.bodies = Bodies()
        self.held: dict[str, Held] = {}
        self._passages: list[Passage | None] = []

    def put(self, documents: Sequence[Document]) -> None:
        """Take in documents whose keys are new; many at once cost less than one after the other."""
        for document in documents:
            self._put_wordings(document)
        bodies = ((one.key, self.normaliser.body(one.body)) for one in documents)
        for key, number in self.bodies.take_in(bodies).items():
            self.held[key].body = number

    def _put_wordings(self, document: Document) -> None:
        held = Held(replace(document, body=document.body[:LONGEST]))
        self.held[document.key] = held
        wordings = {self.normaliser.units(document.question): Part.QUESTION}
        for alias in document.aliases:
            wordings.setdefault(self.normaliser.units(alias), Part.ALIAS)
        for units, part in wordings.items():
            if units:
                held.wordings.append(self._add(_passage(document.key, part, units)))

    def remove(self, key: str) -> None:
        for number in self.numbers(key):
            self._discard(number)
        held = self.held.pop(key)
        if held.body is not None:
            self.bodies.leave_out(held.body, self.normaliser.body(held.document.body))

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

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return under which numbers the wordings of a document stand."""
        held = self.held[key]
        return (*held.wordings, *held.learnt)

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


def _passage(key: str, part: Part, units: Units, strength: float = 0.0) -> Passage:
    one = tuple(map(intern, units))
    return Passage(key, part, one, sounds(one), strength)


def _indexed(passage: Passage) -> set[str]:
    """Return what the index holds of a wording: its units and how they sound."""
    return {*passage.units, *passage.sounds}
