"""Reading the library: what is above a reader's tier shows its title and the way up, no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.resources import (
    choice_queries,
    library_queries,
    missing_queries,
    report_queries,
    run_queries,
)
from community_bot.resources.content_rules import from_facts, parts_of
from community_bot.resources.facts import (
    Level,
    LibraryTopic,
    Opened,
    Resource,
    ResourceLine,
    ResourceView,
    Shelf,
)
from community_bot.resources.lending import Lending
from community_bot.resources.library import KEEPERS
from community_bot.resources.missing_queries import MissedPost
from community_bot.resources.rules import ResourceState
from community_bot.resources.shelf_index import ShelfIndex
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage

PAGE = 8  # resources on one page
HITS = 40
LONGEST = 1000  # signs of what is searched


@dataclass(frozen=True, slots=True)
class Reader:
    """How high somebody's tier is; staff who keep the library read everything."""

    rank: int
    is_keeper: bool
    levels: Mapping[str, Level]

    def may_open(self, resource: Resource) -> bool:
        """Say whether the body may be shown; a tier that nobody knows any more opens nothing."""
        if self.is_keeper:
            return True
        if resource.state is not ResourceState.PUBLISHED:
            return False
        if resource.least_tier is None:
            return True
        level = self.levels.get(resource.least_tier)
        return level is not None and level.rank <= self.rank

    def may_see(self, resource: Resource) -> bool:
        """Say whether even the title may be shown."""
        is_out = resource.state is ResourceState.PUBLISHED
        return self.may_open(resource) or (is_out and not resource.is_hidden)


class Reading:
    """What members see; looked at again each time something is shown, never when it is found."""

    def __init__(
        self,
        storage: Storage,
        around: Surroundings,
        *,
        index: ShelfIndex,
        lending: Lending,
    ) -> None:
        self._storage = storage
        self._around = around
        self._index = index
        self._lending = lending

    async def topics(self, actor: Actor) -> list[LibraryTopic]:
        """Return the topics that have something to see or are followed."""
        async with self._storage.read() as session:
            found = await library_queries.topics(session, actor.member_id)
        return [topic for topic in found if topic.resources or topic.is_followed]

    async def shelf(self, actor: Actor, *, topic_id: int | None = None, number: int = 0) -> Shelf:
        """Return a page of a topic, or of everything, the newest first."""
        reader = await self._reader(actor)
        async with self._storage.read() as session:
            topics = await library_queries.topics(session, actor.member_id)
            topic = next((one for one in topics if one.topic_id == topic_id), None)
            if topic_id is not None and topic is None:
                raise NotFound("topic", topic_id)
            found = await library_queries.in_state(
                session, (ResourceState.PUBLISHED,), topic_id=topic_id
            )
        return _page(topic, _lines(found, reader), number)

    async def search(self, actor: Actor, *, text: str, number: int = 0) -> Shelf:
        """Find resources by what people type, what fits best first; none where nothing fits."""
        await self._index.follow()
        # A list to choose from may hold what fits little: the verdict is for answers alone.
        hits = self._index.engine.search(text[:LONGEST], limit=HITS).hits
        reader = await self._reader(actor)
        async with self._storage.read() as session:
            found = await library_queries.some(session, [int(hit.key) for hit in hits])
        return _page(None, _lines(found, reader), number)

    async def open(self, actor: Actor, *, resource_id: int) -> ResourceView:
        """Send a resource, and note that it was opened; a locked one shows the way up alone."""
        reader = await self._reader(actor)
        async with self._storage.work(actor.cause) as unit:
            found = await library_queries.one(unit.session, resource_id)
            if found is None or not reader.may_see(found):
                raise NotFound("resource", resource_id)
            may_open = reader.may_open(found)
            parts = parts_of(found.content) if may_open else ()
            if may_open:
                await self._lending.lend(
                    unit, actor.member_id, resource_id=resource_id, parts=parts
                )
                await report_queries.open_once(
                    unit.session,
                    run_id=0,
                    button=0,
                    resource_id=resource_id,
                    member_id=actor.member_id,
                    now=self._around.clock.now(),
                )
            await unit.commit()
        return ResourceView(
            resource_id=resource_id,
            title=found.title,
            topics=found.topics,
            published_at=found.published_at,
            parts=parts,
            is_locked=not may_open,
            level=reader.levels.get(found.least_tier or ""),
            is_protected=self._lending.is_protected,
        )

    async def pressed(self, actor: Actor, *, run_id: int, button: int) -> Opened:
        """Note that a button under a post was pressed, and say where it leads."""
        async with self._storage.work(actor.cause) as unit:
            run = await run_queries.row(unit.session, run_id)
            buttons = from_facts(run.content).buttons if run is not None else ()
            if not 0 <= button < len(buttons):
                raise Invalid("button", "broken")
            pressed = buttons[button]
            await report_queries.open_once(
                unit.session,
                run_id=run_id,
                button=button,
                resource_id=pressed.resource_id or 0,
                member_id=actor.member_id,
                now=self._around.clock.now(),
            )
            await unit.commit()
        return Opened(pressed.url, pressed.resource_id)

    async def follow(self, actor: Actor, *, topic_id: int) -> None:
        """Let a member hear of a topic."""
        async with self._storage.work(actor.cause) as unit:
            if not await choice_queries.is_topic(unit.session, topic_id):
                raise NotFound("topic", topic_id)
            now = self._around.clock.now()
            await choice_queries.follow(unit.session, actor.member_id, topic_id, now=now)
            await unit.commit()

    async def unfollow(self, actor: Actor, *, topic_id: int) -> None:
        """Let a member hear of a topic no more."""
        async with self._storage.work(actor.cause) as unit:
            await choice_queries.unfollow(unit.session, actor.member_id, topic_id)
            await unit.commit()

    async def missed(self, member_id: int, *, since: datetime, until: datetime) -> list[MissedPost]:
        """Return what went out privately while somebody was away, the newest first."""
        async with self._storage.read() as session:
            return await missing_queries.missed(
                session, member_id, self._around.eyes(), since=since, until=until
            )

    async def _reader(self, actor: Actor) -> Reader:
        return Reader(
            rank=await self._around.rank_of(actor.member_id),
            is_keeper=actor.has(*KEEPERS),
            levels=await self._around.levels(),
        )


def _page(topic: LibraryTopic | None, lines: list[ResourceLine], number: int) -> Shelf:
    """Cut a page; a number behind the last is the last."""
    pages = max(1, -(-len(lines) // PAGE))
    number = max(0, min(number, pages - 1))
    return Shelf(topic, tuple(lines[number * PAGE : (number + 1) * PAGE]), number, pages)


def _lines(found: Iterable[Resource], reader: Reader) -> list[ResourceLine]:
    return [
        ResourceLine(
            resource_id=one.resource_id,
            title=one.title,
            is_locked=not reader.may_open(one),
            level=reader.levels.get(one.least_tier or ""),
        )
        for one in found
        if reader.may_see(one)
    ]
