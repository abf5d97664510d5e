"""Composing a post: a draft that survives a restart, looked at, kept as a pattern."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import (
    audience_queries,
    content_rules,
    library_queries,
    post_queries,
    schedule_rules,
    topic_rules,
)
from community_bot.resources.audience_names import named
from community_bot.resources.audience_rules import Audience
from community_bot.resources.content_rules import Content, parts_of
from community_bot.resources.facts import Composition, Post, Preview
from community_bot.resources.planning import Planning
from community_bot.resources.rules import PostEvent, PostState, seconds_for
from community_bot.resources.schedule_rules import Schedule
from community_bot.resources.surroundings import Surroundings, least_of
from community_bot.storage.unit import Storage, Unit

NEXT = 3  # times that a preview names
CLASH = timedelta(minutes=30)  # posts closer than this meet


class Composing:
    """Drafts, each of the admin who began it; other admins may go on with it."""

    def __init__(self, storage: Storage, around: Surroundings, *, planning: Planning) -> None:
        self._storage = storage
        self._around = around
        self._planning = planning

    async def begin(
        self, actor: Actor, composed: Composition, *, is_template: bool = False
    ) -> Post:
        """Begin a draft; a title that is not given is the first line."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            composed = await self._checked(unit.session, composed)
            post = await self.add(unit, actor, composed, is_template=is_template)
            await unit.commit()
        return post

    async def from_resource(self, actor: Actor, *, resource_id: int) -> Post:
        """Begin a draft that posts a resource of the library, for whom it is meant there."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await library_queries.one(session, resource_id)
        if found is None:
            raise NotFound("resource", resource_id)
        composed = Composition(
            content=found.content,
            title=found.title,
            resource_id=resource_id,
            topics=found.topics,
            least_tier=found.least_tier,
        )
        return await self.begin(actor, composed)

    async def change(
        self, actor: Actor, *, post_id: int, revision: int, composed: Composition
    ) -> Post:
        """Change a draft; one that waits for a second person is a draft again.

        `revision` is of the draft that was looked at: what another admin has changed meanwhile is
        not overwritten.
        """
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            composed = await self._checked(unit.session, composed)
            changed = await post_queries.step(
                unit.session,
                post_id,
                PostEvent.CHANGE,
                seen=revision,
                **post_queries.columns_of(composed),
                **_unmarked(revision + 1),
                changed_at=self._around.clock.now(),
            )
            if not changed:
                raise await self._refusal(unit.session, post_id)
            post = await self._one(unit.session, post_id)
            await unit.commit()
        return post

    async def duplicate(
        self, actor: Actor, *, post_id: int, is_replacing: bool = False, is_template: bool = False
    ) -> Post:
        """Begin a draft like another post; a replacing one ends the other when it is confirmed."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            post = await self._one(unit.session, post_id)
            made = await self.add(
                unit,
                actor,
                post.composed,
                replaces=post_id if is_replacing else None,
                is_template=is_template,
            )
            await unit.commit()
        return made

    async def one(self, actor: Actor, *, post_id: int) -> Post:
        """Return a post; raises NotFound."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await self._one(session, post_id)

    async def drafts(self, actor: Actor, *, templates: bool = False) -> list[Post]:
        """Return what is being composed, the newest first, or the patterns that are kept."""
        actor.require(Role.ADMIN)
        open_ = (PostState.DRAFT, PostState.WAITING_APPROVAL)
        async with self._storage.read() as session:
            return await post_queries.in_states(session, open_, templates=templates)

    async def look(self, actor: Actor, composed: Composition) -> Preview:
        """Return what a composition would do, without so much as a draft of it."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            composed = await self._checked(session, composed)
            return await self.preview_in(session, _unsaved(actor, composed))

    async def check_ahead(self, actor: Actor, schedule: Schedule | None) -> None:
        """Raise Invalid for a schedule without a time to come."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            times = await self._planning.next_times(session, schedule, most=1)
        if schedule is not None and not times:
            raise Invalid("schedule", "over")

    async def head_counts(self, actor: Actor, audiences: Sequence[Audience]) -> list[int]:
        """Return how many people each of these audiences selects."""
        actor.require(Role.ADMIN)
        eyes = self._around.eyes()
        async with self._storage.read() as session:
            found = [
                await audience_queries.head_count(session, one, eyes, None) for one in audiences
            ]
        return [heads.people for heads in found]

    async def preview(self, actor: Actor, *, post_id: int) -> Preview:
        """Return what the post would do if it were confirmed now; nothing is changed."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await self.preview_in(session, await self._one(session, post_id))

    async def preview_in(self, session: AsyncSession, post: Post) -> Preview:
        """Return the same inside a unit of work."""
        composed, eyes = post.composed, self._around.eyes()
        heads = audience_queries.Headcount(0, 0, 0)
        if composed.audience is not None:
            heads = await audience_queries.head_count(
                session, composed.audience, eyes, composed.least_tier
            )
        parts = parts_of(composed.content)
        recipients = heads.people - heads.unreachable - heads.below_tier + len(composed.places)
        messages = recipients * sum(max(1, len(part.media)) for part in parts)
        times = await self._planning.next_times(session, composed.schedule, most=NEXT)
        wrong = await self._around.seen_below(session, composed.places, composed.least_tier)
        meant_for = least_of(composed.audience, await self._around.levels())
        seen = await self._around.seen_below(session, composed.places, meant_for)
        return Preview(
            post=post,
            parts=parts,
            people=heads.people,
            unreachable=heads.unreachable,
            below_tier=heads.below_tier,
            messages=messages,
            takes=seconds_for(messages, self._around.per_second),
            next_times=times,
            needs_second=0 < self._around.two_person_from <= heads.people,
            wrong_places=wrong,
            open_places=tuple(place for place in seen if place not in wrong),
            is_protected=self._around.protects(composed),
            clashes=await self._planning.near(session, post, times, within=CLASH),
            mark=post_queries.mark_of(composed),
        )

    async def add(
        self,
        unit: Unit,
        actor: Actor,
        composed: Composition,
        *,
        replaces: int | None = None,
        is_template: bool = False,
    ) -> Post:
        """Insert a draft in the caller's unit."""
        now = self._around.clock.now()
        post_id = await post_queries.add(
            unit.session,
            **post_queries.columns_of(composed),
            is_template=is_template,
            replaces=replaces,
            made_by=actor.member_id,
            made_at=now,
            changed_at=now,
        )
        return await self._one(unit.session, post_id)

    async def _checked(self, session: AsyncSession, composed: Composition) -> Composition:
        """Return the composition in the form in which it is kept; raises Invalid."""
        content = content_rules.checked(composed.content)
        least_tier = await self._least_tier(session, composed)
        audience = composed.audience and await named(session, self._around, composed.audience)
        await self._check_buttons(session, content)
        for place in composed.places:
            if await self._around.space_of(session, place) is None:
                raise NotFound("space", place.chat_id)
        if composed.schedule is not None:
            schedule_rules.checked(composed.schedule)
        title = composed.title or content_rules.title_of(content.text)
        return replace(
            composed,
            content=content,
            least_tier=least_tier,
            audience=audience,
            title=content_rules.checked_title(title) if title else "",
            topics=topic_rules.checked(composed.topics),
            places=tuple(dict.fromkeys(composed.places)),
        )

    @staticmethod
    async def _check_buttons(session: AsyncSession, content: Content) -> None:
        """Raise Invalid for a button that would open what was never in the library."""
        wanted = {one.resource_id for one in content.buttons if one.resource_id is not None}
        found = {one.resource_id for one in await library_queries.some(session, wanted)}
        for number in sorted(wanted - found):
            raise Invalid("button", "no_resource", number=number)

    async def _least_tier(self, session: AsyncSession, composed: Composition) -> str | None:
        """Return the tier that is needed: what the library guards a post does not give away."""
        levels = await self._around.levels()
        wanted = [composed.least_tier]
        if composed.resource_id is not None:
            found = await library_queries.one(session, composed.resource_id)
            if found is None:
                raise NotFound("resource", composed.resource_id)
            wanted.append(found.least_tier)
        known = [code for code in wanted if code is not None]
        if not set(known) <= set(levels):
            raise Invalid("tier", "unknown")
        return max(known, key=lambda code: levels[code].rank, default=None)

    @staticmethod
    async def _one(session: AsyncSession, post_id: int) -> Post:
        found = await post_queries.one(session, post_id)
        if found is None:
            raise NotFound("post", post_id)
        return found

    async def _refusal(self, session: AsyncSession, post_id: int) -> Exception:
        """Say why a draft could not be changed: it is none any more, or another admin was first."""
        post = await self._one(session, post_id)
        if post.state in (PostState.DRAFT, PostState.WAITING_APPROVAL):
            return Invalid("post", "changed")
        return Invalid("post", "confirmed")


def _unsaved(actor: Actor, composed: Composition) -> Post:
    return Post(
        post_id=0,
        state=PostState.DRAFT,
        revision=0,
        composed=composed,
        is_template=False,
        replaces=None,
        made_by=actor.member_id,
        next_at=None,
        mark=None,
        submitted_by=None,
        approved_by=None,
    )


def _unmarked(revision: int) -> dict[str, object]:
    """Any change takes back what was confirmed or agreed to."""
    return {
        "revision": revision,
        "mark": None,
        "submitted_by": None,
        "submitted_at": None,
        "approved_by": None,
        "approved_at": None,
    }
