"""Mending what was sent: other words everywhere, or taken back where Telegram still allows it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import DeliveryState, Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import content_rules, mend_queries, post_queries, run_queries
from community_bot.resources.content_rules import Content, Part, parts_of
from community_bot.resources.copy_queries import BELOW_TIER
from community_bot.resources.facts import Place
from community_bot.resources.looks import Looks
from community_bot.resources.notices import RunCorrected
from community_bot.resources.onlookers import Onlookers
from community_bot.resources.parcels import Withdrawal, correction_of
from community_bot.resources.post_rows import CopyRow, RunRow
from community_bot.resources.rules import (
    BATCH,
    CORRECT,
    DELETABLE,
    RUN,
    UNDER_WAY,
    WITHDRAW,
    RunEvent,
    RunState,
)
from community_bot.resources.steering import Steering
from community_bot.resources.surroundings import Surroundings, asked_of
from community_bot.resources.telling import tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

TOO_LATE = "too_late"
_MENDABLE = (*UNDER_WAY, RunState.PAUSED, RunState.DONE, RunState.CANCELLED)


class Mending:
    """Goes over the copies of a run in batches; a killed process goes on where it was."""

    def __init__(
        self, storage: Storage, around: Surroundings, *, outbox: Outbox, steering: Steering
    ) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._steering = steering
        self._onlookers = Onlookers(storage, around)

    async def correct(self, actor: Actor, *, run_id: int, content: Content) -> None:
        """Put other words into what was sent; files stay what they are: one by one, or albums.

        What has not been sent yet goes out as corrected. Words alone leave the files as the last
        correction left them.
        """
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            run = await self._mendable(unit, run_id)
            before = content_rules.from_facts(run.content)
            content = content_rules.checked(content_rules.corrected(before, content))
            if _shape(before) != _shape(content):
                raise Invalid("content", "other_shape")
            await self._begin(unit, actor, run, CORRECT, content=content_rules.as_facts(content))
            await self._tell_others(unit, actor, run_id, content)
            await unit.commit()

    async def _tell_others(self, unit: Unit, actor: Actor, run_id: int, content: Content) -> None:
        """Show the new words to the other admins where the old ones needed a second person."""
        run = await run_queries.one(unit.session, run_id, per_second=0)
        if run is None or not run.is_agreed:
            return
        admins = await self._around.people.with_roles_in(unit.session, Role.ADMIN)
        names = await self._around.people.names([actor.member_id])
        notice = RunCorrected(
            run_id=run_id,
            title=run.title,
            by_name=names.get(actor.member_id, str(actor.member_id)),
            people=run.tally.all,
            text=content.text,
        )
        others = [one for one in admins if one != actor.member_id]
        key = f"run:{run_id}:corrected:{run.revision}"
        await tell(self._outbox, unit, others, notice, key=key)

    async def withdraw(self, actor: Actor, *, run_id: int) -> None:
        """Take back what was sent less than 48 hours ago; what has not been sent stays with us."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            run = await self._mendable(unit, run_id)
            if RUN.allows(run.state, RunEvent.CANCEL):
                await self._steering.cancel_in(unit, actor, run_id)
            await self._begin(unit, actor, run, WITHDRAW)
            await unit.commit()

    async def sweep(self, now: datetime, looks: Looks) -> int:
        """Promise the next corrections and withdrawals; return how many copies were looked at."""
        async with self._storage.read() as session:
            runs = await run_queries.mending(session)
        mended = 0
        for run_id in runs:
            seen = await self._onlookers.at_places_of(run_id, looks)
            while batch := await self._batch(run_id, now, seen):
                mended += batch
        return mended

    async def _batch(self, run_id: int, now: datetime, seen: Mapping[int, str]) -> int:
        async with self._storage.work() as unit:
            run = await run_queries.row(unit.session, run_id)
            if run is None or run.mending is None:
                return 0
            copies = await mend_queries.unmended(unit.session, run_id, run.revision, most=BATCH)
            copy_ids = [copy.copy_id for copy in copies]
            await mend_queries.bring_to(unit.session, copy_ids, run.revision)
            kept = await self._kept_from(unit, run, copies, now, seen)
            for reason in set(kept.values()):
                theirs = [copy_id for copy_id, why in kept.items() if why == reason]
                await mend_queries.note(unit.session, *theirs, mend_error=reason)
            promises = [
                promise
                for copy in copies
                if copy.copy_id not in kept
                for promise in await self._promises(unit, run, copy, now)
            ]
            await self._outbox.put(unit, *promises)
            if not copies:
                await self._finish(unit, run)
            await unit.commit()
        return len(copies)

    async def _kept_from(
        self,
        unit: Unit,
        run: RunRow,
        copies: Sequence[CopyRow],
        now: datetime,
        seen: Mapping[int, str],
    ) -> dict[int, str]:
        """Return which copies a correction may not reach, and why not.

        New words are for who would get the post now; what is taken back is taken from everybody.
        """
        found = await run_queries.with_post(unit.session, run.run_id)
        if run.mending == WITHDRAW or found is None:
            return {}
        audience, least_tier = asked_of(post_queries.post_of(found[1]).composed)
        theirs = {copy.copy_id for copy in copies if copy.member_id is not None}
        fit = await mend_queries.with_right(unit.session, theirs, audience, least_tier, now)
        kept = dict.fromkeys(theirs - fit, BELOW_TIER)
        for copy in copies:
            if copy.member_id is None:
                place = Place(copy.chat_id)
                is_below = await self._around.can_be_seen_below(unit.session, place, least_tier)
                if is_below or copy.chat_id in seen:
                    kept[copy.copy_id] = seen.get(copy.chat_id, BELOW_TIER)
        return kept

    async def _promises(
        self, unit: Unit, run: RunRow, copy: CopyRow, now: datetime
    ) -> Sequence[Promise]:
        ids = tuple(copy.message_ids or ())
        if not ids:
            return ()
        if run.mending == WITHDRAW:
            if copy.settled_at is None or now - copy.settled_at >= DELETABLE:
                await mend_queries.note(unit.session, copy.copy_id, mend_error=TOO_LATE)
                return ()
            content: object = Withdrawal(copy.chat_id, ids, copy_id=copy.copy_id)
        else:
            part = parts_of(content_rules.from_facts(run.content))[copy.part]
            content = correction_of(
                part,
                run_id=run.run_id,
                copy_id=copy.copy_id,
                chat_id=copy.chat_id,
                message_id=ids[0],
            )
        return (
            Promise(
                content,
                chat_id=copy.chat_id,
                member_id=copy.member_id,
                lane=Lane.BROADCAST,
                doubt=Doubt.REPEAT,
                keep=False,
                about=_about(run),
            ),
        )

    async def _finish(self, unit: Unit, run: RunRow) -> None:
        """End the mending when its last letter has been settled."""
        open_ = (DeliveryState.PENDING, DeliveryState.SENDING)
        counts = await self._outbox.tally(unit.session, about=_about(run))
        if any(counts.get(state) for state in open_) or run.state in UNDER_WAY:
            return
        if run.mending == WITHDRAW:
            await run_queries.step(unit.session, run.run_id, RunEvent.WITHDRAW)
        await run_queries.note(unit.session, run.run_id, mending=None, shown_at=None)

    async def _mendable(self, unit: Unit, run_id: int) -> RunRow:
        run = await run_queries.row(unit.session, run_id)
        if run is None:
            raise NotFound("run", run_id)
        if run.state not in _MENDABLE:
            raise Invalid("run", "not_sent")
        if run.mending is not None:
            raise AlreadyDone("mending")
        return run

    async def _begin(
        self, unit: Unit, actor: Actor, run: RunRow, mending: str, **columns: object
    ) -> None:
        await run_queries.note(
            unit.session, run.run_id, mending=mending, revision=run.revision + 1, **columns
        )
        await journal.record(
            unit,
            at=self._around.clock.now(),
            actor_id=actor.member_id,
            action=f"run_{mending}",
            subject="run",
            subject_key=run.run_id,
            before={"content": run.content["text"]},
            after={"content": str(columns.get("content", ""))[:4000]},
        )


def _about(run: RunRow) -> str:
    return f"mending:{run.run_id}:{run.revision}"


def _shape(content: Content) -> Iterable[tuple[object, ...]]:
    """Return what an edit cannot change: how many messages, with which files.

    A single file may be another of the same kind; the files of an album stay.
    """
    return [_shape_of(part) for part in parts_of(content)]


def _shape_of(part: Part) -> tuple[object, ...]:
    kinds = tuple(one.kind for one in part.media)
    files = tuple(one.file_id for one in part.media) if len(part.media) > 1 else ()
    return (bool(part.text) or len(kinds) == 1, kinds, files)
