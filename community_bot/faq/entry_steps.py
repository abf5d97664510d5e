"""What every change of an entry goes through: whose it is, its machine, and the journal."""

from datetime import datetime

from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.faq import queries
from community_bot.faq.access import EDITORS
from community_bot.faq.facts import Entry
from community_bot.faq.rules import ENTRY, EntryEvent, EntryState, Intervals
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.columns import Facts
from community_bot.storage.unit import Unit


async def found(unit: Unit, entry_id: int) -> Entry:
    """Return an entry; raises NotFound."""
    entry = await queries.entry(unit.session, entry_id)
    if entry is None:
        raise NotFound("entry", entry_id)
    return entry


async def editable(unit: Unit, actor: Actor, entry_id: int) -> Entry:
    """Return an entry that this person may change: admins every one, mentors their own."""
    actor.require(*EDITORS)
    entry = await found(unit, entry_id)
    if actor.has(Role.ADMIN) or actor.member_id == entry.owner_id:
        return entry
    raise NotAllowed("entry_owner")


async def move(
    unit: Unit,
    actor: Actor,
    entry_id: int,
    event: EntryEvent,
    *,
    now: datetime,
    published_at: datetime | None = None,
) -> None:
    """Move an entry by its machine; raises IllegalTransition."""
    before = await found(unit, entry_id)
    ENTRY.after(before.state, event)
    facts = {} if published_at is None else {"published_at": published_at}
    revision = await queries.next_revision(unit.session)
    if not await queries.step(unit.session, entry_id, event, revision=revision, **facts):
        raise Invalid("entry", "changed")
    await note(unit, actor, event.value, entry_id, now=now, before={"state": before.state.value})


async def verify(
    unit: Unit, actor: Actor, entry_id: int, *, intervals: Intervals, now: datetime
) -> None:
    """Say that an entry holds, from now on; raises IllegalTransition for one nobody can read."""
    entry = await found(unit, entry_id)
    ENTRY.after(entry.state, EntryEvent.VERIFY)
    await queries.step(
        unit.session,
        entry_id,
        EntryEvent.VERIFY,
        verified_at=now,
        verified_by=actor.member_id,
        review_at=intervals.due(now, entry.review_every, entry.content.topics),
        reminders=0,
        doubted_for=None,
        revision=await queries.next_revision(unit.session),
    )
    await note(unit, actor, "verify", entry_id, now=now)


async def reckon_review(unit: Unit, entry_id: int, *, intervals: Intervals) -> None:
    """Say anew when an entry is due; one that is marked already is asked about until it holds."""
    entry = await found(unit, entry_id)
    if entry.state is EntryState.PUBLISHED and entry.verified_at is not None:
        due = intervals.due(entry.verified_at, entry.review_every, entry.content.topics)
        await queries.set_facts(unit.session, entry_id, review_at=due)


async def note(
    unit: Unit,
    actor: Actor,
    action: str,
    entry_id: int,
    *,
    now: datetime,
    before: Facts | None = None,
    after: Facts | None = None,
) -> None:
    """Write down in the journal who did it."""
    await journal.record(
        unit,
        at=now,
        actor_id=actor.member_id,
        action=action,
        subject="faq_entry",
        subject_key=entry_id,
        before=before,
        after=after,
    )
