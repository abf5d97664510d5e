"""Privacy: a person takes their data along, or asks to be forgotten, and an owner sees to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people import erasure_queries as queries
from community_bot.people import forgetting_queries as forgetting
from community_bot.people.erasure_queries import Erasure
from community_bot.people.erasure_rules import (
    REMIND_BEFORE,
    WITHIN,
    ErasureEvent,
    ErasureState,
    pseudonym,
)
from community_bot.people.notices import DataErased, DeletionAsked, DeletionDeclined
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.people.telling import tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

# Says why somebody cannot be forgotten yet, by a word that the face knows; None: nothing is open.
Blocker: TypeAlias = Callable[[AsyncSession, int], Awaitable[str | None]]
# Ends what a person has, in the unit in which they are forgotten.
Ending: TypeAlias = Callable[[Unit, Actor, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to be forgotten as an owner sees it; `blocked` says what is to be settled first."""

    erasure: Erasure
    name: str
    blocked: tuple[str, ...]


@dataclass
class Rooms:
    """What other rooms have to say when somebody is forgotten."""

    blockers: list[Blocker] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)


class Privacy:
    """Takes wishes about data, and fulfils them."""

    def __init__(
        self, storage: Storage, clock: Clock, *, outbox: Outbox, people: People, contact: str
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._contact = contact
        self.rooms = Rooms()

    async def ask_deletion(self, actor: Actor) -> None:
        """Note the wish and tell the owners; asked again, the first one counts."""
        member = await self._people.find(actor.member_id)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            erasure_id = await queries.add(
                unit.session, actor.member_id, now=now, due_at=now + WITHIN
            )
            if erasure_id is not None:
                asked = DeletionAsked(member.member_id, member.name, erasure_id, now + WITHIN)
                await self._tell_owners(unit, asked, f"deletion:{erasure_id}")
                await self._record(unit, actor, member.member_id, "ask_deletion")
            await unit.commit()

    async def owned(self, actor: Actor) -> dict[str, list[dict[str, Any]]]:
        """Return every row about the actor, by table."""
        async with self._storage.read() as session:
            return await forgetting.owned(session, actor.member_id)

    async def waiting(self, actor: Actor) -> list[Wish]:
        """Return the wishes that wait, oldest first."""
        actor.require(Role.OWNER)
        async with self._storage.read() as session:
            return [await self._wish(session, one) for one in await queries.waiting(session)]

    async def one(self, actor: Actor, *, erasure_id: int) -> Wish:
        actor.require(Role.OWNER)
        async with self._storage.read() as session:
            return await self._wish(session, await _waiting(session, erasure_id))

    async def erase(self, actor: Actor, *, erasure_id: int) -> None:
        """Forget a person: their rights end, what is theirs goes, the books keep a number."""
        actor.require(Role.OWNER)
        async with self._storage.work(actor.cause) as unit:
            wish = await self._wish(unit.session, await _waiting(unit.session, erasure_id))
            if wish.blocked:
                raise Invalid("erasure", wish.blocked[0])
            now, member_id = self._clock.now(), wish.erasure.member_id
            await queries.settle(
                unit.session, erasure_id, ErasureEvent.ERASE, by=actor.member_id, now=now
            )
            for end in self.rooms.endings:
                await end(unit, actor, member_id)
            instead = pseudonym(erasure_id)
            await forgetting.forget(unit.session, member_id, instead)
            await self._record(unit, actor, instead, "erase")
            await self._say_goodbye(unit, member_id)
            await unit.commit()
        self._people.forget(member_id)

    async def decline(self, actor: Actor, *, erasure_id: int, reason: str) -> None:
        """Say no, and why: the law knows reasons, a whim is none."""
        actor.require(Role.OWNER)
        if not reason.strip():
            raise Invalid("reason", "empty")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            erasure = await _waiting(unit.session, erasure_id)
            await queries.settle(
                unit.session,
                erasure_id,
                ErasureEvent.DECLINE,
                by=actor.member_id,
                now=now,
                reason=reason.strip(),
            )
            await self._record(unit, actor, erasure.member_id, "decline_deletion", reason.strip())
            word, key = DeletionDeclined(reason.strip()), f"deletion_declined:{erasure_id}"
            await tell(self._outbox, unit, [erasure.member_id], word, key=key)
            await unit.commit()

    async def sweep(self, now: datetime) -> int:
        """Remind the owners a week before the month is over; return of how many wishes."""
        async with self._storage.work() as unit:
            due = [
                one
                for one in await queries.waiting(unit.session)
                if one.due_at <= now + REMIND_BEFORE
            ]
            for one in due:
                names = await self._people.names([one.member_id])
                name = names.get(one.member_id, str(one.member_id))
                asked = DeletionAsked(one.member_id, name, one.erasure_id, one.due_at)
                await self._tell_owners(unit, asked, f"deletion_due:{one.erasure_id}")
            await unit.commit()
        return len(due)

    async def _wish(self, session: AsyncSession, erasure: Erasure) -> Wish:
        member_id = erasure.member_id
        names = await self._people.names([member_id])
        said = [await blocker(session, member_id) for blocker in self.rooms.blockers]
        if await self._people.given_roles_in(session, member_id):
            said.append("staff")
        return Wish(
            erasure=erasure,
            name=names.get(member_id, str(member_id)),
            blocked=tuple(word for word in said if word is not None),
        )

    async def _say_goodbye(self, unit: Unit, member_id: int) -> None:
        """Promise the last word; nothing is kept for somebody who cannot be reached."""
        await self._outbox.put(
            unit,
            Promise(
                DataErased(self._contact),
                chat_id=member_id,
                lane=Lane.DESK,
                doubt=Doubt.ONCE_MORE,
                keep=False,
            ),
        )

    async def _tell_owners(self, unit: Unit, word: DeletionAsked, key: str) -> None:
        await tell(self._outbox, unit, sorted(self._people.owners), word, key=key)

    async def _record(
        self, unit: Unit, actor: Actor, member_id: int, action: str, reason: str | None = None
    ) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="member",
            subject_key=member_id,
            reason=reason,
        )


async def _waiting(session: AsyncSession, erasure_id: int) -> Erasure:
    found = await queries.one(session, erasure_id)
    if found is None:
        raise NotFound("erasure", erasure_id)
    if found.state is not ErasureState.ASKED:
        raise AlreadyDone("erasure")
    return found
