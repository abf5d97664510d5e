"""Taking entries in from files and out into them: compared first, then all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.faq import queries
from community_bot.faq.content_rules import Change, Content, checked, differences
from community_bot.faq.entries import Entries
from community_bot.faq.facts import Entry
from community_bot.faq.folding import plain
from community_bot.faq.publishing import Publishing
from community_bot.faq.rules import SHOWN, EntryState
from community_bot.faq.sheets import Written
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage, Unit


class Fate(StrEnum):
    """What becomes of an entry that is taken in."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"  # it was changed here since it was exported, or is here already
    WRONG = "wrong"  # it cannot be used


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry of the files, compared with what is there; `reason` says what is wrong with it."""

    written: Written
    fate: Fate
    changes: tuple[Change, ...] = ()
    reason: str = ""


class Transfer:
    """The way in and out; only who may change every entry takes it."""

    def __init__(self, storage: Storage, *, entries: Entries, publishing: Publishing) -> None:
        self._storage = storage
        self._entries = entries
        self._publishing = publishing

    async def all(self, actor: Actor) -> list[Entry]:
        """Return every entry, in the order of their numbers."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await queries.entries(session)

    async def compare(self, actor: Actor, written: Sequence[Written]) -> list[Taken]:
        """Say what would become of each, and change nothing."""
        return _compared(written, await self.all(actor))

    async def take_in(self, actor: Actor, written: Sequence[Written]) -> list[Taken]:
        """Take all of them in; nothing at all where one of them conflicts or is wrong.

        An entry that is new here gets a new number; if its file says that it was published, it is.
        """
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            there = await queries.entries(unit.session)
            taken = _compared(written, there)
            if any(one.fate in (Fate.CONFLICT, Fate.WRONG) for one in taken):
                return taken
            known = {entry.entry_id: entry for entry in there}
            for one in taken:
                await self._take(unit, actor, one, known)
            await unit.commit()
        return taken

    async def _take(self, unit: Unit, actor: Actor, one: Taken, known: dict[int, Entry]) -> None:
        content = one.written.content
        if one.fate is Fate.NEW:
            entry_id = await self._entries.write_in(unit, actor, content=content)
            if one.written.state in SHOWN:
                await self._publishing.publish_in(unit, actor, entry_id=entry_id)
        elif one.fate is Fate.CHANGED and one.written.entry_id is not None:
            before = known[one.written.entry_id]
            await self._entries.save_in(
                unit, actor, before, version=before.version, content=content
            )


def _compared(written: Iterable[Written], there: Iterable[Entry]) -> list[Taken]:
    known = {entry.entry_id: entry for entry in there}
    questions = {
        plain(entry.content.question)
        for entry in known.values()
        if entry.state is not EntryState.ARCHIVED
    }
    found: list[Taken] = []
    for one in written:
        taken = _fate(one, known, questions)
        if taken.fate is Fate.NEW:
            questions.add(plain(taken.written.content.question))
        found.append(taken)
    return found


def _fate(one: Written, known: dict[int, Entry], questions: set[str]) -> Taken:
    try:
        one = replace(one, content=checked(one.content))
    except Invalid as refusal:
        return Taken(one, Fate.WRONG, reason=str(refusal))
    before = known.get(one.entry_id) if one.entry_id is not None else None
    if before is not None:
        return _against(one, before)
    if plain(one.content.question) in questions:
        return Taken(one, Fate.CONFLICT, reason="this question is there already")
    return Taken(one, Fate.NEW, differences(Content("", ""), one.content))


def _against(one: Written, before: Entry) -> Taken:
    changes = differences(before.content, one.content)
    if not changes:
        return Taken(one, Fate.SAME)
    if one.version != before.version:
        reason = f"it is at version {before.version} here, the file at {one.version or 'none'}"
        return Taken(one, Fate.CONFLICT, changes, reason)
    return Taken(one, Fate.CHANGED, changes)
