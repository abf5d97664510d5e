"""Spaces: the groups and channels that belong to the community."""

import re

from community_bot.clock import Clock
from community_bot.errors import Invalid, NotFound
from community_bot.membership import space_queries as queries
from community_bot.membership.facts import Space
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

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

    async def rename_in(self, unit: Unit, old: int, new: int) -> bool:
        """Follow a group that became a supergroup, inside the unit of whoever found out."""
        return await queries.rename_space(unit.session, old, new)
