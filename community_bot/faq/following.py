"""The index in memory, which follows the database: also what another process has changed there."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq import learning_queries, queries, topic_queries
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
from community_bot.faq.facts import Findable
from community_bot.faq.folding import LONGEST
from community_bot.faq.markup_rules import plain
from community_bot.faq.new_words import UNREAD, NewWords
from community_bot.faq.rules import SHOWN, EntryState
from community_bot.faq.vocabulary import Vocabulary, shipped
from community_bot.storage.unit import Storage

AT_ONCE = 20  # entries taken in before others have their turn
FEW = 500  # changes; for more the index is built anew, beside the work
_Terms = tuple[tuple[str, ...], ...]  # the community's own groups of equal terms
Wordings = Mapping[str, float]  # what was learnt for an entry, with its strength


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of an entry without asking the database; no body is among it."""

    entry_id: int
    kind: EntryKind
    question: str
    topics: tuple[str, ...]
    least_tier: str | None
    is_stale: bool


class LiveIndex:
    """Everything that can be found, in memory; the database stays the truth."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._following = asyncio.Lock()
        self._revision = UNREAD
        self._terms: _Terms = ()
        self._new_words = NewWords()
        self._is_building = False
        self._learnt: dict[int, Wordings] = {}
        self.vocabulary = shipped()  # the words of the community and those that come with it
        self.engine = SearchEngine(self.vocabulary)
        self.listed: dict[int, Listed] = {}

    async def follow(self) -> None:
        """Take in what has changed since the last look, whoever changed it.

        While another look builds the index anew, searches are answered by the one in use.
        """
        self._new_words.go_on(self.engine)
        async with self._storage.read() as session:
            if await queries.revision(session) == self._revision or self._is_built_beside:
                return
        async with self._following, self._storage.read() as session:
            revision = await queries.revision(session)
            if revision == self._revision:
                return
            terms = tuple(group for _, group in await topic_queries.terms(session))
            learnt = await self._learnt_since(session)
            self._learnt |= learnt
            if await self._is_too_much(session):
                await self._begin_anew(session, terms)
            else:
                await self._take_in(session, learnt)
                if terms != self._terms:
                    await self._read_with(terms)
            self._revision = revision

    async def catch_up(self) -> None:
        """Follow, and read to the end what searches do not wait for."""
        await self.follow()
        await self._new_words.finish(self.engine)

    @property
    def _is_built_beside(self) -> bool:
        return self._is_building and self._revision >= 0

    async def _is_too_much(self, session: AsyncSession) -> bool:
        """Say whether building anew costs less than taking in what has changed."""
        if self._revision < 0:
            return True
        return await queries.changes_since(session, self._revision) > FEW

    async def _read_with(self, terms: _Terms) -> None:
        vocabulary = await asyncio.to_thread(shipped, terms)
        self._revision = UNREAD  # until all is read
        await self._new_words.begin(self.engine, vocabulary)
        self._new_words.go_on(self.engine)
        self.vocabulary, self._terms = vocabulary, terms

    async def _learnt_since(self, session: AsyncSession) -> dict[int, Wordings]:
        """Return all that holds now of entries about which something was learnt or undone."""
        entries = await learning_queries.entries_since(session, self._revision)
        found = await learning_queries.holding(session, entries)
        return {entry_id: found.get(entry_id, {}) for entry_id in entries}

    async def _take_in(self, session: AsyncSession, learnt: Mapping[int, Wordings]) -> None:
        changed = [one async for one in queries.findable(session, since=self._revision)]
        for number, entry in enumerate(changed):
            self._put(entry)
            if number % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)
        for entry_id, wordings in learnt.items():
            self.engine.relearn(str(entry_id), wordings)

    async def _begin_anew(self, session: AsyncSession, terms: _Terms) -> None:
        """Build the index beside the one in use, away from the loop that answers people."""
        vocabulary = shipped(terms) if terms != self._terms else self.vocabulary
        listed: dict[int, Listed] = {}
        documents: list[Document] = []
        self._is_building = True
        try:
            async for entry in queries.findable(session):
                listed[entry.entry_id] = _listed(entry)
                documents.append(_document(entry))
            build = partial(_built, vocabulary, documents, dict(self._learnt))
            self.engine = await asyncio.to_thread(build)
            self._new_words.forget()
        finally:
            self._is_building = False
        self.vocabulary, self._terms, self.listed = vocabulary, terms, listed

    def _put(self, entry: Findable) -> None:
        if entry.state in SHOWN:
            self.listed[entry.entry_id] = _listed(entry)
            self.engine.put(_document(entry))
            self.engine.relearn(str(entry.entry_id), self._learnt.get(entry.entry_id, {}))
        else:
            self.listed.pop(entry.entry_id, None)
            self.engine.remove(str(entry.entry_id))


def _built(
    vocabulary: Vocabulary, documents: Iterable[Document], learnt: Mapping[int, Wordings]
) -> SearchEngine:
    engine = SearchEngine(vocabulary)
    engine.fill(documents)
    for entry_id, wordings in learnt.items():
        if str(entry_id) in engine:
            engine.relearn(str(entry_id), wordings)
    return engine


def _document(entry: Findable) -> Document:
    return Document(
        key=str(entry.entry_id),
        question=entry.question,
        aliases=tuple(entry.aliases),
        body=plain(entry.body)[:LONGEST],
        kind=entry.kind.value,
        topics=frozenset(entry.topics),
        markets=frozenset(entry.markets),
    )


def _listed(entry: Findable) -> Listed:
    return Listed(
        entry_id=entry.entry_id,
        kind=entry.kind,
        question=entry.question,
        topics=tuple(entry.topics),
        least_tier=entry.least_tier,
        is_stale=entry.state is EntryState.STALE,
    )
