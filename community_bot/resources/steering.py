"""Steering a run: held, let go on, ended, decided about, and sent again to whom it may miss."""

from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import (
    content_rules,
    copy_queries,
    losing_queries,
    plan_queries,
    run_queries,
)
from community_bot.resources.facts import Run
from community_bot.resources.notices import RunStopped
from community_bot.resources.rules import RUN, CopyState, RunEvent, RunState
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import keepers, tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

FAULTS, BY_HAND = "faults", "by_hand"
RESENDABLE = (CopyState.UNKNOWN, CopyState.FAILED)


class Steering:
    """What an admin does about a run; it holds from the next letter on."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def one(self, actor: Actor, *, run_id: int) -> Run:
        """Return a run with how far it is; raises NotFound."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await run_queries.one(session, run_id, per_second=self._around.per_second)
        if found is None:
            raise NotFound("run", run_id)
        return found

    async def newest(self, actor: Actor, *, post_id: int | None = None) -> list[Run]:
        """Return the last runs, of one post or of all, the newest first."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await run_queries.newest(session, post_id=post_id)

    async def pause(self, actor: Actor, *, run_id: int) -> None:
        """Hold a run: nothing more leaves than what is in the air already."""
        async with self._acting(actor) as unit:
            await self._step(unit, actor, run_id, RunEvent.PAUSE, reason=BY_HAND)
            await hold_back(unit, self._outbox, run_id)
            await unit.commit()

    async def resume(self, actor: Actor, *, run_id: int) -> None:
        """Let a run go on exactly where it stopped."""
        async with self._acting(actor) as unit:
            event = await plan_queries.way_on(unit.session, run_id)
            await self._step(unit, actor, run_id, event, reason=None)
            await unit.commit()

    async def cancel(self, actor: Actor, *, run_id: int) -> None:
        """End a run: who has not got it will not; what arrived stays."""
        async with self._acting(actor) as unit:
            await self.cancel_in(unit, actor, run_id)
            await unit.commit()

    async def cancel_in(self, unit: Unit, actor: Actor, run_id: int) -> None:
        """Do the same inside the caller's unit."""
        now = self._around.clock.now()
        await self._step(unit, actor, run_id, RunEvent.CANCEL, finished_at=now)
        await hold_back(unit, self._outbox, run_id)
        await copy_queries.cancel_waiting(unit.session, run_id)

    async def send_nevertheless(self, actor: Actor, *, run_id: int) -> None:
        """Let a run go out in spite of what the preflight found, or although its time is over."""
        async with self._acting(actor) as unit:
            run = await run_queries.row(unit.session, run_id)
            if run is None:
                raise NotFound("run", run_id)
            if run.state is RunState.ASKING:
                now = self._around.clock.now()
                await self._step(unit, actor, run_id, RunEvent.EXPAND, is_late=True, begun_at=now)
            else:
                await self._step(unit, actor, run_id, RunEvent.CLEAR, is_forced=True)
            await unit.commit()

    async def skip(self, actor: Actor, *, run_id: int) -> None:
        """Let a missed time be."""
        async with self._acting(actor) as unit:
            await self._step(
                unit, actor, run_id, RunEvent.SKIP, finished_at=self._around.clock.now()
            )
            await unit.commit()

    async def send_again(self, actor: Actor, *, run_id: int, state: CopyState) -> int:
        """Send once more to those whose copy is uncertain, or was refused; return the new run."""
        if state not in RESENDABLE:
            raise Invalid("state", "unknown")
        async with self._acting(actor) as unit:
            found = await run_queries.one(unit.session, run_id, per_second=0)
            run = await run_queries.row(unit.session, run_id)
            if found is None or run is None:
                raise NotFound("run", run_id)
            tally = found.tally
            if not (tally.uncertain if state is CopyState.UNKNOWN else tally.failed):
                raise Invalid("audience", "nobody")
            if await run_queries.again_of(unit.session, run_id, state) is not None:
                raise AlreadyDone("run")
            made = await run_queries.add(
                unit.session,
                post_id=run.post_id,
                due_at=_free_moment(self._around.clock.now(), run.due_at),
                content=content_rules.from_facts(run.content),
                again=(run_id, state),
                is_forced=True,
            )
            if made is None:
                raise AlreadyDone("run")
            await self._note(unit, actor, made, "run_again", before=None, after=f"{run_id}:{state}")
            await unit.commit()
        return made

    def _acting(self, actor: Actor) -> AbstractAsyncContextManager[Unit]:
        actor.require(Role.ADMIN)
        return self._storage.work(actor.cause)

    async def _step(
        self,
        unit: Unit,
        actor: Actor,
        run_id: int,
        event: RunEvent,
        **columns: object,
    ) -> None:
        run = await run_queries.row(unit.session, run_id)
        if run is None:
            raise NotFound("run", run_id)
        before = run.state
        after = RUN.after(before, event)
        if not await run_queries.step(unit.session, run_id, event, **columns):
            raise AlreadyDone("run")
        await self._note(unit, actor, run_id, f"run_{event}", before=before, after=after)

    async def _note(
        self, unit: Unit, actor: Actor, run_id: int, action: str, *, before: str | None, after: str
    ) -> None:
        await journal.record(
            unit,
            at=self._around.clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="run",
            subject_key=run_id,
            before=None if before is None else {"state": str(before)},
            after={"state": str(after)},
        )


