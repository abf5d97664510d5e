"""The tick: times that have come become runs, each once, and what was missed is not passed over."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from community_bot.delivery.service import Outbox
from community_bot.resources import post_queries, run_queries
from community_bot.resources.facts import Post
from community_bot.resources.notices import TimeMissed
from community_bot.resources.post_rows import PostRow, RunRow
from community_bot.resources.rules import (
    PREFLIGHT,
    RUN,
    PostEvent,
    PostState,
    RunEvent,
    RunState,
)
from community_bot.resources.schedule_rules import Missed, is_late, occurrences
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import keepers, tell
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 100  # posts in one transaction
MOST_MISSED = 500  # occurrences of one post that are written down after a long absence
MISSED, HELD = "missed", "held"


class Ticking:
    """A chore: safe to run twice, in two processes, and with a clock that was set back."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def tick(self, now: datetime) -> int:
        """Create the runs whose preflight is due; return how many posts had one."""
        ticked = 0
        while await self._is_any_due(now):
            async with self._storage.work() as unit:
                posts = await post_queries.due(unit.session, before=now + PREFLIGHT, most=AT_ONCE)
                for post in posts:
                    await self._advance(unit, post, now)
                await unit.commit()
            ticked += len(posts)
            if len(posts) < AT_ONCE:
                break  # what is left, another process has in hand
        return ticked

    async def begin(self, now: datetime) -> int:
        """Let runs begin whose time has come, by what their schedule says of lateness."""
        async with self._storage.read() as session:
            due = await run_queries.in_states(session, (RunState.PLANNED,), due_before=now)
        begun = 0
        for run_id in due:
            async with self._storage.work() as unit:
                found = await run_queries.with_post(unit.session, run_id)
                if found is not None and found[0].checked_at is not None:
                    begun += await self._decide(unit, *found, now=now)
                await unit.commit()
        await self._finish()
        return begun

    async def _finish(self) -> None:
        """End the posts of which nothing is to come: until its last time begins one can be held."""
        async with self._storage.read() as session:
            over = await post_queries.over(session)
        for post_id in over:
            async with self._storage.work() as unit:
                await post_queries.step(unit.session, post_id, PostEvent.FINISH)
                await unit.commit()

    async def _is_any_due(self, now: datetime) -> bool:
        """Look without holding the writer: mostly there is nothing."""
        async with self._storage.read() as session:
            return await post_queries.is_any_due(session, before=now + PREFLIGHT)

    async def _advance(self, unit: Unit, post: Post, now: datetime) -> None:
        """Write down every occurrence that has come; of several missed ones the last counts."""
        if post.next_at is None:
            return
        times, following = await self._times(unit, post, post.next_at, now)
        missed = [at for at in times if is_late(at, now)]
        for at in times:
            gone = at in missed[:-1]
            await run_queries.add(
                unit.session,
                post_id=post.post_id,
                due_at=at,
                content=post.composed.content,
                state=RUN.after(RUN.start, RunEvent.SKIP) if gone else RUN.start,
                reason=MISSED if gone else None,
            )
        await post_queries.move_on(unit.session, post.post_id, seen=post.next_at, next_at=following)

    async def _times(
        self, unit: Unit, post: Post, first: datetime, now: datetime
    ) -> tuple[list[datetime], datetime | None]:
        """Return the times that have come, and the first that has not."""
        times, schedule = [first], post.composed.schedule
        if schedule is None:
            return times, None
        is_workday = await self._around.workdays(unit.session)
        for at in occurrences(schedule, after=first, is_workday=is_workday):
            if at > now + PREFLIGHT:
                return times[-MOST_MISSED:], at
            times.append(at)
        return times[-MOST_MISSED:], None

    async def _decide(self, unit: Unit, run: RunRow, row: PostRow, *, now: datetime) -> bool:
        """Begin a run, or ask or skip where its time was missed; say whether it begins."""
        post = post_queries.post_of(row)
        if post.state is PostState.PAUSED and run.again_of is None and not run.is_forced:
            await run_queries.step(
                unit.session, run.run_id, RunEvent.SKIP, reason=HELD, finished_at=now
            )
            return False
        late = is_late(run.due_at, now) and not run.is_forced and run.again_of is None
        policy = post.composed.schedule.missed if post.composed.schedule else Missed.LATE
        steps: dict[Missed, Callable[[], Awaitable[bool]]] = {
            Missed.SKIP: partial(
                run_queries.step,
                unit.session,
                run.run_id,
                RunEvent.SKIP,
                reason=MISSED,
                finished_at=now,
            ),
            Missed.ASK: partial(run_queries.step, unit.session, run.run_id, RunEvent.ASK),
        }
        if late and policy is not Missed.LATE:
            if await steps[policy]():
                await self._tell_missed(unit, run, post, is_asked=policy is Missed.ASK)
            return False
        return await run_queries.step(
            unit.session, run.run_id, RunEvent.EXPAND, is_late=late, begun_at=now
        )

    async def _tell_missed(self, unit: Unit, run: RunRow, post: Post, *, is_asked: bool) -> None:
        notice = TimeMissed(run.run_id, post.post_id, post.title, run.due_at, is_asked, 1)
        told = await keepers(self._around.people, unit.session, post)
        await tell(self._outbox, unit, told, notice, key=f"run:{run.run_id}:missed")
