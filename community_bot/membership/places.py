"""Places: chats that the bot comes into and goes out of; owners say what each is to be."""

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.membership import space_queries as queries
from community_bot.membership.notices import PlaceFound, PlaceLost
from community_bot.people.service import People
from community_bot.storage.unit import Cause, Storage, Unit


class Places:
    """Tells owners of new places, and of spaces that were lost."""

    def __init__(self, storage: Storage, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._outbox = outbox
        self._people = people

    async def entered(self, found: PlaceFound, *, cause: Cause | None = None) -> None:
        """Ask the owners what a place is to be; one that is bound already is only reopened."""
        async with self._storage.work(cause) as unit:
            await self._outbox.reopened(unit, found.chat_id)
            if await queries.space(unit.session, found.chat_id) is None:
                await self._tell(unit, found)
            await unit.commit()

    async def weakened(
        self, *, chat_id: int, title: str, is_out: bool, cause: Cause | None = None
    ) -> None:
        """Tell the owners that a space of theirs has put us out, or taken our rights away."""
        async with self._storage.work(cause) as unit:
            if is_out:
                await self._outbox.closed(unit, chat_id, "we are not in it any more")
            if await queries.space(unit.session, chat_id) is not None:
                await self._tell(unit, PlaceLost(chat_id=chat_id, title=title, is_out=is_out))
            await unit.commit()

    async def _tell(self, unit: Unit, content: PlaceFound | PlaceLost) -> None:
        await self._outbox.put(
            unit,
            *(
                Promise(
                    content,
                    chat_id=owner,
                    member_id=owner,
                    lane=Lane.DESK,
                    doubt=Doubt.ONCE_MORE,
                )
                for owner in sorted(self._people.owners)
            ),
        )
