"""Keeping the FAQ true: entries fall due, owners are reminded, changed rules mark many."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotFound
from community_bot.faq import queries, topic_queries, usage_queries
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.doubting import doubt
from community_bot.faq.facts import Entry, Sweep, Swept
from community_bot.faq.keepers import Keepers
from community_bot.faq.notices import PolicyChanged, ReviewWanted
from community_bot.faq.rules import (
    READ_LATELY,
    REMIND_EVERY,
    SEARCHES_KEPT,
    SHOWN,
    Doubted,
    EntryState,
    tells_lead,
)
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 100
IN_A_LIST = 25  # entries that one message asks about
ABOUT_SIGNS = 500
MORE = 4  # further answers that one reader is told of by name


class Reviews:
    """Sees to it that somebody looks at every answer in time."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, keepers: Keepers) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._keepers = keepers

    async def sweep(self, now: datetime) -> int:
        """Mark what is due and remind who looks after it; say how many entries were seen to.

        Those of a list are seen to in one unit, and are due again later: a list comes once.
        """
        async with self._storage.read() as session:
            due = await queries.due(session, now, limit=AT_ONCE)
        for first in range(0, len(due), IN_A_LIST):
            async with self._storage.work() as unit:
                part = due[first : first + IN_A_LIST]
                wanted = [await self._see_to(unit, entry.entry_id, now) for entry in part]
                await self._keepers.ask_together(unit, wanted)
                await unit.commit()
        return len(due)

    async def forget_searches(self, now: datetime) -> int:
        """Forget what was searched long ago."""
        async with self._storage.work() as unit:
            gone = await usage_queries.forget_searches(unit.session, now - SEARCHES_KEPT)
            await unit.commit()
        return gone

    async def preview(self, actor: Actor, *, topic_id: int) -> Sweep:
        """Say which answers a change of rules would mark, and who would hear of it."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            code, entries = await _of_topic(session, topic_id)
            readers = await self._readers(session, entries)
        titles = tuple((one.entry_id, one.content.question) for one in entries)
        return Sweep(topic_id, code, titles, len(readers))

    async def rules_changed(self, actor: Actor, *, topic_id: int, about: str) -> Swept:
        """Mark every answer of a topic, and tell whoever read some of them lately, once each."""
        actor.require(Role.ADMIN)
        said = policy_said(about)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            _, entries = await _of_topic(unit.session, topic_id)
            readers = await self._readers(unit.session, entries)
            for entry in entries:
                await doubt(unit, entry.entry_id, Doubted.POLICY, now=now, actor_id=actor.member_id)
            await self._tell_readers(unit, readers, said, now)
            await unit.commit()
        return Swept(marked=len(entries), told=len(readers))

    async def _readers(
        self, session: AsyncSession, entries: Sequence[Entry]
    ) -> dict[int, list[Entry]]:
        """Return who read these entries lately, and which."""
        since = self._clock.now() - READ_LATELY
        found: dict[int, list[Entry]] = {}
        for entry in entries:
            if entry.content.kind is EntryKind.FAQ:
                for member_id in await usage_queries.readers_since(session, entry.entry_id, since):
                    found.setdefault(member_id, []).append(entry)
        return dict(sorted(found.items()))

    async def _tell_readers(
        self, unit: Unit, readers: Mapping[int, Sequence[Entry]], about: str, now: datetime
    ) -> None:
        await self._outbox.put(
            unit,
            *(
                Promise(
                    _changed(entries, about),
                    chat_id=member_id,
                    member_id=member_id,
                    lane=Lane.NOTICE,
                    once_key=f"faq_policy:{entries[0].entry_id}:{now.isoformat()}:{member_id}",
                )
                for member_id, entries in readers.items()
            ),
        )

    async def _see_to(self, unit: Unit, entry_id: int, now: datetime) -> Mapping[int, ReviewWanted]:
        """Mark an entry and return who is asked what: its owner, after two reminders the lead."""
        before = await queries.entry(unit.session, entry_id)
        if before is None or before.review_at is None or before.review_at > now:
            return {}
        if before.state is EntryState.PUBLISHED:
            await doubt(unit, entry_id, Doubted.DUE, now=now)
        entry = await queries.entry(unit.session, entry_id) or before
        reminders = await queries.count_reminder(
            unit.session, entry_id, again_at=now + REMIND_EVERY
        )
        why = entry.doubted_for or Doubted.DUE
        return await self._keepers.asked(unit, entry, why, is_late=tells_lead(reminders - 1))


def policy_said(about: str) -> str:
    """Return what has changed as readers get to read it; raises Invalid for nothing."""
    said = " ".join(about.split())
    if not said:
        raise Invalid("reason", "empty")
    if len(said) > ABOUT_SIGNS:
        raise Invalid("policy", "too_long", limit=ABOUT_SIGNS)
    return said


def _changed(entries: Sequence[Entry], about: str) -> PolicyChanged:
    first, *others = entries
    more = tuple((one.entry_id, one.content.question) for one in others[:MORE])
    return PolicyChanged(first.entry_id, first.content.question, about, more)


async def _of_topic(session: AsyncSession, topic_id: int) -> tuple[str, list[Entry]]:
    """Return a topic's code with its entries that can be read; raises NotFound."""
    codes = {number: code for code, number in (await topic_queries.topics(session)).items()}
    if topic_id not in codes:
        raise NotFound("topic", topic_id)
    shown = await queries.in_state(session, SHOWN, limit=2**31 - 1)
    return codes[topic_id], [one for one in shown if codes[topic_id] in one.content.topics]
