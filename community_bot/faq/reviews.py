"""Keeping the FAQ true: entries fall due, owners are reminded, changed rules mark many."""

from collections.abc import Iterable
from datetime import datetime

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotFound
from community_bot.faq import queries, topic_queries, usage_queries
from community_bot.faq.doubting import doubt
from community_bot.faq.facts import Entry, Swept
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
from community_bot.people.service import People
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 100
ABOUT_SIGNS = 500


class Reviews:
    """Sees to it that somebody looks at every answer in time."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people

    async def sweep(self, now: datetime) -> int:
        """Mark what is due and remind who looks after it; say how many entries were seen to.

        Each is seen to in a unit of its own, and is due again later: twice does no harm.
        """
        async with self._storage.read() as session:
            due = await queries.due(session, now, limit=AT_ONCE)
        for entry in due:
            await self._see_to(entry.entry_id, now)
        return len(due)

    async def forget_searches(self, now: datetime) -> int:
        """Forget what was searched long ago."""
        async with self._storage.work() as unit:
            gone = await usage_queries.forget_searches(unit.session, now - SEARCHES_KEPT)
            await unit.commit()
        return gone

    async def rules_changed(self, actor: Actor, *, topic_id: int, about: str) -> Swept:
        """Mark every answer of a topic, and tell whoever read one of them lately."""
        actor.require(Role.ADMIN)
        said = " ".join(about.split())[:ABOUT_SIGNS]
        if not said:
            raise Invalid("reason", "empty")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            marked = await self._of_topic(unit, topic_id)
            told: set[int] = set()
            for entry in marked:
                await doubt(unit, entry.entry_id, Doubted.POLICY, now=now, actor_id=actor.member_id)
                readers = await usage_queries.readers_since(
                    unit.session, entry.entry_id, now - READ_LATELY
                )
                await self._tell_readers(unit, entry, said, set(readers) - told, now)
                told |= set(readers)
            await unit.commit()
        return Swept(marked=len(marked), told=len(told))

    async def _of_topic(self, unit: Unit, topic_id: int) -> list[Entry]:
        codes = {
            number: code for code, number in (await topic_queries.topics(unit.session)).items()
        }
        if topic_id not in codes:
            raise NotFound("topic", topic_id)
        shown = await queries.in_state(unit.session, SHOWN, limit=2**31 - 1)
        return [entry for entry in shown if codes[topic_id] in entry.content.topics]

    async def _tell_readers(
        self, unit: Unit, entry: Entry, about: str, readers: Iterable[int], now: datetime
    ) -> None:
        told = PolicyChanged(entry.entry_id, entry.content.question, about)
        await self._outbox.put(
            unit,
            *(
                Promise(
                    told,
                    chat_id=member_id,
                    member_id=member_id,
                    lane=Lane.NOTICE,
                    once_key=f"faq_policy:{entry.entry_id}:{now.isoformat()}:{member_id}",
                )
                for member_id in sorted(readers)
            ),
        )

    async def _see_to(self, entry_id: int, now: datetime) -> None:
        async with self._storage.work() as unit:
            before = await queries.entry(unit.session, entry_id)
            if before is None or before.review_at is None or before.review_at > now:
                return
            if before.state is EntryState.PUBLISHED:
                await doubt(unit, entry_id, Doubted.DUE, now=now)
            entry = await queries.entry(unit.session, entry_id) or before
            reminders = await queries.count_reminder(
                unit.session, entry_id, again_at=now + REMIND_EVERY
            )
            await self._remind(unit, entry, reminders)
            await unit.commit()

    async def _remind(self, unit: Unit, entry: Entry, reminders: int) -> None:
        """Remind the owner; after two reminders, or without an owner, the lead as well."""
        is_late = tells_lead(reminders - 1) or entry.owner_id is None
        leads = await self._people.with_roles_in(unit.session, Role.ADMIN) if is_late else []
        told: dict[int, str | None] = dict.fromkeys(leads, entry.owner_name)
        if entry.owner_id is not None:
            told[entry.owner_id] = None
        await self._outbox.put(
            unit,
            *(
                Promise(
                    ReviewWanted(
                        entry.entry_id,
                        entry.content.question,
                        entry.doubted_for or Doubted.DUE,
                        entry.verified_at,
                        owner_name,
                    ),
                    chat_id=member_id,
                    member_id=member_id,
                    once_key=f"faq_review:{entry.entry_id}:{entry.revision}:{reminders}:{member_id}",
                )
                for member_id, owner_name in told.items()
            ),
        )
