"""Searches without an answer: shown to admins in groups, and closed by one tap."""

from dataclasses import replace
from datetime import datetime

from community_bot.clock import Clock
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import NotFound
from community_bot.faq import entry_steps as steps
from community_bot.faq import gap_queries, usage_queries
from community_bot.faq.calling_back import CallingBack
from community_bot.faq.content_rules import Content, EntryKind, checked
from community_bot.faq.entries import Entries
from community_bot.faq.facts import Entry, GapPage, Line
from community_bot.faq.following import LiveIndex
from community_bot.faq.notices import GapsReport
from community_bot.faq.rules import SEARCHED_LATELY, SHOWN
from community_bot.faq.usage_rows import SearchRow
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 5


class Gaps:
    """What members asked for and the FAQ does not have; their words are without personal data."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        index: LiveIndex,
        entries: Entries,
        calling_back: CallingBack,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._index = index
        self._entries = entries
        self._calling_back = calling_back

    async def page(self, actor: Actor, *, number: int = 0) -> GapPage:
        """Return what was searched in vain lately, by how many members, most first."""
        actor.require(Role.ADMIN)
        since = self._clock.now() - SEARCHED_LATELY
        async with self._storage.read() as session:
            pages = -(-await gap_queries.count_gaps(session, since=since) // AT_ONCE)
            number = max(min(number, pages - 1), 0)
            found = await gap_queries.gaps(
                session, since=since, offset=number * AT_ONCE, limit=AT_ONCE
            )
        await self._index.follow()
        gaps = (replace(one, nearest=next(iter(self._near(one.wording)), None)) for one in found)
        return GapPage(tuple(gaps), number, pages)

    async def report(self, unit: Unit, *, since: datetime, until: datetime, once_key: str) -> int:
        """Tell admins, inside the caller's unit, what was searched in vain; return how much."""
        count = await gap_queries.count_gaps(unit.session, since=since, until=until)
        first = await gap_queries.gaps(unit.session, since=since, until=until, limit=AT_ONCE)
        told = GapsReport(count, tuple((one.wording, one.members) for one in first))
        admins = await self._people.with_roles_in(unit.session, Role.ADMIN) if count else []
        await self._outbox.put(
            unit,
            *(
                Promise(
                    told, chat_id=admin, member_id=admin, once_key=f"faq_gaps:{once_key}:{admin}"
                )
                for admin in admins
            ),
        )
        return count

    async def near(self, actor: Actor, *, search_id: int) -> tuple[str, list[Line]]:
        """Return the wording of a gap, and entries that it may be another wording of."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            search = await usage_queries.search(session, search_id)
        if search is None:
            raise NotFound("gap", search_id)
        await self._index.follow()
        return search.wording, self._near(search.wording)

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
                await self._calling_back.tell(unit, [entry], now=self._clock.now())
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

    def _near(self, wording: str) -> list[Line]:
        hits = self._index.engine.search(wording, limit=5, kinds=(EntryKind.FAQ.value,)).hits
        listed = (self._index.listed.get(int(hit.key)) for hit in hits)
        return [
            Line(one.entry_id, one.question, is_locked=False, is_stale=one.is_stale)
            for one in listed
            if one is not None
        ]

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
