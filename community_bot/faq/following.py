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
from community_bot.faq.facts import Entry
from community_bot.faq.markup_rules import plain
from community_bot.faq.rules import SHOWN, EntryState
from community_bot.faq.vocabulary import Vocabulary, shipped
from community_bot.storage.unit import Storage

AT_ONCE = 20  # entries taken in before others have their turn
FEW = 200  # changes; for more the index is built anew, beside the work
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
        self._revision = -1
        self._terms: tuple[tuple[str, ...], ...] = ()
        self._learnt: dict[int, Wordings] = {}
        self.engine = SearchEngine()
        self.listed: dict[int, Listed] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the community and those that are shipped."""
        return shipped(self._terms)

    async def follow(self) -> None:
        """Take in what has changed since the last look, whoever changed it."""
        async with self._storage.read() as session:
            if await queries.revision(session) == self._revision:
                return
        async with self._following:
            async with self._storage.read() as session:
                revision = await queries.revision(session)
                is_first = self._revision < 0
                changed = [] if is_first else await queries.changed_since(session, self._revision)
                terms = tuple(group for _, group in await topic_queries.terms(session))
                learnt = await self._learnt_since(session)
                everything = None
                if is_first or terms != self._terms or len(changed) > FEW:
                    everything = await queries.in_state(session, SHOWN, limit=2**31 - 1)
            self._learnt |= learnt
            if everything is None:
                await self._take_in(changed, learnt)
            else:
                await self._begin_anew(everything, terms)
            self._revision = revision

    async def _learnt_since(self, session: AsyncSession) -> dict[int, Wordings]:
        """Return all that holds now of entries about which something was learnt or undone."""
        entries = await learning_queries.entries_since(session, self._revision)
        found = await learning_queries.holding(session, entries)
        return {entry_id: found.get(entry_id, {}) for entry_id in entries}

    async def _take_in(self, changed: Iterable[Entry], learnt: Mapping[int, Wordings]) -> None:
        for number, entry in enumerate(changed):
            self._put(entry)
            if number % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)
        for entry_id, wordings in learnt.items():
            self.engine.relearn(str(entry_id), wordings)

    async def _begin_anew(
        self, everything: list[Entry], terms: tuple[tuple[str, ...], ...]
    ) -> None:
        """Build the index beside the one in use, away from the loop that answers people."""
        learnt = dict(self._learnt)
        engine = await asyncio.to_thread(partial(_built, everything, terms, learnt))
        self.engine, self._terms = engine, terms
        self.listed = {entry.entry_id: _listed(entry) for entry in everything}

    def _put(self, entry: Entry) -> None:
        if entry.state in SHOWN:
            self.listed[entry.entry_id] = _listed(entry)
            self.engine.put(_document(entry))
            self.engine.relearn(str(entry.entry_id), self._learnt.get(entry.entry_id, {}))
        else:
            self.listed.pop(entry.entry_id, None)
            self.engine.remove(str(entry.entry_id))


def _built(
    everything: Iterable[Entry],
    terms: Iterable[tuple[str, ...]],
    learnt: Mapping[int, Wordings],
) -> SearchEngine:
    engine = SearchEngine(shipped(terms))
    for entry in everything:
        engine.put(_document(entry))
        engine.relearn(str(entry.entry_id), learnt.get(entry.entry_id, {}))
    return engine


def _document(entry: Entry) -> Document:
    content = entry.content
    return Document(
        key=str(entry.entry_id),
        question=content.question,
        aliases=content.aliases,
        body=plain(content.body),
        kind=content.kind.value,
        topics=frozenset(content.topics),
        markets=frozenset(content.markets),
    )


def _listed(entry: Entry) -> Listed:
    return Listed(
        entry_id=entry.entry_id,
        kind=entry.content.kind,
        question=entry.content.question,
        topics=entry.content.topics,
        least_tier=entry.content.least_tier,
        is_stale=entry.state is EntryState.STALE,
    )
