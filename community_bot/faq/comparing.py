"""Comparing entries of files with what is there: what would become of each, and why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.faq.content_rules import Change, Content, checked, differences
from community_bot.faq.facts import Entry
from community_bot.faq.folding import plain
from community_bot.faq.rules import LONGEST_REVIEW, SHOWN, EntryState
from community_bot.faq.sheets import Written

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
    """One entry of the files, compared with what is there; `reason` says what is wrong with it.

    What the rules refuse of any entry is its `refusal` too: the face has words for that.
    """

    written: Written
    fate: Fate
    changes: tuple[Change, ...] = ()
    reason: str = ""
    refusal: Invalid | None = None
    missing_media: int = 0  # files of another bot, to be sent anew
    kept_state: EntryState | None = None  # the state here, where the file says another


def compared(
    written: Iterable[Written],
    there: Iterable[Entry],
    bot_id: int,
    tiers: Collection[str],
) -> list[Taken]:
    """Say what would become of each entry of the files, in their order."""
    known = {entry.entry_id: entry for entry in there}
    around = _Around(
        {
            plain(entry.content.question): (entry.entry_id, f"as entry {entry.entry_id}")
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
            asked_by = (before.entry_id if before else 0, f"in {one.place}")
            around.questions[plain(taken.written.content.question)] = asked_by
        if before is not None:
            around.seen.add(before.entry_id)
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What an entry of a file is held against, besides itself as it is here."""

    # What is asked already: by which entry, 0 for a new one, and where that stands.
    questions: dict[str, tuple[int, str]]
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
        return Taken(one, Fate.WRONG, reason=str(refusal), refusal=refusal)
    if before is not None and before.entry_id in around.seen:
        return Taken(one, Fate.WRONG, reason=f"the files have entry {before.entry_id} twice")
    tier, was = one.content.least_tier, before.content.least_tier if before else None
    if tier is not None and tier != was and tier not in around.tiers:
        return Taken(one, Fate.WRONG, reason=f"there is no tier {tier!r} here")
    new = differences(Content("", ""), one.content) + _review(one, None)
    taken = _against(one, before) if before is not None else Taken(one, Fate.NEW, new)
    number, where = around.questions.get(plain(one.content.question), (None, ""))
    is_other = number is not None and (before is None or number != before.entry_id)
    if is_other and taken.fate in (Fate.NEW, Fate.CHANGED):
        reason = f"this question is there already {where}"
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
