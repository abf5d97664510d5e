"""Privacy: a person asks for their data to be deleted; the owners hear of it, and it is kept."""

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.people.notices import DeletionAsked
from community_bot.people.roles import Actor
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage


class Privacy:
    """Takes wishes about data; what accounting needs is kept by whoever fulfils them."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people

    async def ask_deletion(self, actor: Actor) -> None:
        """Tell the owners, once a day, and note in the journal that it was asked."""
        member = await self._people.find(actor.member_id)
        now = self._clock.now()
        asked = DeletionAsked(member_id=member.member_id, member_name=member.name)
        async with self._storage.work(actor.cause) as unit:
            await self._outbox.put(
                unit,
                *(
                    Promise(
                        asked,
                        chat_id=owner,
                        member_id=owner,
                        lane=Lane.DESK,
                        once_key=f"deletion:{member.member_id}:{now:%Y%m%d}:{owner}",
                        doubt=Doubt.ONCE_MORE,
                    )
                    for owner in sorted(self._people.owners)
                ),
            )
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="ask_deletion",
                subject="member",
                subject_key=member.member_id,
            )
            await unit.commit()
