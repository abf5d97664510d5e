"""Every wording by which a document can be found, each under a number of the index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern

from community_bot.faq.bodies import Bodies
from community_bot.faq.documents import Document, Part
from community_bot.faq.folding import plain
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

    document: Document  # without its body
    folded: str  # the beginning of its body
    read_by: Normaliser  # what the body was read with; it may be read again later than the rest
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
        self._take_in_bodies([one.key for one in documents])

    def _take_in_bodies(self, keys: Iterable[str]) -> None:
        bodies = ((key, self._body_of(self.held[key])) for key in keys)
        for key, number in self.bodies.take_in(bodies).items():
            self.held[key].body = number

    def _put_wordings(self, document: Document) -> None:
        held = Held(replace(document, body=""), plain(document.body), self.normaliser)
        self.held[document.key] = held
        held.wordings = list(map(self._add, self._worded(document)))

    def _worded(self, document: Document) -> list[Passage]:
        """Return the wordings of a document as they are read now, none of them twice."""
        wordings = {self.normaliser.units(document.question): Part.QUESTION}
        for alias in document.aliases:
            wordings.setdefault(self.normaliser.units(alias), Part.ALIAS)
        return [_passage(document.key, part, units) for units, part in wordings.items() if units]

    def read_wordings(self, key: str) -> None:
        """Read a question and its aliases again; what was learnt stays as it is."""
        held = self.held[key]
        now = self._worded(held.document)
        for number, passage in zip(held.wordings, now, strict=False):
            self.wordings.replace(number, _indexed(self[number]), _indexed(passage))
            self._passages[number] = passage
        for number in held.wordings[len(now) :]:
            self._discard(number)
        added = map(self._add, now[len(held.wordings) :])
        held.wordings = [*held.wordings[: len(now)], *added]

    def read_body(self, key: str) -> None:
        """Read an answer again that was read with another normaliser."""
        held = self.held[key]
        before, held.read_by = self._body_of(held), self.normaliser
        if held.body is None:
            self._take_in_bodies([key])
        else:
            held.body = self.bodies.read_anew(held.body, before, self._body_of(held))

    def _body_of(self, held: Held) -> str:
        return held.read_by.body(held.folded)

    def remove(self, key: str) -> None:
        for number in self.numbers(key):
            self._discard(number)
        held = self.held.pop(key)
        if held.body is not None:
            self.bodies.leave_out(held.body, self._body_of(held))

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
