"""Taking entries in from files and out into them: compared first, then all of them or none."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from community_bot.faq import queries, usage_queries
from community_bot.faq.access import Access
from community_bot.faq.bringing import Bringing, Brought
from community_bot.faq.comparing import REVIEW, Fate, Taken, compared
from community_bot.faq.entries import Entries, with_differences
from community_bot.faq.facts import Entry
from community_bot.faq.publishing import Publishing
from community_bot.faq.records import Record
from community_bot.faq.rules import SHOWN
from community_bot.faq.sheets import Written
from community_bot.faq.votes import counted
from community_bot.people import queries as people
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 200  # new entries


@dataclass(frozen=True, slots=True)
class _There:
    """What is here already, and who of those that the files name is known."""

    entries: Mapping[int, Entry]
    editors: Collection[int]
    known: Collection[int]


class Transfer:
    """The way in and out; only who may change every entry takes it."""

    def __init__(
        self,
        storage: Storage,
        *,
        entries: Entries,
        bringing: Bringing,
        publishing: Publishing,
        access: Access,
    ) -> None:
        self._storage = storage
        self._entries = entries
        self._bringing = bringing
        self._publishing = publishing
        self._access = access

    async def all(self, actor: Actor) -> list[Entry]:
        """Return every entry, in the order of their numbers."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await queries.entries(session)

    async def history(self, actor: Actor) -> list[Record]:
        """Return every version of every entry, with what came of the entry."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            entries = await queries.entries(session)
            versions = await queries.every_version(session)
            votes = await usage_queries.every_vote(session)
            reads = await queries.reads(session)
        return [
            Record(
                one,
                with_differences(one.entry_id, versions.get(one.entry_id, ())),
                counted(votes.get(one.entry_id, []), reads.get(one.entry_id, 0)),
            )
            for one in entries
        ]

    async def compare(
        self, actor: Actor, written: Sequence[Written], *, bot_id: int
    ) -> list[Taken]:
        """Say what would become of each, and change nothing."""
        tiers = (await self._access.anybody()).levels
        return compared(written, await self.all(actor), bot_id, tiers)

    async def take_in(
        self,
        actor: Actor,
        written: Sequence[Written],
        *,
        bot_id: int,
        seen: Callable[[Taken], None] = lambda _: None,
    ) -> list[Taken]:
        """Take all of them in; nothing at all where one of them conflicts or is wrong.

        An entry that is new here gets a new number, and the state that its file says; it counts as
        verified when the file says. Pictures and files of another bot are left out, and counted.
        `seen` is called after each.
        """
        actor.require(Role.ADMIN)
        tiers = (await self._access.anybody()).levels
        async with self._storage.work(actor.cause) as unit:
            there = await queries.entries(unit.session)
            taken = compared(written, there, bot_id, tiers)
            around = await self._around(actor, unit, written, there)
            if any(one.fate in (Fate.CONFLICT, Fate.WRONG) for one in taken):
                return taken
            found = await self._bring(unit, actor, taken, around, seen)
            for one in taken:
                if one.fate is Fate.CHANGED:
                    found += await self._change(unit, actor, one, around)
                if one.fate is not Fate.NEW:
                    seen(one)
            await self._publishing.call_back_in(unit, found)
            await unit.commit()
        return taken

    async def _around(
        self, actor: Actor, unit: Unit, written: Sequence[Written], there: Sequence[Entry]
    ) -> _There:
        checkers = [*(one.verified_by for one in written), *(one.verified_by for one in there)]
        return _There(
            {entry.entry_id: entry for entry in there},
            editors=set(await self._publishing.editors(actor)),
            known=set(await people.names(unit.session, set(filter(None, checkers)))),
        )

    async def _bring(
        self,
        unit: Unit,
        actor: Actor,
        taken: Sequence[Taken],
        there: _There,
        seen: Callable[[Taken], None],
    ) -> list[Entry]:
        """Write what is new here; return those that members find from now on."""
        new, found = [one for one in taken if one.fate is Fate.NEW], list[Entry]()
        for at in range(0, len(new), AT_ONCE):
            some = new[at : at + AT_ONCE]
            brought = [_brought(one.written, there) for one in some]
            found += await self._bringing.bring_in(unit, actor, brought)
            for one in some:
                seen(one)
        return found

    async def _change(self, unit: Unit, actor: Actor, one: Taken, there: _There) -> list[Entry]:
        """Save what is changed; return it where members find it."""
        before = there.entries[one.written.entry_id or 0]
        content = one.written.content
        if content != before.content:
            version = before.version
            await self._entries.save_in(unit, actor, before, version=version, content=content)
            await self._keep_check(unit, one.written, before, there)
        await self._set_review(unit, actor, one, before.entry_id)
        return [replace(before, content=content)] if before.state in SHOWN else []

    async def _keep_check(self, unit: Unit, written: Written, before: Entry, there: _There) -> None:
        """Let an answer be checked when its file says, or here since; not by being taken in."""
        at, by = written.verified_at, written.verified_by
        if at is None:
            return
        if before.verified_at is not None and before.verified_at > at:
            at, by = before.verified_at, before.verified_by
        by = by if by in there.known else None
        await self._publishing.date_in(
            unit, entry_id=before.entry_id, verified_at=at, verified_by=by
        )

    async def _set_review(self, unit: Unit, actor: Actor, one: Taken, entry_id: int) -> None:
        """Take over what the file says of reviews; one that says nothing changes nothing."""
        days = one.written.review_days
        if days is not None and any(change.field == REVIEW for change in one.changes):
            await self._publishing.set_review_in(unit, actor, entry_id=entry_id, days=days)


def _brought(written: Written, there: _There) -> Brought:
    by, owner_id = written.verified_by, written.owner_id
    return Brought(
        content=written.content,
        state=written.state,
        owner_id=owner_id if owner_id in there.editors else None,
        review_days=written.review_days,
        verified_at=written.verified_at,
        verified_by=by if by in there.known else None,
    )
