"""Outages: who was away for long does not begin by removing people."""

import logging
from datetime import timedelta

from community_bot.clock import Clock
from community_bot.membership.removals import Removals
from community_bot.storage import journal, leases
from community_bot.storage.unit import Storage

# Telegram keeps updates for a day (core.telegram.org/bots/api#getting-updates): after that we
# may have missed who paid, who came back and who asked.
LONG = timedelta(hours=24)
NO_REMOVALS = timedelta(hours=24)

log = logging.getLogger(__name__)


class Outages:
    """Looks back before the program begins to work: the leases tell when it last did.

    A database that was restored from an old copy looks the same, and is treated the same.
    """

    def __init__(self, storage: Storage, clock: Clock, *, removals: Removals) -> None:
        self._storage = storage
        self._clock = clock
        self._removals = removals

    async def look_back(self) -> timedelta | None:
        """Let nobody be removed for a day after a long outage; return how long it was, if it was.

        To be asked before this process takes a lease of its own.
        """
        now = self._clock.now()
        last = await leases.last_held(self._storage)
        if last is None or now - last <= LONG:
            return None
        until = now + NO_REMOVALS
        async with self._storage.work() as unit:
            await self._removals.pause_in(unit, until=until, reason="outage", by=None, now=now)
            await journal.record(
                unit,
                at=now,
                actor_id=None,
                action="pause",
                subject="removals",
                subject_key="outage",
                before={"last_at": last.isoformat()},
                after={"until": until.isoformat()},
            )
            await unit.commit()
        log.warning("away since %s: nobody is removed before %s", last, until)
        return now - last
