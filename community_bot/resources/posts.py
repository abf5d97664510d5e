"""Posts: confirmed, agreed to by a second person, planned, held and ended."""

from datetime import datetime
from typing import Any

from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.resources import plan_queries, post_queries, run_queries
from community_bot.resources.composing import Composing
from community_bot.resources.facts import Post, Preview
from community_bot.resources.notices import PostApproved, PostReturned, PostWaiting
from community_bot.resources.planning import Planning
from community_bot.resources.rules import POST, PostEvent, PostState, RunEvent, RunState
from community_bot.resources.steering import end, go_on_with_plan, hold_with_plan
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import keepers, tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class Posts:
    """What is confirmed is never changed: a replacement ends it when it is confirmed itself."""

    def __init__(
        self,
        storage: Storage,
        around: Surroundings,
        *,
        outbox: Outbox,
        composing: Composing,
        planning: Planning,
    ) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._composing = composing
        self._planning = planning

    @property
    def _people(self) -> People:
        return self._around.people

    async def confirm(self, actor: Actor, *, post_id: int, mark: str) -> Post:
        """Plan a draft that was looked at, or let a second person look where it is for many.

        `mark` is of the preview that was shown; raises Invalid when the draft is another by now.
        """
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            post = await self._seen(unit, post_id, mark, (PostState.DRAFT,))
            preview = await self._composing.preview_in(unit.session, post)
            check(preview)
            if preview.needs_second:
                await self._submit(unit, actor, preview)
            else:
                await self._plan(unit, actor, preview, submitted_by=actor.member_id)
            confirmed = await self._one(unit, post_id)
            await unit.commit()
        return confirmed

    async def approve(self, actor: Actor, *, post_id: int, mark: str) -> Post:
        """Agree, as somebody else than whoever confirmed it, to exactly what was shown."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            post = await self._seen(unit, post_id, mark, (PostState.WAITING_APPROVAL,))
            if post.submitted_by == actor.member_id:
                raise NotAllowed("second_person")
            preview = await self._composing.preview_in(unit.session, post)
            check(preview)
            await self._plan(unit, actor, preview, approved_by=actor.member_id)
            approved = await self._one(unit, post_id)
            await self._tell_keepers(
                unit,
                post,  # as it was: whoever agrees need not be told of it
                PostApproved(
                    post_id,
                    post.title,
                    await self._name(actor.member_id),
                    approved.next_at if post.composed.schedule else None,
                ),
                key=f"approved:{mark[:16]}",
            )
            await unit.commit()
        return approved

    async def return_(self, actor: Actor, *, post_id: int, mark: str, reason: str) -> Post:
        """Give a post back to whoever composed it, with a reason: it is a draft again."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            post = await self._seen(unit, post_id, mark, (PostState.WAITING_APPROVAL,))
            await self._step(
                unit,
                actor,
                post,
                PostEvent.CHANGE,
                reason=reason,
                revision=post.revision + 1,
                mark=None,
                submitted_by=None,
                submitted_at=None,
            )
            notice = PostReturned(post_id, post.title, await self._name(actor.member_id), reason)
            await self._tell_keepers(unit, post, notice, key=f"returned:{post.revision}")
            returned = await self._one(unit, post_id)
            await unit.commit()
        return returned

    async def pause(self, actor: Actor, *, post_id: int) -> Post:
        """Hold a plan and what is on its way of it: nothing more goes out until it is resumed."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            await self._step(unit, actor, await self._one(unit, post_id), PostEvent.PAUSE)
            await hold_with_plan(unit, self._outbox, post_id)
            paused = await self._one(unit, post_id)
            await unit.commit()
        return paused

    async def cancel(self, actor: Actor, *, post_id: int) -> Post:
        """End a plan, or throw a draft away; what has gone out stays."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            await self._call_off(unit, actor, await self._one(unit, post_id))
            for run_id in await plan_queries.begun(unit.session, post_id):
                await end(unit, self._outbox, run_id, now=self._around.clock.now())
            cancelled = await self._one(unit, post_id)
            await unit.commit()
        return cancelled

    async def resume(self, actor: Actor, *, post_id: int) -> Post:
        """Let a plan go on with what it held; times that passed meanwhile are not made up for."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            post = await self._one(unit, post_id)
            POST.after(post.state, PostEvent.RESUME)
            held = await plan_queries.held(unit.session, post_id)
            next_at = await self._to_come(unit, post)
            is_over = next_at is None and not held
            if is_over and not await plan_queries.unbegun(unit.session, post_id):
                raise Invalid("schedule", "over")
            await self._step(unit, actor, post, PostEvent.RESUME, next_at=next_at)
            await go_on_with_plan(unit, held)
            resumed = await self._one(unit, post_id)
            await unit.commit()
        return resumed

    async def planned(self, actor: Actor) -> list[Post]:
        """Return what is planned or held, by its next time."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await post_queries.in_states(session, (PostState.SCHEDULED, PostState.PAUSED))

    async def waiting(self, actor: Actor) -> list[Post]:
        """Return what waits for a second person."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await post_queries.in_states(session, (PostState.WAITING_APPROVAL,))

    async def _submit(self, unit: Unit, actor: Actor, preview: Preview) -> None:
        post = preview.post
        await self._step(
            unit,
            actor,
            post,
            PostEvent.SUBMIT,
            mark=preview.mark,
            submitted_by=actor.member_id,
            submitted_at=self._around.clock.now(),
        )
        others = [
            one
            for one in await self._people.with_roles_in(unit.session, Role.ADMIN)
            if one != actor.member_id
        ]
        notice = PostWaiting(
            post.post_id,
            preview.mark,
            post.title,
            await self._name(actor.member_id),
            preview.people,
        )
        key = f"post:{post.post_id}:waiting:{preview.mark[:16]}:{post.revision}"
        await tell(self._outbox, unit, others, notice, key=key)

    async def _plan(self, unit: Unit, actor: Actor, preview: Preview, **who: int) -> None:
        """Write down the first time, and end what this post replaces."""
        post, now = preview.post, self._around.clock.now()
        next_at = preview.next_times[0] if preview.next_times else now
        columns: dict[str, Any] = {**who, **{name.replace("_by", "_at"): now for name in who}}
        await self._step(
            unit,
            actor,
            post,
            PostEvent.SCHEDULE,
            mark=preview.mark,
            next_at=next_at,
            **columns,
        )
        if post.replaces is not None:
            replaced = await self._one(unit, post.replaces)
            if POST.allows(replaced.state, PostEvent.CANCEL):
                await self._call_off(unit, actor, replaced)
                for run_id in await plan_queries.held(unit.session, replaced.post_id):
                    await end(unit, self._outbox, run_id, now=now)

    async def _call_off(self, unit: Unit, actor: Actor, post: Post) -> None:
        """End a plan with the runs of it that were made ahead of their time."""
        await self._step(unit, actor, post, PostEvent.CANCEL, next_at=None)
        now = self._around.clock.now()
        for run_id, state in await plan_queries.unbegun(unit.session, post.post_id):
            event = RunEvent.SKIP if state is RunState.ASKING else RunEvent.CANCEL
            await run_queries.step(unit.session, run_id, event, finished_at=now)

    async def _to_come(self, unit: Unit, post: Post) -> datetime | None:
        """Return the next time of a plan, passing over those that are behind us."""
        next_at, schedule = post.next_at, post.composed.schedule
        if next_at is None or schedule is None or next_at >= self._around.clock.now():
            return next_at
        times = await self._planning.next_times(unit.session, schedule, most=1)
        return times[0] if times else None

    async def _step(
        self,
        unit: Unit,
        actor: Actor,
        post: Post,
        event: PostEvent,
        *,
        reason: str | None = None,
        **columns: Any,  # noqa: ANN401  a row's columns
    ) -> None:
        """Move a post as it was seen, and write down who did it; raises IllegalTransition."""
        after = POST.after(post.state, event)
        if not await post_queries.step(unit.session, post.post_id, event, **columns):
            raise AlreadyDone("post")
        await journal.record(
            unit,
            at=self._around.clock.now(),
            actor_id=actor.member_id,
            action=f"post_{event}",
            subject="post",
            subject_key=post.post_id,
            reason=reason,
            before={"state": post.state.value},
            after={"state": after.value, "title": post.title},
        )

    async def _seen(
        self, unit: Unit, post_id: int, mark: str, states: tuple[PostState, ...]
    ) -> Post:
        """Return the post if it is still what was looked at."""
        post = await self._one(unit, post_id)
        if post.state not in states:
            raise AlreadyDone("post")
        if post_queries.mark_of(post.composed) != mark:
            raise Invalid("post", "changed")
        return post

    async def _tell_keepers(self, unit: Unit, post: Post, notice: object, *, key: str) -> None:
        told = await keepers(self._people, unit.session, post)
        await tell(self._outbox, unit, told, notice, key=f"post:{post.post_id}:{key}")

    async def _name(self, member_id: int) -> str:
        return (await self._people.names([member_id])).get(member_id, str(member_id))

    @staticmethod
    async def _one(unit: Unit, post_id: int) -> Post:
        found = await post_queries.one(unit.session, post_id)
        if found is None:
            raise NotFound("post", post_id)
        return found


def check(preview: Preview) -> None:
    """Raise Invalid for what must not, or cannot, go out."""
    composed = preview.post.composed
    if composed.audience is None and not composed.places:
        raise Invalid("audience", "missing")
    if composed.schedule is not None and not preview.next_times:
        raise Invalid("schedule", "over")
    is_later = composed.schedule is not None  # by then there may be somebody
    if composed.audience is not None and not (preview.people or composed.places or is_later):
        raise Invalid("audience", "nobody")
    if preview.wrong_places and not composed.is_teaser:
        raise Invalid("place", "below_tier")
    if preview.post.is_template:
        raise Invalid("post", "template")
