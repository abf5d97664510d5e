"""Drafts: what a person is in the middle of telling us, as a row and not as a variable."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.people import queries
from community_bot.people.roles import Actor
from community_bot.people.rows import DraftRow
from community_bot.storage.unit import Storage, Unit

# What was begun the day before is forgotten: nobody means it any more.
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Draft:
    """The step a person is at, and what they have told so far."""

    step: str
    facts: dict[str, Any]


class Drafts:
    """One draft a person: a new one takes the place of the one before."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def begin(self, actor: Actor, step: str, **facts: object) -> None:
        """Remember what the person's next message is for."""
        row = DraftRow(
            member_id=actor.member_id, step=step, facts=facts, begun_at=self._clock.now()
        )
        async with self._storage.work(actor.cause) as unit:
            await queries.save_draft(unit.session, row)
            await unit.commit()

    async def current(self, member_id: int) -> Draft | None:
        """Return what the person is in the middle of, if anything."""
        async with self._storage.read() as session:
            return await self.current_in(session, member_id)

    async def current_in(self, session: AsyncSession, member_id: int) -> Draft | None:
        """Return the same inside a unit of work."""
        row = await queries.draft(session, member_id)
        if row is None or self._clock.now() - row.begun_at > KEPT:
            return None
        return Draft(row.step, row.facts)

    async def leave(self, member_id: int, step: str) -> None:
        """Forget a draft that is at a step: the person has turned to something else."""
        async with self._storage.work() as unit:
            await queries.forget_draft(unit.session, member_id, step=step)
            await unit.commit()

    @staticmethod
    async def forget(unit: Unit, actor: Actor) -> None:
        """Forget it, in the caller's unit: the person changed their mind."""
        await queries.forget_draft(unit.session, actor.member_id)

    @staticmethod
    def finishing(actor: Actor) -> Actor:
        """Return the actor so that the draft is forgotten together with what comes of it."""

        async def cause(unit: Unit) -> None:
            if actor.cause is not None:
                await actor.cause(unit)
            await queries.forget_draft(unit.session, actor.member_id)

        return replace(actor, cause=cause)