async def hold_back(unit: Unit, outbox: Outbox, run_id: int) -> None:
    """Call off the letters that have not left; their copies wait again."""
    await outbox.call_off(unit, about=copy_queries.about(run_id))
    await losing_queries.call_back(unit.session, run_id)


async def end(unit: Unit, outbox: Outbox, run_id: int, *, now: datetime) -> None:
    """End a run together with its post: who has not got it will not."""
    if await run_queries.step(unit.session, run_id, RunEvent.CANCEL, finished_at=now):
        await hold_back(unit, outbox, run_id)
        await copy_queries.cancel_waiting(unit.session, run_id)


async def hold_with_plan(unit: Unit, outbox: Outbox, post_id: int) -> None:
    """Hold what is on its way of a plan that is held; what is held already keeps its reason."""
    for run_id in await plan_queries.begun(unit.session, post_id):
        if await run_queries.step(
            unit.session, run_id, RunEvent.PAUSE, reason=plan_queries.WITH_PLAN
        ):
            await hold_back(unit, outbox, run_id)


async def go_on_with_plan(unit: Unit, run_ids: Iterable[int]) -> None:
    """Let what was held together with its plan go on where it stopped."""
    for run_id in run_ids:
        event = await plan_queries.way_on(unit.session, run_id)
        await run_queries.step(unit.session, run_id, event, reason=None)


async def call_back_from(unit: Unit, outbox: Outbox, run_id: int, chat_ids: list[int]) -> None:
    """Call off the letters to some people that have not left; their copies wait again."""
    await outbox.call_off(unit, about=copy_queries.about(run_id), chat_ids=chat_ids)
    await losing_queries.call_back(unit.session, run_id, chat_ids=chat_ids)


async def stop(
    unit: Unit, around: Surroundings, outbox: Outbox, run_id: int, *, now: datetime
) -> bool:
    """Hold a run because too many copies were refused, and tell whoever looks after it."""
    if not await run_queries.step(unit.session, run_id, RunEvent.PAUSE, reason=FAULTS):
        return False
    await hold_back(unit, outbox, run_id)
    found = await run_queries.with_post(unit.session, run_id)
    if found is None:
        return False
    figures = await copy_queries.figures(unit.session, run_id)
    notice = RunStopped(
        run_id=run_id,
        title=found[1].title,
        failed=figures.failed,
        settled=figures.settled,
        waiting=figures.waiting,
        reason=await copy_queries.usual_reason(unit.session, run_id) or FAULTS,
    )
    key = f"run:{run_id}:stopped:{now:%Y%m%d%H%M%S}"
    told = await keepers(around.people, unit.session, found[1])
    await tell(outbox, unit, told, notice, key=key)
    return True


def _free_moment(now: datetime, taken: datetime) -> datetime:
    """Return a moment that no run of the post has."""
    return now if now != taken else now - timedelta(microseconds=1)
