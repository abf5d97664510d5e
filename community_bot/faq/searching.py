"""Searching the FAQ: an answer at once, a few that may be it, or the way on."""

import re

from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.faq import queries, usage_queries
from community_bot.faq.access import Access, Reader
from community_bot.faq.confidence import PERHAPS
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.documents import Result, Verdict
from community_bot.faq.facts import Found, Gone, Line, Shown, View
from community_bot.faq.following import LiveIndex
from community_bot.faq.masking import masked
from community_bot.faq.reading import Reading, line_of
from community_bot.faq.rules import MOST_HITS, EntryState
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit

LONGEST = 1000  # signs of what is searched; the rest of a long story is not read
FAINTEST = 0.05  # chance of a line in a list; what is below it is there by accident
MOST_INLINE = 60  # hits that are looked through for the open ones
NEAREST = 3  # lines in the place of an entry that was archived
KEPT = 200  # signs of it that are noted
_UNKEPT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # PostgreSQL takes none of some of these


class Searching:
    """Finds entries by what people type, and notes what was found."""

    def __init__(
        self, storage: Storage, clock: Clock, *, access: Access, index: LiveIndex, reading: Reading
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._access = access
        self._index = index
        self._reading = reading

    async def search(self, actor: Actor, *, text: str) -> Found:
        """Search in the private chat: what surely answers is opened at once."""
        reader = await self._access.reader(actor)
        result = await self._result(reader, text)
        lines = self._lines(result, reader)
        first = lines[0].entry_id if lines and result.verdict is Verdict.ANSWERS else None
        async with self._storage.work(actor.cause) as unit:
            search_id = await self._note(unit, actor, text, result.verdict, first)
            answer: View | None = None
            if first is not None:
                answer = await self._opened(unit, actor, reader, first, search_id)
            await unit.commit()
        return Found(search_id, result.verdict, lines, answer)

    async def others(self, actor: Actor, *, search_id: int) -> Found:
        """Show the list of a search made before, without the answer that was opened at once."""
        reader = await self._access.reader(actor)
        async with self._storage.read() as session:
            search = await usage_queries.search(session, search_id)
        if search is None or search.member_id != actor.member_id:
            return Found(None, Verdict.NOTHING, (), None)
        result = await self._result(reader, search.wording)
        lines = tuple(
            line for line in self._lines(result, reader) if line.entry_id != search.entry_id
        )
        verdict = Verdict.PERHAPS if lines else Verdict.NOTHING
        return Found(search_id, verdict, lines, None)

    async def failed(self, actor: Actor, *, search_id: int) -> None:
        """Note that nothing of what was found helped."""
        async with self._storage.work(actor.cause) as unit:
            search = await usage_queries.search(unit.session, search_id)
            if search is not None and search.member_id == actor.member_id:
                await usage_queries.note_failed(unit.session, search_id)
            await unit.commit()

    async def suggest(self, actor: Actor, *, text: str, limit: int = MOST_HITS) -> list[Line]:
        """Return what may answer a question that is still being written; nothing is noted.

        Each of them may be it: nothing is there only because it came third.
        """
        reader = await self._access.reader(actor)
        result = await self._result(reader, text, limit=limit)
        likely = Result(
            tuple(hit for hit in result.hits if hit.confidence >= PERHAPS), result.verdict
        )
        return [line for line in self._lines(likely, reader) if not line.is_locked]

    async def open(
        self, actor: Actor, *, entry_id: int, search_id: int | None = None
    ) -> View | Gone:
        """Open an entry; of one that was archived, say what is nearest to it now."""
        reader = await self._access.reader(actor)
        async with self._storage.read() as session:
            entry = await queries.entry(session, entry_id)
        is_gone = entry is not None and entry.state is EntryState.ARCHIVED
        if entry is None or not is_gone or not reader.may_see(entry.content.kind):
            return await self._reading.open(actor, entry_id=entry_id, search_id=search_id)
        lines = await self.suggest(actor, text=entry.content.question, limit=NEAREST)
        return Gone(tuple(lines))

    async def for_everybody(self, text: str, *, offset: int = 0, limit: int = MOST_HITS) -> Shown:
        """Search where everybody looks on: what is locked is not even named.

        Without words it is what is read most.
        """
        reader = await self._access.anybody()
        if text.strip():
            result = await self._result(reader, text, limit=MOST_INLINE)
            numbers = [line.entry_id for line in self._lines(result, reader) if not line.is_locked]
        else:
            numbers = await self._reading.read_most(reader)
        views = await self._reading.open_to(reader, numbers[offset : offset + limit])
        return Shown(tuple(views), is_more=len(numbers) > offset + limit)

    async def in_group(self, actor: Actor | None, *, text: str) -> Line | int | None:
        """Return the one entry that answers, for a group; it may be locked.

        What only perhaps answers is not said aloud before everybody: then the number of the search
        is returned, with which the one who asked goes on in private. Nobody's is not noted.
        """
        reader = await self._access.anybody()
        result = await self._result(reader, text)
        lines = self._lines(result, reader) if result.verdict is Verdict.ANSWERS else ()
        if lines:
            return lines[0]
        if actor is None:
            return None
        async with self._storage.work(actor.cause) as unit:
            search_id = await self._note(unit, actor, text, result.verdict, None)
            await unit.commit()
        return search_id

    async def _note(
        self, unit: Unit, actor: Actor, text: str, verdict: Verdict, entry_id: int | None
    ) -> int:
        """Note a search without personal data; return its number."""
        wording = masked(_UNKEPT.sub(" ", text[:LONGEST]))[:KEPT]
        return await usage_queries.add_search(
            unit.session,
            member_id=actor.member_id,
            wording=wording,
            normal=self._index.engine.normal(wording)[:KEPT],
            verdict=verdict,
            entry_id=entry_id,
            now=self._clock.now(),
        )

    async def _opened(
        self, unit: Unit, actor: Actor, reader: Reader, entry_id: int, search_id: int
    ) -> View | None:
        """Open what was found; it may have been taken down a moment ago."""
        try:
            return await self._reading.open_in(
                unit, actor, reader, entry_id=entry_id, search_id=search_id, is_chosen=False
            )
        except NotFound:
            return None

    async def _result(self, reader: Reader, text: str, limit: int = MOST_HITS) -> Result:
        await self._index.follow()
        kinds = () if reader.is_editor else (EntryKind.FAQ.value,)
        return self._index.engine.search(text[:LONGEST], limit=limit, kinds=kinds)

    def _lines(self, result: Result, reader: Reader) -> tuple[Line, ...]:
        """Return what was found as lines; where nothing fits, nothing is shown."""
        if result.verdict is Verdict.NOTHING:
            return ()
        likely = (hit for hit in result.hits if hit.confidence >= FAINTEST)
        listed = (self._index.listed.get(int(hit.key)) for hit in likely)
        return tuple(line_of(one, reader) for one in listed if one is not None)
