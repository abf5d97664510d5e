"""The search engine of the community: entries, resources and snippets, in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from community_bot.faq.confidence import FEW, left_open, verdict
from community_bot.faq.documents import Document, Hit, Result
from community_bot.faq.folding import LONGEST, plain
from community_bot.faq.normalising import Normaliser
from community_bot.faq.passages import Held, Passages, Units
from community_bot.faq.ranking import Allowed, Ranking
from community_bot.faq.stories import LONG, parts
from community_bot.faq.vocabulary import Vocabulary, shipped


class Changed(NamedTuple):
    """Documents that other groups of terms change: those with such wordings, with such a body."""

    wordings: list[str]
    bodies: list[str]


class SearchEngine:
    """Finds documents by what members type; every change counts from the next search on."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._normaliser = Normaliser(vocabulary or shipped())
        self._passages = Passages(self._normaliser)
        # Strengths of what was learnt, by document and by wording as typed: kept over every `put`.
        self._learnt: dict[str, dict[str, float]] = {}

    def __len__(self) -> int:
        return len(self._passages.held)

    def __contains__(self, key: str) -> bool:
        return key in self._passages.held

    def put(self, document: Document) -> None:
        """Add a document, or replace the one with its key; what was learnt for it stays."""
        self.fill((document,))

    def fill(self, documents: Iterable[Document]) -> None:
        """Add many documents, or replace those with their keys: faster than one after the other."""
        newest = {document.key: document for document in documents}
        for key in newest:
            if key in self:
                self._passages.remove(key)
        self._passages.put(list(newest.values()))
        for key in newest.keys() & self._learnt.keys():
            self._teach(key)

    def remove(self, key: str) -> None:
        """Forget a document and all that was learnt for it; a key that is not there is no error."""
        if key in self:
            self._passages.remove(key)
        self._learnt.pop(key, None)

    def learn(self, key: str, query: str, strength: float = 1.0) -> None:
        """Remember that the document answered this wording; may come before the document."""
        wordings = self._learnt.setdefault(key, {})
        wordings[query] = wordings.get(query, 0.0) + strength
        self._teach(key)

    def unlearn(self, key: str, query: str, strength: float | None = None) -> None:
        """Take back a confirmation: all of its strength, or as much as is said."""
        wordings = self._learnt.get(key, {})
        left = 0.0 if strength is None else wordings.get(query, 0.0) - strength
        if left > 0:
            wordings[query] = left
        else:
            wordings.pop(query, None)
        self._teach(key)

    def relearn(self, key: str, wordings: Mapping[str, float]) -> None:
        """Let these wordings, with their strength, be all that is learnt for a document."""
        if wordings != self._learnt.get(key, {}):
            self._learnt[key] = dict(wordings)
            self._teach(key)

    def normal(self, text: str) -> str:
        """Return what is compared of a text: two wordings that mean the same often come out alike.

        Without courtesy, in the words of the vocabulary, and without what nobody means.
        """
        return " ".join(self._normaliser.units(text))

    def use(self, vocabulary: Vocabulary) -> None:
        """Read with other groups of terms, at once."""
        changed = self.changed_by(vocabulary)
        self.begin_using(vocabulary)
        for key in changed.wordings:
            self.read_wordings(key)
        for key in changed.bodies:
            self.read_body(key)

    def changed_by(self, vocabulary: Vocabulary) -> Changed:
        """Return what these groups of terms change; all else would be read as it is read now."""
        terms = self._normaliser.vocabulary.differing(vocabulary)

        def stands_in(texts: Iterable[str]) -> bool:
            return any(term in text for text in texts for term in terms)

        held = [*self._passages.held.items()] if terms else []
        wordings = [key for key, one in held if stands_in(map(plain, self._wordings(one)))]
        return Changed(wordings, [key for key, one in held if stands_in((one.folded,))])

    def begin_using(self, vocabulary: Vocabulary) -> None:
        """Read queries and new documents with these groups; those that are here follow by key."""
        self._normaliser = self._passages.normaliser = Normaliser(vocabulary)

    def read_wordings(self, key: str) -> None:
        """Read a document's wordings as they are read now; one that is gone is no error."""
        if key in self:
            self._passages.read_wordings(key)
            self._teach(key)

    def read_body(self, key: str) -> None:
        """Read a document's answer as it is read now; one that is gone is no error."""
        if key in self:
            self._passages.read_body(key)

    def _wordings(self, held: Held) -> Iterator[str]:
        document = held.document
        return chain((document.question,), document.aliases, self._learnt.get(document.key, ()))

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        kinds: Collection[str] = (),
        topics: Collection[str] = (),
        markets: Collection[str] = (),
    ) -> Result:
        """Find what answers the query, the likeliest first; an empty filter lets all through."""
        allowed = _filter(frozenset(kinds), frozenset(topics), frozenset(markets))
        ranking = Ranking(self._passages, allowed)
        told = [query]
        if len(self._asked(query)) >= LONG:
            told += parts(query[:LONGEST])
        # The second one is looked at even where one is wanted: it says whether the first is sure.
        found = [self._found(ranking, part, max(limit, 2)) for part in told]
        hits = max(found, key=lambda some: some[0].confidence if some else -1.0)
        if self._normaliser.length(query) <= FEW:
            hits = left_open(hits)
        return Result(hits[:limit], verdict(hits[0].confidence if hits else None))

    def _found(self, ranking: Ranking, text: str, limit: int) -> tuple[Hit, ...]:
        units = self._asked(text)
        is_bare = self._normaliser.only_asks(text)
        return ranking.hits(units, limit, is_bare=is_bare) if units else ()

    def _asked(self, text: str) -> Units:
        return self._normaliser.asked(text, self._passages.wordings)

    def _teach(self, key: str) -> None:
        wordings: dict[Units, float] = {}
        for query, strength in self._learnt.get(key, {}).items():
            units = self._normaliser.units(query)
            wordings[units] = wordings.get(units, 0.0) + strength
        if key in self:
            self._passages.teach(key, wordings)


def _filter(
    kinds: frozenset[str], topics: frozenset[str], markets: frozenset[str]
) -> Allowed | None:
    if not (kinds or topics or markets):
        return None

    def allowed(document: Document) -> bool:
        return (
            (not kinds or document.kind in kinds)
            and (not topics or not document.topics or bool(topics & document.topics))
            and (not markets or not document.markets or bool(markets & document.markets))
        )

    return allowed
