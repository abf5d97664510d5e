"""Incidents: what nobody expected is told to the owners, once, and not a hundred times alike."""

from collections.abc import Collection
from dataclasses import replace

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.notices import Incident
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Storage

TOLD_AN_HOUR = 3  # of faults that are alike; the others stand in the log and are set aside too


class Incidents:
    """Tells the owners what the log has the story of."""

    def __init__(
        self, storage: Storage, clock: Clock, *, outbox: Outbox, owners: Collection[int]
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._owners = sorted(owners)

    async def tell(self, incident: Incident, *, key: str, alike: str | None = None) -> None:
        """Promise it to each owner, under a key that makes a second telling a no-op.

        Of faults that are `alike` only the first few of an hour are told, and the last says so.
        """
        about = f"incident:{alike}"[:52] + f":{self._clock.now():%d%H}" if alike else None
        async with self._storage.work() as unit:
            told = await self._outbox.tally(unit.session, about=about) if about else {}
            before = sum(told.values()) // max(1, len(self._owners))
            if before >= TOLD_AN_HOUR:
                return
            last = replace(incident, is_last=about is not None and before == TOLD_AN_HOUR - 1)
            await self._outbox.put(
                unit,
                *(
                    Promise(
                        last,
                        chat_id=owner,
                        member_id=owner,
                        lane=Lane.NOTICE,
                        once_key=f"{key}:{owner}",
                        doubt=Doubt.ONCE_MORE,
                        about=about,
                    )
                    for owner in self._owners
                ),
            )
            await unit.commit()
