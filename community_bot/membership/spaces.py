"""Spaces: the groups and channels that belong to the community."""

import re

from community_bot.clock import Clock
from community_bot.errors import Invalid, NotFound
from community_bot.membership import space_queries as queries
from community_bot.membership.facts import Space
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Cause, Storage, Unit

DESK = "desk"  # where mentors work; no tier opens it
MEMBERS = "members"  # the usual role of the members' group
_ROLE = re.compile(r"[a-z][a-z0-9_]{0,31}")


class Spaces:
    """Binds chats to roles; a tier opens roles, never single chats."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def all(self) -> list[Space]:
        async with self._storage.read() as session:
            return await queries.spaces(session)

    async def one(self, chat_id: int) -> Space:
        """Return a bound space; raises NotFound."""
        async with self._storage.read() as session:
            found = await queries.space(session, chat_id)
        if found is None:
            raise NotFound("space", chat_id)
        return found

    async def with_role(self, role: str) -> list[Space]:
        return [space for space in await self.all() if space.role == role]

    async def with_member(self, member_id: int) -> list[Space]:
        """Return the spaces in which a person was when last seen."""
        async with self._storage.read() as session:
            return await queries.spaces_with(session, member_id)

    async def bind(
        self,
        actor: Actor,
        *,
        chat_id: int,
        role: str,
        title: str,
        is_forum: bool,
        is_channel: bool = False,
        door: str | None = None,
    ) -> Space:
        """Make a chat a space of the community, or give it another role."""
        actor.require(Role.ADMIN)
        if not _ROLE.fullmatch(role):
            raise Invalid("role", "malformed")
        space = Space(
            chat_id=chat_id,
            role=role,
            title=title,
            is_forum=is_forum,
            is_channel=is_channel,
            door=door,
        )
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            before = await queries.space(unit.session, chat_id)
            await queries.save_space(unit.session, space, bound_by=actor.member_id, now=now)
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="bind",
                subject="space",
                subject_key=chat_id,
                before=None if before is None else {"role": before.role},
                after={"role": role, "title": title},
            )
            await unit.commit()
        return space

    async def unbind(self, actor: Actor, *, chat_id: int) -> None:
        """Let a chat go: its door is no longer ours."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            if not await queries.forget_space(unit.session, chat_id):
                raise NotFound("space", chat_id)
            await journal.record(
                unit,
                at=self._clock.now(),
                actor_id=actor.member_id,
                action="unbind",
                subject="space",
                subject_key=chat_id,
            )
            await unit.commit()

    async def rename(self, old: int, new: int, *, cause: Cause | None = None) -> bool:
        """Follow a group that became a supergroup; say whether it was one of ours."""
        async with self._storage.work(cause) as unit:
            moved = await self.rename_in(unit, old, new)
            await unit.commit()
        return moved

    async def rename_in(self, unit: Unit, old: int, new: int) -> bool:
        """Do the same inside the unit of whoever found out."""
        return await queries.rename_space(unit.session, old, new)
