"""Taking entries in from files and out into them: compared first, then all of them or none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.faq import queries
from community_bot.faq.content_rules import Change, Content, checked, differences
from community_bot.faq.entries import Entries
from community_bot.faq.facts import Entry
from community_bot.faq.folding import plain
from community_bot.faq.publishing import Publishing
from community_bot.faq.records import Record
from community_bot.faq.rules import LONGEST_REVIEW, SHOWN, EntryState
from community_bot.faq.sheets import Written
from community_bot.faq.votes import Votes
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage, Unit

REVIEW = "review_days"


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
    missing_media: int = 0  # files of another bot, to be sent anew


class Transfer:
    """The way in and out; only who may change every entry takes it."""

    def __init__(
        self, storage: Storage, *, entries: Entries, publishing: Publishing, votes: Votes
    ) -> None:
        self._storage = storage
        self._entries = entries
        self._publishing = publishing
        self._votes = votes

    async def all(self, actor: Actor) -> list[Entry]:
        """Return every entry, in the order of their numbers."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await queries.entries(session)

    async def history(self, actor: Actor) -> list[Record]:
        """Return every version of every entry, with what came of the entry."""
        return [
            Record(
                entry,
                await self._entries.versions(actor, entry_id=entry.entry_id),
                await self._votes.counts(entry.entry_id),
            )
            for entry in await self.all(actor)
        ]

    async def compare(
        self, actor: Actor, written: Sequence[Written], *, bot_id: int
    ) -> list[Taken]:
        """Say what would become of each, and change nothing."""
        return _compared(written, await self.all(actor), bot_id)

    async def take_in(
        self, actor: Actor, written: Sequence[Written], *, bot_id: int
    ) -> list[Taken]:
        """Take all of them in; nothing at all where one of them conflicts or is wrong.

        An entry that is new here gets a new number; if its file says that it was published, it is.
        Pictures and files of another bot are left out, and counted.
        """
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            there = await queries.entries(unit.session)
            taken = _compared(written, there, bot_id)
            editors = await self._publishing.editors(actor)
            if any(one.fate in (Fate.CONFLICT, Fate.WRONG) for one in taken):
                return taken
            known = {entry.entry_id: entry for entry in there}
            for one in taken:
                await self._take(unit, actor, one, known, set(editors))
            await unit.commit()
        return taken

    async def _take(
        self,
        unit: Unit,
        actor: Actor,
        one: Taken,
        known: Mapping[int, Entry],
        editors: Collection[int],
    ) -> None:
        content, owner_id = one.written.content, one.written.owner_id
        if one.fate is Fate.NEW:
            entry_id = await self._entries.write_in(
                unit, actor, content=content, owner_id=owner_id if owner_id in editors else None
            )
            await self._set_review(unit, actor, one, entry_id)
            if one.written.state in SHOWN:
                await self._publishing.publish_in(unit, actor, entry_id=entry_id)
        elif one.fate is Fate.CHANGED and one.written.entry_id is not None:
            before = known[one.written.entry_id]
            if content != before.content:
                await self._entries.save_in(
                    unit, actor, before, version=before.version, content=content
                )
            await self._set_review(unit, actor, one, before.entry_id)

    async def _set_review(self, unit: Unit, actor: Actor, one: Taken, entry_id: int) -> None:
        """Take over what the file says of reviews; one that says nothing changes nothing."""
        days = one.written.review_days
        if days is not None and any(change.field == REVIEW for change in one.changes):
            await self._publishing.set_review_in(unit, actor, entry_id=entry_id, days=days)


def _compared(written: Iterable[Written], there: Iterable[Entry], bot_id: int) -> list[Taken]:
    known = {entry.entry_id: entry for entry in there}
    questions = {
        plain(entry.content.question)
        for entry in known.values()
        if entry.state is not EntryState.ARCHIVED
    }
    found: list[Taken] = []
    for one in written:
        before = known.get(one.entry_id) if one.entry_id is not None else None
        missing = len(one.content.media) if one.bot_id not in (None, bot_id) else 0
        taken = _fate(_sendable(one, before) if missing else one, before, questions)
        taken = replace(taken, missing_media=missing)
        if taken.fate is Fate.NEW:
            questions.add(plain(taken.written.content.question))
        found.append(taken)
    return found


def _sendable(one: Written, before: Entry | None) -> Written:
    """Leave out the files of another bot; what the entry has here stays."""
    media = before.content.media if before is not None else ()
    return replace(one, content=replace(one.content, media=media))


def _fate(one: Written, before: Entry | None, questions: set[str]) -> Taken:
    try:
        one = replace(one, content=checked(one.content), review_days=_days(one.review_days))
    except Invalid as refusal:
        return Taken(one, Fate.WRONG, reason=str(refusal))
    if before is not None:
        return _against(one, before)
    if plain(one.content.question) in questions:
        return Taken(one, Fate.CONFLICT, reason="this question is there already")
    changes = differences(Content("", ""), one.content) + _review(one, None)
    return Taken(one, Fate.NEW, changes)


def _days(given: int | None) -> int | None:
    if given is not None and not 0 < given <= LONGEST_REVIEW:
        raise Invalid("review", "days")
    return given


def _review(one: Written, before: Entry | None) -> tuple[Change, ...]:
    """Return what the file says of reviews that is not so here."""
    now = before.review_every.days if before is not None and before.review_every else None
    if one.review_days is None or one.review_days == now:
        return ()
    return (Change(REVIEW, () if now is None else (str(now),), (str(one.review_days),)),)


def _against(one: Written, before: Entry) -> Taken:
    changes = differences(before.content, one.content) + _review(one, before)
    if not changes:
        return Taken(one, Fate.SAME)
    if one.version != before.version:
        reason = f"it is at version {before.version} here, the file at {one.version or 'none'}"
        return Taken(one, Fate.CONFLICT, changes, reason)
    return Taken(one, Fate.CHANGED, changes)
