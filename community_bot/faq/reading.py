"""Reading the FAQ: an entry as one reader may see it, topics, pages, and what a group is shown."""

from collections import Counter
from collections.abc import Iterable, Sequence

from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.faq import learning_queries, queries, topic_queries, usage_queries
from community_bot.faq.access import Access, Reader
from community_bot.faq.facts import Entry, Line, Page, Shared, Topic, View
from community_bot.faq.following import Listed, LiveIndex
from community_bot.faq.learning_rules import Sign
from community_bot.faq.matching import matching_part
from community_bot.faq.rules import ONCE_IN_A_GROUP, PAGE, SHOWN, EntryState
from community_bot.faq.usage_rows import SearchRow
from community_bot.people.roles import Actor
from community_bot.storage.unit import Cause, Storage, Unit

OTHERS = ""  # the topic of entries that are about none


class Reading:
    """Shows entries; the tier is looked at when one is shown, whatever way led to it."""

    def __init__(self, storage: Storage, clock: Clock, *, access: Access, index: LiveIndex) -> None:
        self._storage = storage
        self._clock = clock
        self._access = access
        self._index = index

    async def open(self, actor: Actor, *, entry_id: int, search_id: int | None = None) -> View:
        """Show an entry and note who read it; raises NotFound for what is not to be seen."""
        reader = await self._access.reader(actor)
        async with self._storage.work(actor.cause) as unit:
            view = await self.open_in(
                unit, actor, reader, entry_id=entry_id, search_id=search_id, is_chosen=True
            )
            await unit.commit()
        return view

    async def open_in(
        self,
        unit: Unit,
        actor: Actor,
        reader: Reader,
        *,
        entry_id: int,
        search_id: int | None,
        is_chosen: bool,
    ) -> View:
        """Do the same in the caller's unit; an entry that was chosen from a list teaches us."""
        entry = await shown_entry(unit, reader, entry_id)
        search = await _own_search(unit, actor, search_id)
        if not reader.may_open(entry.content):
            return view_of(entry, reader)
        await usage_queries.note_reading(
            unit.session,
            entry_id=entry_id,
            member_id=actor.member_id,
            version=entry.version,
            now=self._clock.now(),
        )
        if search is not None and is_chosen:
            await usage_queries.note_opened(unit.session, search.search_id, entry_id)
            await self._learn(unit, actor, entry_id, search)
        return view_of(entry, reader, search)

    async def was_sent(self, unit: Unit, entry: Entry, *, member_id: int) -> None:
        """Note, in the unit of whoever sent it, that an entry came to somebody as an answer."""
        await usage_queries.note_reading(
            unit.session,
            entry_id=entry.entry_id,
            member_id=member_id,
            version=entry.version,
            now=self._clock.now(),
        )

    async def glance(self, actor: Actor, *, entry_id: int) -> View:
        """Show an entry without noting anything: what was sent already is only looked up again."""
        reader = await self._access.reader(actor)
        async with self._storage.read() as session:
            entry = await queries.entry(session, entry_id)
        return view_of(_seen(entry, reader, entry_id), reader)

    async def open_to(self, reader: Reader, entry_ids: Sequence[int]) -> list[View]:
        """Return those of these entries that this reader may read whole, as they are now."""
        async with self._storage.read() as session:
            found = {one.entry_id: one for one in await queries.some(session, entry_ids)}
        return [
            view_of(found[number], reader)
            for number in entry_ids
            if number in found
            and found[number].state in SHOWN
            and reader.may_open(found[number].content)
        ]

    async def read_most(self, reader: Reader) -> list[int]:
        """Return the entries that this reader may read, what is read most first."""
        await self._index.follow()
        by_reads = await self._by_reads(self._index.listed.values())
        return [one.entry_id for one in by_reads if reader.may_read(one.kind, one.least_tier)]

    async def share(self, *, entry_id: int, chat_id: int, cause: Cause | None = None) -> Shared:
        """Show an entry to a group: only what everybody may read, and not twice in a short time."""
        reader = await self._access.anybody()
        now = self._clock.now()
        async with self._storage.work(cause) as unit:
            entry = await shown_entry(unit, reader, entry_id)
            is_new = await usage_queries.may_post(
                unit.session,
                chat_id=chat_id,
                entry_id=entry_id,
                now=now,
                since=now - ONCE_IN_A_GROUP,
            )
            await unit.commit()
        view = view_of(entry, reader) if is_new else None
        return Shared(entry_id, entry.content.question, view)

    async def topics(self, actor: Actor) -> list[Topic]:
        """Return the topics that have something to read, the fullest first.

        What is about no topic is found under one without a name, which comes last.
        """
        reader = await self._access.reader(actor)
        await self._index.follow()
        async with self._storage.read() as session:
            known = await topic_queries.topics(session)
        counted = Counter(
            topic
            for one in self._index.listed.values()
            if reader.may_see(one.kind)
            for topic in _topics_of(one)
        )
        known[OTHERS] = 0
        found = [Topic(known[code], code, n) for code, n in counted.items() if code in known]
        return sorted(found, key=lambda topic: (not topic.code, -topic.entries, topic.topic_id))

    async def in_topic(self, actor: Actor, *, topic_id: int, number: int = 0) -> Page:
        """Return a page of a topic, what is read most first; a page too far is the last one."""
        topic = next((one for one in await self.topics(actor) if one.topic_id == topic_id), None)
        if topic is None:
            raise NotFound("topic", topic_id)
        reader = await self._access.reader(actor)
        listed = await self._by_reads(
            one
            for one in self._index.listed.values()
            if topic.code in _topics_of(one) and reader.may_see(one.kind)
        )
        pages = -(-len(listed) // PAGE)
        number = min(max(number, 0), pages - 1)
        lines = [line_of(one, reader) for one in listed[number * PAGE : (number + 1) * PAGE]]
        return Page(topic, tuple(lines), number, pages)

    async def _by_reads(self, listed: Iterable[Listed]) -> list[Listed]:
        async with self._storage.read() as session:
            reads = await queries.reads(session)
        return sorted(listed, key=lambda one: (-reads.get(one.entry_id, 0), one.entry_id))

    async def _learn(self, unit: Unit, actor: Actor, entry_id: int, search: SearchRow) -> None:
        if search.normal:
            await learning_queries.confirm(
                unit.session,
                entry_id=entry_id,
                member_id=actor.member_id,
                wording=search.wording,
                normal=search.normal,
                sign=Sign.OPENED,
                now=self._clock.now(),
                revision=await queries.next_revision(unit.session),
            )


def _topics_of(one: Listed) -> Sequence[str]:
    return one.topics or (OTHERS,)


async def shown_entry(unit: Unit, reader: Reader, entry_id: int) -> Entry:
    """Return an entry of which this reader may see at least the title; raises NotFound."""
    return _seen(await queries.entry(unit.session, entry_id), reader, entry_id)


def _seen(entry: Entry | None, reader: Reader, entry_id: int) -> Entry:
    if entry is None or entry.state not in SHOWN or not reader.may_see(entry.content.kind):
        raise NotFound("entry", entry_id)
    return entry


async def _own_search(unit: Unit, actor: Actor, search_id: int | None) -> SearchRow | None:
    """Return a search of the actor's own: a forged number leads to nobody else's words."""
    search = await usage_queries.search(unit.session, search_id) if search_id else None
    return search if search is not None and search.member_id == actor.member_id else None


def view_of(entry: Entry, reader: Reader, search: SearchRow | None = None) -> View:
    """Return what this reader may see of an entry: nothing of the body where it is locked."""
    content = entry.content
    is_locked = not reader.may_open(content)
    return View(
        entry_id=entry.entry_id,
        version=entry.version,
        kind=content.kind,
        question=content.question,
        body="" if is_locked else content.body,
        media=() if is_locked else content.media,
        markets=content.markets,
        is_stale=entry.state is EntryState.STALE,
        verified_at=entry.verified_at,
        verifier_name=entry.verifier_name,
        is_locked=is_locked,
        is_paid=content.least_tier is not None,
        level=reader.levels.get(content.least_tier) if content.least_tier else None,
        matching=None if is_locked or search is None else matching_part(search.wording, content),
        search_id=search.search_id if search else None,
    )


def line_of(one: Listed, reader: Reader) -> Line:
    return Line(
        entry_id=one.entry_id,
        question=one.question,
        is_locked=not reader.may_read(one.kind, one.least_tier),
        is_stale=one.is_stale,
    )
