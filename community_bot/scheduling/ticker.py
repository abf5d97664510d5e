"""The ticker: APScheduler turns the table of chores, in memory; no chore is ever lost with it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from community_bot.scheduling.chores import Chore
from community_bot.scheduling.troubles import Troubles

log = logging.getLogger(__name__)


class Ticker:
    """Runs each chore at its pace, one run at a time; what was missed is done once."""

    def __init__(self, chores: Sequence[Chore], troubles: Troubles) -> None:
        self._chores = chores
        self._troubles = troubles
        self.is_held = False  # while it is, nothing is done by itself, only by `once`

    async def run(self) -> None:
        """Turn the table until cancelled; everything is done once at the start."""
        for chore in self._chores:
            await self._turn(chore)
        scheduler = AsyncIOScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        for chore in self._chores:
            scheduler.add_job(
                self._turn, "interval", [chore], seconds=chore.every.total_seconds(), id=chore.name
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    async def _turn(self, chore: Chore) -> None:
        if not self.is_held:
            await self.do(chore)

    async def once(self, most: timedelta | None = None) -> None:
        """Do every chore now, or those alone that are done at least that often.

        The sandbox asks for it after its clock was moved.
        """
        for chore in self._chores:
            if most is None or chore.every <= most:
                await self.do(chore)

    async def do(self, chore: Chore) -> None:
        """Do one chore; a fault in it stops no other, nor does one in telling of it."""
        try:
            await self._done_or_told(chore)
        except Exception:
            log.exception("nobody could be told of the chore: %s", chore.name)

    async def _done_or_told(self, chore: Chore) -> None:
        try:
            await chore.do()
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            await self._troubles.failed(chore.name, error)
        else:
            self._troubles.worked(chore.name)
