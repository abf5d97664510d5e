"""Marking an entry as perhaps out of date: it stays to be read, with a mark, and is looked at."""

from datetime import datetime

from community_bot.faq import queries
from community_bot.faq.rules import Doubted, EntryEvent
from community_bot.storage import journal
from community_bot.storage.unit import Unit


async def doubt(
    unit: Unit, entry_id: int, why: Doubted, *, now: datetime, actor_id: int | None = None
) -> bool:
    """Mark a published entry, in the caller's unit; say whether it was not marked already.

    Its owner is told by the next turn of the reviews, which sees that it is due. One that is
    marked already stays so; but new rules are told of, whatever it was marked for.
    """
    marked = await queries.step(
        unit.session,
        entry_id,
        EntryEvent.DOUBT,
        doubted_for=why,
        review_at=now,
        reminders=0,
        revision=await queries.next_revision(unit.session),
    )
    if not marked and why is Doubted.POLICY:
        facts = {"doubted_for": why, "review_at": now, "reminders": 0}
        await queries.set_facts(unit.session, entry_id, **facts)
    if marked:
        await journal.record(
            unit,
            at=now,
            actor_id=actor_id,
            action="doubt",
            subject="faq_entry",
            subject_key=entry_id,
            reason=why.value,
        )
    return marked
