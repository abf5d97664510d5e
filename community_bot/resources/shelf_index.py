"""The library as it can be searched: the FAQ's own engine over resources, in the same words."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq import queries, topic_queries
from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
from community_bot.faq.new_words import UNREAD, NewWords
from community_bot.faq.vocabulary import shipped
from community_bot.resources import library_queries
from community_bot.resources.facts import Resource
from community_bot.resources.rules import ResourceState
from community_bot.resources.topic_rules import TopicKind, kind_of
from community_bot.storage.unit import Storage

AT_ONCE = 20  # resources taken in before others have their turn


class ShelfIndex:
    """Titles, words and topics of what is published, in memory; the database stays the truth."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._following = asyncio.Lock()
        self._revision = UNREAD
        self._of_words = UNREAD  # the revision of the FAQ, which counts changes of its words too
        self._terms: tuple[tuple[str, ...], ...] = ()
        self._new_words = NewWords()
        self.engine = SearchEngine()

    async def follow(self) -> None:
        """Take in what has changed since the last look, whoever changed it."""
        self._new_words.go_on(self.engine)
        async with self._storage.read() as session:
            if await self._is_level(session):
                return
        async with self._following:
            async with self._storage.read() as session:
                revision = await library_queries.revision(session)
                of_words = await queries.revision(session)
                changed = await library_queries.changed_since(session, self._revision)
                terms = tuple(group for _, group in await topic_queries.terms(session))
            await self._take_in_all(changed)
            if terms != self._terms:
                await self._read_with(terms)
            self._revision, self._of_words = revision, of_words

    async def _is_level(self, session: AsyncSession) -> bool:
        return (
            await library_queries.revision(session) == self._revision
            and await queries.revision(session) == self._of_words
        )

    async def catch_up(self) -> None:
        """Follow, and read to the end what searches do not wait for."""
        await self.follow()
        await self._new_words.finish(self.engine)

    async def _read_with(self, terms: tuple[tuple[str, ...], ...]) -> None:
        vocabulary = await asyncio.to_thread(shipped, terms)
        # Whatever interrupts this leaves an engine of two readings: the next look begins anew.
        engine, self.engine = self.engine, SearchEngine(vocabulary)
        self._revision, self._terms = UNREAD, terms
        await self._new_words.begin(engine, vocabulary)
        self.engine = engine
        self._new_words.go_on(engine)

    async def _take_in_all(self, changed: Sequence[Resource]) -> None:
        for number, resource in enumerate(changed, start=1):
            self._take_in(resource)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _take_in(self, resource: Resource) -> None:
        key = str(resource.resource_id)
        if resource.state is not ResourceState.PUBLISHED:
            self.engine.remove(key)
            return
        by_kind = {
            kind: frozenset(code for code in resource.topics if kind_of(code) is kind)
            for kind in TopicKind
        }
        self.engine.put(
            Document(
                key=key,
                question=resource.title,
                body=resource.content.text,
                kind="resource",
                topics=by_kind[TopicKind.SUBJECT],
                markets=by_kind[TopicKind.MARKET],
            )
        )
