"""Bringing entries in from elsewhere: many in one go, each to where it was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce

from community_bot.clock import Clock
from community_bot.faq import bringing_queries, queries, topic_queries
from community_bot.faq.content_rules import Content
from community_bot.faq.facts import Entry
from community_bot.faq.rules import ENTRY, SHOWN, Doubted, EntryEvent, EntryState, Intervals
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.columns import Facts
from community_bot.storage.unit import Unit

# How a draft gets to where an entry was elsewhere.
_WAY = {
    EntryState.DRAFT: (),
    EntryState.IN_REVIEW: (EntryEvent.SUBMIT,),
    EntryState.PUBLISHED: (EntryEvent.PUBLISH,),
    EntryState.STALE: (EntryEvent.PUBLISH, EntryEvent.DOUBT),
    EntryState.ARCHIVED: (EntryEvent.ARCHIVE,),
}


@dataclass(frozen=True, slots=True)
class Brought:
    """An entry as it was elsewhere; nobody verified it there where `verified_at` is None."""

    content: Content
    state: EntryState
    owner_id: int | None
    review_days: int | None
    verified_at: datetime | None
    verified_by: int | None


class Bringing:
    """Writes entries that are new here, with a handful of statements for hundreds of them."""

    def __init__(self, clock: Clock, *, intervals: Intervals) -> None:
        self._clock = clock
        self._intervals = intervals

    async def bring_in(self, unit: Unit, actor: Actor, brought: Sequence[Brought]) -> list[Entry]:
        """Write them, their contents checked already; return those that members find now."""
        actor.require(Role.ADMIN)
        now, by = self._clock.now(), actor.member_id
        revision = await queries.next_revision(unit.session)
        numbers = await bringing_queries.add_entries(
            unit.session,
            [(one.content, {**self._facts(one, by, now), "revision": revision}) for one in brought],
        )
        contents = [one.content for one in brought]
        topics = dict.fromkeys(topic for content in contents for topic in content.topics)
        await topic_queries.add_topics(unit.session, list(topics))
        await bringing_queries.add_first_versions(
            unit.session, list(zip(numbers, contents, strict=True)), by=by, now=now
        )
        await journal.record_many(
            unit,
            at=now,
            actor_id=by,
            action="write",
            subject="faq_entry",
            entries=[
                (number, None, {"state": one.state.value})
                for number, one in zip(numbers, brought, strict=True)
            ],
        )
        return [one for one in await queries.some(unit.session, numbers) if one.state in SHOWN]

    def _facts(self, one: Brought, by: int, now: datetime) -> Facts:
        """Say how far an entry is; what is shown and was never verified is so from today on."""
        is_shown = one.state in SHOWN
        verified_at, verified_by = one.verified_at, one.verified_by
        if verified_at is None and is_shown:
            verified_at, verified_by = now, by
        verified_at = min(verified_at, now) if verified_at else None
        review_at = None
        if is_shown and verified_at is not None:
            every = timedelta(days=one.review_days) if one.review_days else None
            due = self._intervals.due(verified_at, every, one.content.topics)
            review_at = now if one.state is EntryState.STALE else due
        return {
            "state": reduce(ENTRY.after, _WAY[one.state], ENTRY.start),
            "owner_id": one.owner_id or by,
            "review_days": one.review_days,
            "review_at": review_at,
            "verified_at": verified_at,
            "verified_by": verified_by,
            "doubted_for": Doubted.DUE if one.state is EntryState.STALE else None,
            "published_at": now if is_shown else None,
            "made_by": by,
            "made_at": now,
            "source_ticket_id": None,
        }
