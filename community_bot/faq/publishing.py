"""The way of an entry: looked over, published, verified, archived, and who looks after it."""

from collections.abc import Sequence
from datetime import datetime

from community_bot.clock import Clock
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid
from community_bot.faq import entry_steps as steps
from community_bot.faq import queries
from community_bot.faq.access import EDITORS
from community_bot.faq.calling_back import CallingBack
from community_bot.faq.facts import Entry
from community_bot.faq.notices import DraftWaiting, EntryHandedOver
from community_bot.faq.rules import (
    LONGEST_REVIEW,
    EntryEvent,
    Intervals,
)
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.storage.unit import Storage, Unit


class Publishing:
    """Moves entries by their machine. Mentors move their own; admins publish."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        calling_back: CallingBack,
        intervals: Intervals,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._calling_back = calling_back
        self._intervals = intervals

    async def submit(self, actor: Actor, *, entry_id: int) -> Entry:
        """Ask admins to look a draft over."""
        async with self._storage.work(actor.cause) as unit:
            await steps.editable(unit, actor, entry_id)
            await steps.move(unit, actor, entry_id, EntryEvent.SUBMIT, now=self._clock.now())
            entry = await steps.found(unit, entry_id)
            await self._ask_admins(unit, actor, entry)
            await unit.commit()
        return entry

    async def send_back(self, actor: Actor, *, entry_id: int) -> Entry:
        """Make a draft of it again: something is missing."""
        actor.require(Role.ADMIN)
        return await self._step(actor, entry_id, EntryEvent.RETURN)

    async def archive(self, actor: Actor, *, entry_id: int) -> Entry:
        """Take an entry out of what can be found; nothing of it is lost."""
        return await self._step(actor, entry_id, EntryEvent.ARCHIVE)

    async def restore(self, actor: Actor, *, entry_id: int) -> Entry:
        """Make a draft of an archived entry."""
        return await self._step(actor, entry_id, EntryEvent.RESTORE)

    async def publish(self, actor: Actor, *, entry_id: int) -> Entry:
        """Let members find it; whoever searched for it in vain is told."""
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            await steps.move(unit, actor, entry_id, EntryEvent.PUBLISH, now=now, published_at=now)
            await self._verify(unit, actor, entry_id)
            entry = await steps.found(unit, entry_id)
            await self.call_back_in(unit, [entry])
            await unit.commit()
        return entry

    async def date_in(
        self, unit: Unit, *, entry_id: int, verified_at: datetime, verified_by: int | None
    ) -> None:
        """Say when and by whom an entry from elsewhere was verified; never later than now."""
        moment = min(verified_at, self._clock.now())
        await queries.set_facts(unit.session, entry_id, verified_at=moment, verified_by=verified_by)
        await steps.reckon_review(unit, entry_id, intervals=self._intervals)

    async def call_back_in(self, unit: Unit, entries: Sequence[Entry]) -> None:
        """Tell who searched in vain for what these answer; many at once cost less."""
        await self._calling_back.tell(unit, entries, now=self._clock.now())

    async def verify(self, actor: Actor, *, entry_id: int) -> Entry:
        """Say that it still holds, from today on."""
        async with self._storage.work(actor.cause) as unit:
            await steps.editable(unit, actor, entry_id)
            await self._verify(unit, actor, entry_id)
            entry = await steps.found(unit, entry_id)
            await unit.commit()
        return entry

    async def hand_over(self, actor: Actor, *, entry_id: int, owner_id: int) -> Entry:
        """Name who looks after an entry from now on, and tell them; raises Invalid."""
        actor.require(Role.ADMIN)
        if owner_id not in await self._people.with_roles(*EDITORS):
            raise Invalid("entry_owner", "no_editor")
        async with self._storage.work(actor.cause) as unit:
            entry = await self._set(unit, actor, entry_id, owner_id=owner_id)
            if owner_id != actor.member_id:
                await self._tell_owner(unit, actor, entry, owner_id)
            await unit.commit()
        return entry

    async def editors(self, actor: Actor) -> dict[int, str]:
        """Return who may look after entries, with their names."""
        actor.require(Role.ADMIN)
        return await self._people.names(await self._people.with_roles(*EDITORS))

    async def review_every(self, actor: Actor, *, entry_id: int, days: int | None) -> Entry:
        """Say how often an entry has to be looked at; None is as its topic says."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            entry = await self.set_review_in(unit, actor, entry_id=entry_id, days=days)
            await unit.commit()
        return entry

    async def set_review_in(
        self, unit: Unit, actor: Actor, *, entry_id: int, days: int | None
    ) -> Entry:
        """Do the same inside the caller's unit."""
        if days is not None and not 0 < days <= LONGEST_REVIEW:
            raise Invalid("review", "days")
        return await self._set(unit, actor, entry_id, review_days=days)

    async def _verify(self, unit: Unit, actor: Actor, entry_id: int) -> None:
        now = self._clock.now()
        await steps.verify(unit, actor, entry_id, intervals=self._intervals, now=now)

    async def _set(self, unit: Unit, actor: Actor, entry_id: int, **facts: int | None) -> Entry:
        await steps.found(unit, entry_id)
        await queries.set_facts(unit.session, entry_id, **facts)
        await steps.reckon_review(unit, entry_id, intervals=self._intervals)
        now = self._clock.now()
        await steps.note(unit, actor, "set", entry_id, now=now, after=dict(facts))
        return await steps.found(unit, entry_id)

    async def _tell_owner(self, unit: Unit, actor: Actor, entry: Entry, owner_id: int) -> None:
        by = await self._people.names_in(unit.session, [actor.member_id])
        handed = EntryHandedOver(
            entry.entry_id, entry.content.question, by.get(actor.member_id), entry.review_at
        )
        when = self._clock.now().isoformat()
        await self._outbox.put(
            unit,
            Promise(
                handed,
                chat_id=owner_id,
                member_id=owner_id,
                once_key=f"faq_handed_over:{entry.entry_id}:{owner_id}:{when}",
            ),
        )

    async def _step(self, actor: Actor, entry_id: int, event: EntryEvent) -> Entry:
        async with self._storage.work(actor.cause) as unit:
            await steps.editable(unit, actor, entry_id)
            await steps.move(unit, actor, entry_id, event, now=self._clock.now())
            entry = await steps.found(unit, entry_id)
            await unit.commit()
        return entry

    async def _ask_admins(self, unit: Unit, actor: Actor, entry: Entry) -> None:
        author = await self._people.find(actor.member_id)
        waiting = DraftWaiting(entry.entry_id, entry.content.question, author.name)
        admins = await self._people.with_roles_in(unit.session, Role.ADMIN)
        await self._outbox.put(
            unit,
            *(
                Promise(
                    waiting,
                    chat_id=admin,
                    member_id=admin,
                    once_key=f"faq_draft_waiting:{entry.entry_id}:{entry.revision}:{admin}",
                )
                for admin in admins
                if admin != actor.member_id
            ),
        )
