"""The ticker: APScheduler turns the table of chores, in memory; no chore is ever lost with it."""

import asyncio
import logging
from collections.abc import Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from community_bot.scheduling.chores import Chore

log = logging.getLogger(__name__)


class Ticker:
    """Runs each chore at its pace, one run at a time; what was missed is done once."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = chores

    async def run(self) -> None:
        """Turn the table until cancelled; everything is done once at the start."""
        for chore in self._chores:
            await self.do(chore)
        scheduler = AsyncIOScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        for chore in self._chores:
            scheduler.add_job(
                self.do, "interval", [chore], seconds=chore.every.total_seconds(), id=chore.name
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    async def once(self) -> None:
        """Do every chore now: after the clock of the sandbox was moved."""
        for chore in self._chores:
            await self.do(chore)

    @staticmethod
    async def do(chore: Chore) -> None:
        """Do one chore; a fault in it is logged and stops no other."""
        try:
            await chore.do()
        except Exception:
            log.exception("chore: %s", chore.name)
