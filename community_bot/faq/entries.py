"""Entries: what they say, how they came to say it, and writing them; every save is a version."""

from collections.abc import Iterable
from dataclasses import replace

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.faq import entry_steps as steps
from community_bot.faq import queries, topic_queries
from community_bot.faq.access import EDITORS
from community_bot.faq.calling_back import CallingBack
from community_bot.faq.content_rules import (
    Content,
    Media,
    answers_anew,
    checked,
    differences,
    typed_into,
)
from community_bot.faq.facts import Entry, Line, Version
from community_bot.faq.following import LiveIndex
from community_bot.faq.rules import PAGE, SHOWN, EntryState, Intervals
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit

ALIKE = 0.5  # confidence from which two questions are asked about as perhaps the same


class Entries:
    """What the FAQ says. Mentors write, and change their own; admins change every entry."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        index: LiveIndex,
        intervals: Intervals,
        calling_back: CallingBack,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._index = index
        self._intervals = intervals
        self._calling_back = calling_back

    async def one(self, actor: Actor, *, entry_id: int) -> Entry:
        """Return an entry whole, for staff."""
        actor.require(*EDITORS)
        async with self._storage.read() as session:
            found = await queries.entry(session, entry_id)
        if found is None:
            raise NotFound("entry", entry_id)
        return found

    async def in_state(
        self, actor: Actor, *states: EntryState, number: int = 0
    ) -> tuple[list[Entry], bool]:
        """Return a page of entries in these states, and whether more follow."""
        actor.require(*EDITORS)
        async with self._storage.read() as session:
            found = await queries.in_state(
                session, states, offset=max(number, 0) * PAGE, limit=PAGE + 1
            )
        return found[:PAGE], len(found) > PAGE

    async def counts(self, actor: Actor) -> dict[EntryState, int]:
        actor.require(*EDITORS)
        async with self._storage.read() as session:
            return await queries.count_in_state(session)

    async def versions(self, actor: Actor, *, entry_id: int) -> list[Version]:
        """Return every version with what changed in it, the newest first."""
        actor.require(*EDITORS)
        async with self._storage.read() as session:
            saved = await queries.versions(session, entry_id)
        if not saved:
            raise NotFound("entry", entry_id)
        return with_differences(entry_id, saved)

    async def alike(self, content: Content, *, besides: int | None = None) -> list[Line]:
        """Return entries that may say the same already, the likeliest first."""
        await self._index.follow()
        result = self._index.engine.search(content.question, limit=4)
        found = [int(hit.key) for hit in result.hits if hit.confidence >= ALIKE]
        listed = (self._index.listed.get(number) for number in found if number != besides)
        return [
            Line(one.entry_id, one.question, is_locked=False, is_stale=one.is_stale)
            for one in listed
            if one is not None
        ]

    async def write(
        self,
        actor: Actor,
        *,
        content: Content,
        owner_id: int | None = None,
        source_ticket_id: int | None = None,
    ) -> Entry:
        """Write a new draft; whoever writes it looks after it until somebody else is named."""
        actor.require(*EDITORS)
        async with self._storage.work(actor.cause) as unit:
            entry_id = await self.write_in(
                unit,
                actor,
                content=content,
                owner_id=owner_id,
                source_ticket_id=source_ticket_id,
            )
            await unit.commit()
        return await self.one(actor, entry_id=entry_id)

    async def write_in(
        self,
        unit: Unit,
        actor: Actor,
        *,
        content: Content,
        owner_id: int | None = None,
        source_ticket_id: int | None = None,
    ) -> int:
        """Write a draft inside the unit of whoever has something worth keeping."""
        content, now = checked(content), self._clock.now()
        entry_id = await queries.add_entry(
            unit.session,
            content,
            owner_id=owner_id or actor.member_id,
            made_by=actor.member_id,
            made_at=now,
            source_ticket_id=source_ticket_id,
            revision=await queries.next_revision(unit.session),
        )
        await topic_queries.add_topics(unit.session, content.topics)
        await queries.add_version(unit.session, entry_id, 1, content, by=actor.member_id, now=now)
        await steps.note(unit, actor, "write", entry_id, now=now)
        return entry_id

    async def save(self, actor: Actor, *, entry_id: int, version: int, content: Content) -> Entry:
        """Save another version over the one that was read; AlreadyDone when it is not the newest.

        Another answer says as well that it holds; other wordings or topics do not.
        """
        content = checked(content)
        async with self._storage.work(actor.cause) as unit:
            before = await steps.editable(unit, actor, entry_id)
            if content == before.content:
                raise AlreadyDone("entry_saved")
            await self.save_in(unit, actor, before, version=version, content=content)
            if before.state in SHOWN:
                saved = await steps.found(unit, entry_id)
                await self._calling_back.tell(unit, [saved], now=self._clock.now())
            await unit.commit()
        return await self.one(actor, entry_id=entry_id)

    async def change(
        self, actor: Actor, *, entry_id: int, version: int, field: str, text: str
    ) -> Entry:
        """Save one field as it was typed, over the version that was read."""
        before = await self.one(actor, entry_id=entry_id)
        content = typed_into(before.content, field, text)
        return await self.save(actor, entry_id=entry_id, version=version, content=content)

    async def answer(
        self,
        actor: Actor,
        *,
        entry_id: int,
        version: int,
        body: str,
        media: tuple[Media, ...] = (),
    ) -> Entry:
        """Save another answer; pictures and files stay unless others come with it."""
        before = (await self.one(actor, entry_id=entry_id)).content
        content = replace(before, body=body, media=media or before.media)
        return await self.save(actor, entry_id=entry_id, version=version, content=content)

    async def revert(self, actor: Actor, *, entry_id: int, version: int, newest: int) -> Entry:
        """Save what an entry once said as its newest version; nothing is lost by it."""
        actor.require(*EDITORS)
        async with self._storage.read() as session:
            saved = await queries.versions(session, entry_id)
        content = next((then for number, *_, then in saved if number == version), None)
        if content is None:
            raise NotFound("version", version)
        return await self.save(actor, entry_id=entry_id, version=newest, content=content)

    async def without_media(self, actor: Actor, *, entry_id: int) -> Entry:
        """Save the answer without its pictures and files."""
        before = await self.one(actor, entry_id=entry_id)
        content = replace(before.content, media=())
        return await self.save(actor, entry_id=entry_id, version=before.version, content=content)

    async def limit_to(self, actor: Actor, *, entry_id: int, tier: str | None) -> Entry:
        """Say from which tier on the answer may be read; None is everybody."""
        before = await self.one(actor, entry_id=entry_id)
        content = replace(before.content, least_tier=tier)
        return await self.save(actor, entry_id=entry_id, version=before.version, content=content)

    async def save_in(
        self, unit: Unit, actor: Actor, before: Entry, *, version: int, content: Content
    ) -> None:
        """Do the same inside the caller's unit; the content is checked already."""
        now, entry_id = self._clock.now(), before.entry_id
        if not await queries.save_content(
            unit.session,
            entry_id,
            content,
            version=version + 1,
            revision=await queries.next_revision(unit.session),
        ):
            raise Invalid("entry", "changed")
        await topic_queries.add_topics(unit.session, content.topics)
        await queries.add_version(
            unit.session, entry_id, version + 1, content, by=actor.member_id, now=now
        )
        changed = [change.field for change in differences(before.content, content)]
        await steps.note(unit, actor, "save", entry_id, now=now, after={"fields": changed})
        if before.state in SHOWN and answers_anew(changed):
            await steps.verify(unit, actor, entry_id, intervals=self._intervals, now=now)
        elif "topics" in changed:
            await steps.reckon_review(unit, entry_id, intervals=self._intervals)


def with_differences(entry_id: int, saved: Iterable[queries.Saved]) -> list[Version]:
    """Return versions, given oldest first, with what changed in each, the newest first."""
    before = Content(question="", body="")
    found = []
    for version, saved_at, saved_by, name, content in saved:
        changes = differences(before, content)
        found.append(Version(entry_id, version, saved_at, saved_by, name, content, changes))
        before = content
    return found[::-1]
