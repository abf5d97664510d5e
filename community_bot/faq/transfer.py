"""Taking entries in from files and out into them: compared first, then all of them or none."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.faq import queries, usage_queries
from community_bot.faq.access import Access
from community_bot.faq.bringing import Bringing, Brought
from community_bot.faq.content_rules import Change, Content, checked, differences
from community_bot.faq.entries import Entries, with_differences
from community_bot.faq.facts import Entry
from community_bot.faq.folding import plain
from community_bot.faq.publishing import Publishing
from community_bot.faq.records import Record
from community_bot.faq.rules import LONGEST_REVIEW, SHOWN, EntryState
from community_bot.faq.sheets import Written
from community_bot.faq.votes import counted
from community_bot.people import queries as people
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage, Unit

REVIEW = "review_days"
AT_ONCE = 200  # new entries


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
    kept_state: EntryState | None = None  # the state here, where the file says another


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
        return _compared(written, await self.all(actor), bot_id, tiers)

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
            taken = _compared(written, there, bot_id, tiers)
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


def _compared(
    written: Iterable[Written],
    there: Iterable[Entry],
    bot_id: int,
    tiers: Collection[str],
) -> list[Taken]:
    known = {entry.entry_id: entry for entry in there}
    around = _Around(
        {
            plain(entry.content.question): entry.entry_id
            for entry in known.values()
            if entry.state is not EntryState.ARCHIVED
        },
        tiers,
    )
    found: list[Taken] = []
    for one in written:
        before = known.get(one.entry_id) if one.entry_id is not None else None
        missing = len(one.content.media) if one.bot_id not in (None, bot_id) else 0
        taken = _fate(_sendable(one, before) if missing else one, before, around)
        found.append(replace(taken, missing_media=missing))
        if taken.fate in (Fate.NEW, Fate.CHANGED):
            number = before.entry_id if before else 0
            around.questions[plain(taken.written.content.question)] = number
        if before is not None:
            around.seen.add(before.entry_id)
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What an entry of a file is held against, besides itself as it is here."""

    questions: dict[str, int]  # what is asked already, by which entry; 0 is a new one
    tiers: Collection[str]
    seen: set[int] = field(default_factory=set)  # numbers that the files have named


def _sendable(one: Written, before: Entry | None) -> Written:
    """Leave out the files of another bot; what the entry has here stays."""
    media = before.content.media if before is not None else ()
    return replace(one, content=replace(one.content, media=media))


def _fate(one: Written, before: Entry | None, around: _Around) -> Taken:
    try:
        one = replace(one, content=checked(one.content), review_days=_days(one.review_days))
    except Invalid as refusal:
        return Taken(one, Fate.WRONG, reason=str(refusal))
    if before is not None and before.entry_id in around.seen:
        return Taken(one, Fate.WRONG, reason=f"the files have entry {before.entry_id} twice")
    tier, was = one.content.least_tier, before.content.least_tier if before else None
    if tier is not None and tier != was and tier not in around.tiers:
        return Taken(one, Fate.WRONG, reason=f"there is no tier {tier!r} here")
    new = differences(Content("", ""), one.content) + _review(one, None)
    taken = _against(one, before) if before is not None else Taken(one, Fate.NEW, new)
    asked_by = around.questions.get(plain(one.content.question))
    is_other = asked_by is not None and (before is None or asked_by != before.entry_id)
    if is_other and taken.fate in (Fate.NEW, Fate.CHANGED):
        named = f" as entry {asked_by}" if asked_by else ""
        reason = f"this question is there already{named}"
        return replace(taken, fate=Fate.CONFLICT, reason=reason)
    return taken


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
    # Members find both or neither; what is stale is for reviews to say.
    is_alike = one.state is before.state or {one.state, before.state} <= set(SHOWN)
    kept = None if is_alike else before.state
    if not changes:
        return Taken(one, Fate.SAME, kept_state=kept)
    if one.version != before.version:
        reason = f"it is at version {before.version} here, the file at {one.version or 'none'}"
        return Taken(one, Fate.CONFLICT, changes, reason)
    return Taken(one, Fate.CHANGED, changes, kept_state=kept)
