"""Searches without an answer: shown to admins in groups, and closed by one tap."""

from dataclasses import replace

from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import NotFound
from community_bot.faq import entry_steps as steps
from community_bot.faq import gap_queries, usage_queries
from community_bot.faq.calling_back import call_back
from community_bot.faq.content_rules import Content, checked
from community_bot.faq.entries import Entries
from community_bot.faq.facts import Entry, Gap, Line
from community_bot.faq.following import LiveIndex
from community_bot.faq.rules import SEARCHED_LATELY, SHOWN
from community_bot.faq.usage_rows import SearchRow
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage, Unit

SHOWN_AT_ONCE = 15


class Gaps:
    """What members asked for and the FAQ does not have; their words are without personal data."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        index: LiveIndex,
        entries: Entries,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._index = index
        self._entries = entries

    async def all(self, actor: Actor) -> list[Gap]:
        """Return what was searched in vain lately, by how many members, most first."""
        actor.require(Role.ADMIN)
        since = self._clock.now() - SEARCHED_LATELY
        async with self._storage.read() as session:
            return await gap_queries.gaps(session, since=since, limit=SHOWN_AT_ONCE)

    async def near(self, actor: Actor, *, search_id: int) -> tuple[str, list[Line]]:
        """Return the wording of a gap, and entries that it may be another wording of."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            search = await usage_queries.search(session, search_id)
        if search is None:
            raise NotFound("gap", search_id)
        await self._index.follow()
        hits = self._index.engine.search(search.wording, limit=5).hits
        listed = (self._index.listed.get(int(hit.key)) for hit in hits)
        return search.wording, [
            Line(one.entry_id, one.question, is_locked=False, is_stale=one.is_stale)
            for one in listed
            if one is not None
        ]

    async def ignore(self, actor: Actor, *, search_id: int) -> None:
        """Let it be: nobody has to answer that."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            await self._decide(unit, actor, await self._search(unit, search_id), None)
            await unit.commit()

    async def same_as(self, actor: Actor, *, search_id: int, entry_id: int) -> Entry:
        """Say that it is another wording of an entry: who searched it is told."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            search = await self._search(unit, search_id)
            before = await steps.editable(unit, actor, entry_id)
            aliases = (*before.content.aliases, search.wording)
            content = checked(replace(before.content, aliases=aliases))
            if content != before.content:
                await self._entries.save_in(
                    unit, actor, before, version=before.version, content=content
                )
            await self._decide(unit, actor, search, entry_id)
            entry = await steps.found(unit, entry_id)
            if entry.state in SHOWN:
                await call_back(
                    unit, entry, outbox=self._outbox, index=self._index, now=self._clock.now()
                )
            await unit.commit()
        return entry

    async def answer(self, actor: Actor, *, search_id: int, content: Content) -> Entry:
        """Write a draft that answers it; publishing it tells those who searched."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            search = await self._search(unit, search_id)
            entry_id = await self._entries.write_in(unit, actor, content=content)
            await self._decide(unit, actor, search, entry_id)
            entry = await steps.found(unit, entry_id)
            await unit.commit()
        return entry

    async def _decide(
        self, unit: Unit, actor: Actor, search: SearchRow, entry_id: int | None
    ) -> None:
        await gap_queries.decide(
            unit.session,
            search.normal,
            entry_id=entry_id,
            by=actor.member_id,
            now=self._clock.now(),
        )

    @staticmethod
    async def _search(unit: Unit, search_id: int) -> SearchRow:
        search = await usage_queries.search(unit.session, search_id)
        if search is None:
            raise NotFound("gap", search_id)
        return search
