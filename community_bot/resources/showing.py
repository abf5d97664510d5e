"""Showing how far a run is: one live card for whoever composed it, renewed every few seconds."""

from datetime import datetime, timedelta

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.resources import content_rules, run_queries
from community_bot.resources.facts import Run
from community_bot.resources.notices import RunProgress
from community_bot.resources.rules import PROGRESS, UNDER_WAY
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import keepers
from community_bot.storage.unit import Storage, Unit

LOOK_BACK = timedelta(seconds=60)  # over which the pace is measured


class Showing:
    """A chore: a card is renewed only when there is something new to show."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def sweep(self, now: datetime) -> int:
        """Renew the cards of runs that are under way or have just ended; return how many."""
        async with self._storage.read() as session:
            runs = await run_queries.to_be_shown(
                session, before=now - PROGRESS, ended_after=now - LOOK_BACK
            )
        return sum([await self._show(run_id, now) for run_id in runs])

    async def _show(self, run_id: int, now: datetime) -> bool:
        async with self._storage.work() as unit:
            run = await run_queries.one(unit.session, run_id, per_second=self._around.per_second)
            row = await run_queries.with_post(unit.session, run_id)
            if run is None or row is None:
                return False
            progress = await self._progress(unit, run, now)
            mark = content_rules.mark_of(progress)
            is_news = row[0].shown != mark
            await run_queries.note(unit.session, run_id, shown_at=now, shown=mark)
            if is_news:
                told = await keepers(self._around.people, unit.session, row[1])
                await self._outbox.put(
                    unit,
                    *(
                        Promise(
                            progress,
                            chat_id=one,
                            member_id=one,
                            lane=Lane.NOTICE,
                            keep=False,
                            card=f"run:{run_id}:progress",
                        )
                        for one in told
                    ),
                )
            await unit.commit()
        return is_news

    async def _progress(self, unit: Unit, run: Run, now: datetime) -> RunProgress:
        """Return the figures with the pace of the last minute, or what is hoped for."""
        tally, pace = run.tally, 0.0
        if run.finished_at is None and run.begun_at is not None:
            since = max(run.begun_at, now - LOOK_BACK)
            sent = await run_queries.settled_since(unit.session, run.run_id, since)
            pace = sent / max((now - since).total_seconds(), 1.0)
        hoped = pace or self._around.per_second
        resting = await run_queries.resting(unit.session, run.run_id, now)
        going = max(0, tally.waiting - resting) if run.state in UNDER_WAY else 0
        return RunProgress(
            run_id=run.run_id,
            title=run.title,
            state=run.state.value,
            mending=run.mending,
            people=tally.all,
            waiting=tally.waiting,
            sent=tally.sent,
            unreachable=tally.unreachable,
            uncertain=tally.uncertain,
            failed=tally.failed,
            skipped=tally.skipped,
            cancelled=tally.cancelled,
            per_second=round(pace, 1),
            time_left=timedelta(seconds=round(going / hoped)) if going else None,
            reason=run.reason,
            resting=resting,
            withdrawn=await run_queries.withdrawn(unit.session, run.run_id),
        )
