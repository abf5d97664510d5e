"""Feeding a run: its audience written down, then promised in batches as fast as they leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.resources import (
    content_rules,
    copy_queries,
    losing_queries,
    post_queries,
    run_queries,
)
from community_bot.resources.content_rules import Part, parts_of
from community_bot.resources.copy_queries import Next
from community_bot.resources.facts import Composition, Place
from community_bot.resources.looks import Looks
from community_bot.resources.notices import PostLate
from community_bot.resources.onlookers import Onlookers
from community_bot.resources.parcels import part_for
from community_bot.resources.post_rows import RunRow
from community_bot.resources.quiet_rules import end_of_quiet
from community_bot.resources.rules import (
    BATCH,
    CANARY,
    IN_OUTBOX,
    LEAST,
    UNDER_WAY,
    CopyEvent,
    RunEvent,
    RunState,
    breaks,
)
from community_bot.resources.steering import call_back_from, stop
from community_bot.resources.surroundings import Surroundings, asked_of
from community_bot.storage.unit import Storage, Unit

BELOW_TIER, UNREACHABLE = copy_queries.BELOW_TIER, copy_queries.UNREACHABLE
NOWHERE: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Load:
    """A run with all that is needed to promise its copies."""

    run: RunRow
    composed: Composition
    parts: tuple[Part, ...]
    is_protected: bool
    seen: Mapping[int, str]  # places into which others look by now, and how


class Feeding:
    """A chore: each step is one transaction, so a killed process goes on exactly where it was."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._onlookers = Onlookers(storage, around)

    async def sweep(self, now: datetime, looks: Looks) -> int:
        """Expand what begins and feed what is under way; return how many copies were promised."""
        async with self._storage.read() as session:
            expanding = await run_queries.in_states(session, (RunState.EXPANDING,))
        for run_id in expanding:
            await self._expand(run_id, now)
        async with self._storage.read() as session:
            under_way = await run_queries.in_states(session, UNDER_WAY)
        promised = 0
        for run_id in under_way:
            await self._call_back(run_id, now)
            seen = await self._onlookers.at_places_of(run_id, looks)
            while await self._is_hungry(run_id) and (fed := await self._feed(run_id, now, seen)):
                promised += fed
        return promised

    async def _call_back(self, run_id: int, now: datetime) -> None:
        """Call back what was promised to people who have lost the tier since, while it can be."""
        async with self._storage.read() as session:
            found = await run_queries.with_post(session, run_id)
            composed = None if found is None else post_queries.post_of(found[1]).composed
            if composed is None:
                return
            lost = await losing_queries.promised_to(session, run_id, *asked_of(composed), now)
        if lost:
            async with self._storage.work() as unit:
                await call_back_from(unit, self._outbox, run_id, lost)
                await unit.commit()

    async def _is_hungry(self, run_id: int) -> bool:
        """Look, without holding the writer, whether there is anything to promise or decide."""
        async with self._storage.read() as session:
            run = await run_queries.row(session, run_id)
            figures = await copy_queries.figures(session, run_id)
        if run is None or not figures.queued or run.state is RunState.CANARY:
            return True
        return figures.waiting > 0 and IN_OUTBOX - figures.queued >= LEAST

    async def _expand(self, run_id: int, now: datetime) -> None:
        """Write down who gets a copy: whoever joins the audience later on is not among them."""
        async with self._storage.work() as unit:
            load = await self._load(unit, run_id)
            if load is None or load.run.state is not RunState.EXPANDING:
                return
            session, composed = unit.session, load.composed
            if load.run.again_of is not None and load.run.again_state is not None:
                await copy_queries.add_again(
                    session, run_id, load.run.again_of, load.run.again_state
                )
            else:
                await copy_queries.add_places(session, run_id, composed.places, len(load.parts))
                if composed.audience is not None:
                    await copy_queries.add_people(
                        session,
                        run_id,
                        composed.audience,
                        self._around.eyes(now),
                        least_tier=composed.least_tier,
                        parts=len(load.parts),
                    )
            await run_queries.step(session, run_id, RunEvent.BEGIN)
            await unit.commit()

    async def _feed(self, run_id: int, now: datetime, seen: Mapping[int, str]) -> int:
        """Promise the next copies, or decide what comes after them."""
        async with self._storage.work() as unit:
            load = await self._load(unit, run_id, seen)
            if load is None or load.run.state not in UNDER_WAY:
                return 0
            figures = await copy_queries.figures(unit.session, run_id)
            in_canary = load.run.state is RunState.CANARY
            room = min(BATCH, IN_OUTBOX - figures.queued)
            if in_canary:
                room = min(room, CANARY * len(load.parts) - figures.tried)
            taken = await self._take(unit, load, room, now) if room > 0 else []
            fed = await self._promise(unit, load, taken, now)
            if not taken:
                await self._decide(unit, load, now)
            await unit.commit()
        return fed

    async def _take(self, unit: Unit, load: Load, room: int, now: datetime) -> list[Next]:
        audience, least_tier = asked_of(load.composed)
        return await copy_queries.next_ones(
            unit.session,
            load.run.run_id,
            audience=audience,
            least_tier=least_tier,
            now=now,
            most=room,
        )

    async def _promise(self, unit: Unit, load: Load, taken: Sequence[Next], now: datetime) -> int:
        """Look at each recipient once more, and promise what may go to them now."""
        session = unit.session
        gone = [one.copy_id for one in taken if one.is_unreachable]
        await copy_queries.step(session, gone, CopyEvent.BLOCK, reason=UNREACHABLE, settled_at=now)
        against = {one.copy_id: await self._against(unit, load, one) for one in taken}
        kept = {copy_id: reason for copy_id, reason in against.items() if reason is not None}
        for reason in set(kept.values()):
            theirs = [copy_id for copy_id, why in kept.items() if why == reason]
            await copy_queries.step(session, theirs, CopyEvent.SKIP, reason=reason, settled_at=now)
        left = [one for one in taken if one.copy_id not in {*gone, *kept}]
        awake = [one for one in left if not await self._puts_off(unit, load, one, now)]
        ours = await copy_queries.step(
            session,
            [one.copy_id for one in awake],
            CopyEvent.QUEUE,
            revision=load.run.revision,
        )
        await self._outbox.put(
            unit,
            *(promise for one in awake if one.copy_id in ours for promise in _promises(load, one)),
        )
        return len(taken)

    async def _against(self, unit: Unit, load: Load, one: Next) -> str | None:
        """Look at a recipient as they are now: a place may be another than when it was chosen."""
        if one.member_id is not None:
            return None if one.is_entitled else BELOW_TIER
        place, least_tier = Place(one.chat_id), asked_of(load.composed)[1]
        if await self._around.can_be_seen_below(unit.session, place, least_tier):
            return BELOW_TIER
        return load.seen.get(one.chat_id)

    async def _puts_off(self, unit: Unit, load: Load, one: Next, now: datetime) -> bool:
        """Let a copy wait for the end of its recipient's quiet hours; say whether it waits."""
        if one.quiet is None or not load.composed.heeds_quiet:
            return False
        end = end_of_quiet(one.quiet, now)
        if end is None:
            return False
        await copy_queries.put_off(unit.session, [one.copy_id], end)
        return True

    async def _decide(self, unit: Unit, load: Load, now: datetime) -> None:
        """Nobody's turn it is: the canary may be over, or everything."""
        run, session = load.run, unit.session
        figures = await copy_queries.figures(session, run.run_id)
        if figures.queued:
            return
        in_canary = run.state is RunState.CANARY
        if not figures.waiting:
            await run_queries.step(session, run.run_id, RunEvent.FINISH, finished_at=now)
        elif in_canary and breaks(figures.failed, max(figures.settled, CANARY), in_canary=True):
            await stop(unit, self._around, self._outbox, run.run_id, now=now)
        elif in_canary and figures.tried >= CANARY * len(load.parts):
            await run_queries.step(session, run.run_id, RunEvent.PASS)

    async def _load(
        self, unit: Unit, run_id: int, seen: Mapping[int, str] = NOWHERE
    ) -> Load | None:
        found = await run_queries.with_post(unit.session, run_id)
        if found is None:
            return None
        run, post = found
        content = content_rules.from_facts(run.content)
        composed = post_queries.post_of(post).composed
        return Load(run, composed, parts_of(content), self._around.protects(composed), seen)


def _promises(load: Load, one: Next) -> Sequence[Promise]:
    """Return the letters of a copy: the first of a late post says that it is late."""
    content: list[object] = [
        part_for(
            load.parts[one.part],
            run_id=load.run.run_id,
            copy_id=one.copy_id,
            is_silent=load.composed.is_silent,
            is_protected=load.is_protected,
        )
    ]
    if load.run.is_late and one.part == 0:
        content.insert(0, PostLate(load.run.due_at))
    return [
        Promise(
            each,
            chat_id=one.chat_id,
            member_id=one.member_id,
            topic_id=one.topic_id or None,
            topic_name=_topic_name(load, one),
            lane=Lane.BROADCAST,
            keep=False,
            about=copy_queries.about(load.run.run_id),
        )
        for each in content
    ]


def _topic_name(load: Load, one: Next) -> str | None:
    names = {(place.chat_id, place.topic_id): place.topic_name for place in load.composed.places}
    return names.get((one.chat_id, one.topic_id or None))
