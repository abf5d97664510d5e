"""Incidents: what nobody expected is told to the owners, once."""

from collections.abc import Collection

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.notices import Incident
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Storage


class Incidents:
    """Tells the owners what the log has the story of."""

    def __init__(self, storage: Storage, *, outbox: Outbox, owners: Collection[int]) -> None:
        self._storage = storage
        self._outbox = outbox
        self._owners = sorted(owners)

    async def tell(self, incident: Incident, *, key: str) -> None:
        """Promise it to each owner, under a key that makes a second telling a no-op."""
        async with self._storage.work() as unit:
            await self._outbox.put(
                unit,
                *(
                    Promise(
                        incident,
                        chat_id=owner,
                        member_id=owner,
                        lane=Lane.NOTICE,
                        once_key=f"{key}:{owner}",
                        doubt=Doubt.ONCE_MORE,
                    )
                    for owner in self._owners
                ),
            )
            await unit.commit()
