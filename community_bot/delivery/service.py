"""The outbox: what is promised is written down with what it is about, and kept until it is told."""

from collections.abc import Callable

from community_bot.clock import Clock
from community_bot.delivery import queries
from community_bot.delivery.letters import Promise
from community_bot.delivery.rows import Reach
from community_bot.delivery.rules import DeliveryEvent, DeliveryState
from community_bot.errors import AlreadyDone
from community_bot.storage.unit import Cause, Storage, Unit


class Outbox:
    """Takes promises inside the unit of work of whoever makes them."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self.wake: Callable[[], None] = _nobody

    async def put(self, unit: Unit, *promises: Promise) -> None:
        """Promise; kept if, and only if, the unit commits."""
        if promises:
            await queries.put(unit.session, promises, now=self._clock.now())
            unit.after_commit(self.wake)

    async def reopened(self, unit: Unit, chat_id: int) -> int:
        """Note that a chat can be written to again; return how many kept letters go out now."""
        now = self._clock.now()
        if await queries.reach_of(unit.session, chat_id) is Reach.OPEN:
            return 0
        await queries.set_reach(unit.session, chat_id, Reach.OPEN, now=now)
        unit.after_commit(self.wake)
        return await queries.move(unit.session, DeliveryEvent.RETURN, chat_id=chat_id)

    async def is_open(self, chat_id: int) -> bool:
        """Say whether a chat can be written to, as far as we know."""
        async with self._storage.read() as session:
            return await queries.reach_of(session, chat_id) is Reach.OPEN

    async def closed(self, unit: Unit, chat_id: int, reason: str) -> None:
        """Note that a chat cannot be written to any more."""
        await queries.set_reach(
            unit.session, chat_id, Reach.CLOSED, now=self._clock.now(), reason=reason
        )

    async def rename_chat(self, unit: Unit, old: int, new: int) -> None:
        """Readdress what waits for a group that became a supergroup."""
        await queries.rename_chat(unit.session, old, new)
        await queries.set_reach(unit.session, old, Reach.MOVED, now=self._clock.now(), moved_to=new)

    async def send_again(self, *, delivery_id: int, cause: Cause | None = None) -> None:
        """Let an uncertain or failed delivery go out again: a person decided so."""
        await self._decide(delivery_id, DeliveryEvent.SEND_AGAIN, cause)

    async def dismiss(self, *, delivery_id: int, cause: Cause | None = None) -> None:
        """Let it be: a person decided so."""
        await self._decide(delivery_id, DeliveryEvent.DISMISS, cause)

    async def counts(self) -> dict[DeliveryState, int]:
        async with self._storage.read() as session:
            return await queries.count_by_state(session)

    async def _decide(self, delivery_id: int, event: DeliveryEvent, cause: Cause | None) -> None:
        async with self._storage.work(cause) as unit:
            if not await queries.move(unit.session, event, delivery_id=delivery_id):
                raise AlreadyDone("delivery")
            unit.after_commit(self.wake)
            await unit.commit()


def _nobody() -> None:
    """Nobody waits: the courier finds the letter when it starts."""
