"""Welcoming back: who renews after a while is told what went out meanwhile, once."""

from datetime import datetime, timedelta

from community_bot.delivery.service import Outbox
from community_bot.resources import missing_queries, return_queries
from community_bot.resources.notices import MissedMeanwhile
from community_bot.resources.return_queries import Return
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage.unit import Storage

LOOK_BACK = timedelta(days=2)  # returns older than that were seen, or are no news any more
SHORTEST = timedelta(days=1)  # an absence that is worth a word
NAMED = 5


class Welcoming:
    """A chore: safe to run twice, for each return is told of under a key of its own."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def sweep(self, now: datetime) -> int:
        """Tell those who have come back since the last look; return how many."""
        async with self._storage.read() as session:
            back = await return_queries.returned(session, since=now - LOOK_BACK, shortest=SHORTEST)
        return sum([await self._welcome(one) for one in back])

    async def _welcome(self, one: Return) -> bool:
        async with self._storage.work() as unit:
            missed = await missing_queries.missed(
                unit.session,
                one.member_id,
                self._around.eyes(),
                since=one.left_at,
                until=one.back_at,
            )
            if not missed:
                return False
            titles = tuple(post.title for post in missed[:NAMED])
            notice = MissedMeanwhile(len(missed), titles, one.left_at)
            key = f"missed:{one.back_at:%Y%m%d%H%M%S}"
            await tell(self._outbox, unit, [one.member_id], notice, key=key)
            await unit.commit()
        return True
