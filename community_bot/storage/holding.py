"""Holding a lease: doing what only one process may do, for as long as it is this one's turn."""

import asyncio
import contextlib
import functools
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from community_bot.clock import Clock
from community_bot.errors import Superseded
from community_bot.storage import leases
from community_bot.storage.faults import outlast
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage

log = logging.getLogger(__name__)

STANDBY = 2.0  # seconds between a standby's questions whether it is its turn

STANDS_BY = "another process does it, this one takes over when it ends"  # said in the log

Work: TypeAlias = Callable[[Lease], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Holder:
    """One process among those that may do the work; `term` is how long the others wait for it."""

    storage: Storage
    clock: Clock
    owner: str
    term: timedelta = leases.TERM

    async def hold(self, name: str, work: Work, stopping: asyncio.Event) -> None:
        """Work whenever it is our turn, until the work ends by itself or `stopping`."""
        stands_by = False
        while not stopping.is_set():
            lease = await outlast(functools.partial(self._take, name), f"the lease {name}")
            if stands_by != (lease is None):
                stands_by = lease is None
                log.info("%s: %s", name, STANDS_BY if stands_by else "taken over")
            if lease is None:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), min(STANDBY, self._pause))
            elif await self._work_under(lease, work):
                await outlast(functools.partial(self._give_back, lease), f"the lease {name}")
                return

    @property
    def _pause(self) -> float:
        return self.term.total_seconds() / leases.RENEWALS

    async def _take(self, name: str) -> Lease | None:
        now = await leases.moment(self.storage, self.clock)
        return await leases.take(self.storage, name=name, owner=self.owner, now=now, term=self.term)

    async def _give_back(self, lease: Lease) -> None:
        now = await leases.moment(self.storage, self.clock)
        await leases.give_back(self.storage, lease, now=now)

    async def _work_under(self, lease: Lease, work: Work) -> bool:
        """Work while the lease is renewed; return False when another process has taken it."""
        finished = False
        try:
            async with asyncio.TaskGroup() as group:
                renewing = group.create_task(self._keep(lease))
                await work(lease)
                renewing.cancel()
                finished = True
        except* Superseded:
            log.warning("%s: another process has taken over", lease.name)
        return finished

    async def _keep(self, lease: Lease) -> None:
        while True:
            await asyncio.sleep(self._pause)
            await outlast(functools.partial(self._renew, lease), f"the lease {lease.name}")

    async def _renew(self, lease: Lease) -> None:
        now = await leases.moment(self.storage, self.clock)
        await leases.renew(self.storage, lease, now=now, term=self.term)
