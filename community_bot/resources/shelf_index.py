"""The library as it can be searched: the FAQ's own engine over resources."""

import asyncio

from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
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
        self._revision = -1
        self.engine = SearchEngine()

    async def follow(self) -> None:
        """Take in what has changed since the last look, whoever changed it."""
        async with self._storage.read() as session:
            if await library_queries.revision(session) == self._revision:
                return
        async with self._following:
            async with self._storage.read() as session:
                revision = await library_queries.revision(session)
                changed = await library_queries.changed_since(session, self._revision)
            for number, resource in enumerate(changed, start=1):
                self._take_in(resource)
                if number % AT_ONCE == 0:
                    await asyncio.sleep(0)
            self._revision = revision

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
