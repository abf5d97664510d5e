"""Keeping the library: resources made from what was sent, in versions, archived and put out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.membership import space_queries
from community_bot.people.roles import Actor, Role
from community_bot.resources import archive_queries, content_rules, library_queries, topic_rules
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Resource, ResourceVersion
from community_bot.resources.parcels import ARCHIVING, Archiving
from community_bot.resources.rules import ResourceEvent, ResourceState
from community_bot.resources.surroundings import ARCHIVE, Surroundings
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

KEEPERS = (Role.ADMIN, Role.MENTOR)


@dataclass(frozen=True, slots=True)
class Sent:
    """The messages with which a resource was brought, so that they can be copied."""

    chat_id: int
    message_ids: tuple[int, ...]


class Library:
    """What staff do with resources; who may read what stands in reading.py."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self.aftermaths = {ARCHIVING: self.archived}

    async def make(
        self,
        actor: Actor,
        *,
        content: Content,
        title: str = "",
        topics: Sequence[str] = (),
        least_tier: str | None = None,
        is_hidden: bool = False,
        sent: Sent | None = None,
    ) -> Resource:
        """Make a draft; a title that is not given is the first line."""
        actor.require(*KEEPERS)
        content = content_rules.checked(content)
        title = content_rules.checked_title(title or content_rules.title_of(content.text))
        await self._check_tier(least_tier)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            resource_id = await library_queries.add(
                unit.session,
                title=title,
                content=content_rules.as_facts(content),
                least_tier=least_tier,
                is_hidden=is_hidden,
                author_id=actor.member_id,
                made_at=now,
                changed_at=now,
            )
            codes = topic_rules.checked(topics)
            await library_queries.set_topics(unit.session, resource_id, codes, now=now)
            made = await self._one(unit.session, resource_id)
            await self._keep(unit, actor, made, sent)
            await self._note(unit, actor, resource_id, "make_resource", title)
            await unit.commit()
        return made

    async def rewrite(
        self,
        actor: Actor,
        *,
        resource_id: int,
        version: int,
        content: Content,
        title: str | None = None,
        sent: Sent | None = None,
    ) -> Resource:
        """Save a new version; `version` is the one that was looked at."""
        actor.require(*KEEPERS)
        content = content_rules.checked(content)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            before = await self._one(unit.session, resource_id)
            named = content_rules.checked_title(title or before.title)
            if not await library_queries.change(
                unit.session,
                resource_id,
                seen=version,
                version=version + 1,
                title=named,
                content=content_rules.as_facts(content),
                changed_at=now,
            ):
                raise Invalid("resource", "changed")
            made = await self._one(unit.session, resource_id)
            await self._keep(unit, actor, made, sent)
            await self._note(unit, actor, resource_id, "rewrite_resource", named)
            await unit.commit()
        return made

    async def describe(self, actor: Actor, *, resource_id: int, topics: Sequence[str]) -> Resource:
        """Say what a resource is about; its words stay."""
        codes = topic_rules.checked(topics)
        return await self._change(actor, resource_id, " ".join(codes), topics=codes)

    async def limit_to(self, actor: Actor, *, resource_id: int, least_tier: str | None) -> Resource:
        """Say from which tier on a resource may be opened."""
        await self._check_tier(least_tier)
        return await self._change(actor, resource_id, least_tier, least_tier=least_tier)

    async def hide(self, actor: Actor, *, resource_id: int, is_hidden: bool) -> Resource:
        """Say whether those who may not open a resource see its title."""
        return await self._change(actor, resource_id, str(is_hidden), is_hidden=is_hidden)

    async def publish(self, actor: Actor, *, resource_id: int) -> Resource:
        """Let members find a resource."""
        return await self._step(actor, resource_id, ResourceEvent.PUBLISH)

    async def archive(self, actor: Actor, *, resource_id: int) -> Resource:
        """Take a resource out of the library; what was posted of it stays where it is."""
        return await self._step(actor, resource_id, ResourceEvent.ARCHIVE)

    async def restore(self, actor: Actor, *, resource_id: int) -> Resource:
        """Make a draft of a resource that was taken out."""
        return await self._step(actor, resource_id, ResourceEvent.RESTORE)

    async def one(self, actor: Actor, *, resource_id: int) -> Resource:
        """Return a resource as staff see it; raises NotFound."""
        actor.require(*KEEPERS)
        async with self._storage.read() as session:
            return await self._one(session, resource_id)

    async def all(
        self, actor: Actor, *, states: Sequence[ResourceState] = tuple(ResourceState)
    ) -> list[Resource]:
        """Return resources in these states, what was changed last first."""
        actor.require(*KEEPERS)
        async with self._storage.read() as session:
            return await library_queries.in_state(session, states)

    async def versions(self, actor: Actor, *, resource_id: int) -> list[ResourceVersion]:
        actor.require(*KEEPERS)
        async with self._storage.read() as session:
            return await library_queries.versions(session, resource_id)

    async def archived(self, unit: Unit, outcome: Outcome) -> None:
        """Write down where a version's copy is kept: a new bot can take it from there."""
        if outcome.event is DeliveryEvent.ARRIVE:
            await archive_queries.note_archived(
                unit.session,
                outcome.letter.facts["resource_version_id"],
                chat_id=outcome.letter.chat_id,
                message_ids=outcome.receipt.message_ids,
                now=self._around.clock.now(),
            )

    async def _keep(
        self,
        unit: Unit,
        actor: Actor,
        resource: Resource,
        sent: Sent | None,
    ) -> None:
        """Write the version down, and promise its copy into the archive where there is one."""
        number = await library_queries.add_version(
            unit.session,
            resource.resource_id,
            version=resource.version,
            title=resource.title,
            content=resource.content,
            saved_by=actor.member_id,
            now=self._around.clock.now(),
        )
        spaces = await space_queries.spaces(unit.session)
        archive = next((space for space in spaces if space.role == ARCHIVE), None)
        if sent is None or archive is None:
            return
        copying = Archiving(
            from_chat_id=sent.chat_id,
            message_ids=sent.message_ids,
            silent=True,
            resource_version_id=number,
        )
        await self._outbox.put(
            unit,
            Promise(
                copying,
                chat_id=archive.chat_id,
                lane=Lane.NOTICE,
                doubt=Doubt.ONCE_MORE,
                about=f"resource:{resource.resource_id}",
            ),
        )

    async def _step(self, actor: Actor, resource_id: int, event: ResourceEvent) -> Resource:
        actor.require(*KEEPERS)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            await self._one(unit.session, resource_id)
            if not await library_queries.step(unit.session, resource_id, event, now=now):
                raise AlreadyDone("resource")
            await self._note(unit, actor, resource_id, f"{event}_resource", None)
            stepped = await self._one(unit.session, resource_id)
            await unit.commit()
        return stepped

    async def _change(
        self,
        actor: Actor,
        resource_id: int,
        what: str | None,
        *,
        topics: Sequence[str] | None = None,
        **columns: object,
    ) -> Resource:
        actor.require(*KEEPERS)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            before = await self._one(unit.session, resource_id)
            await library_queries.change(
                unit.session, resource_id, seen=before.version, changed_at=now, **columns
            )
            if topics is not None:
                await library_queries.set_topics(unit.session, resource_id, topics, now=now)
            await self._note(unit, actor, resource_id, "describe_resource", what)
            made = await self._one(unit.session, resource_id)
            await unit.commit()
        return made

    async def _check_tier(self, least_tier: str | None) -> None:
        if least_tier is not None and least_tier not in await self._around.levels():
            raise Invalid("tier", "unknown")

    async def _note(
        self, unit: Unit, actor: Actor, resource_id: int, action: str, what: str | None
    ) -> None:
        await journal.record(
            unit,
            at=self._around.clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="resource",
            subject_key=resource_id,
            after=None if what is None else {"said": what},
        )

    @staticmethod
    async def _one(session: AsyncSession, resource_id: int) -> Resource:
        found = await library_queries.one(session, resource_id)
        if found is None:
            raise NotFound("resource", resource_id)
        return found
