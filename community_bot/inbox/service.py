"""The inbox: an update is on disk before anybody is told that it was received."""

from collections.abc import Sequence
from datetime import timedelta

from community_bot.clock import Clock
from community_bot.errors import Superseded
from community_bot.inbox import queries
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.storage import leases
from community_bot.storage.grouping import Grouped
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Cause, Storage, Unit

LEASE = "inbox"
# Telegram repeats an update for at most a day (core.telegram.org/bots/api#getting-updates).
KEPT = timedelta(hours=48)
ROWS_PER_INSERT = 500  # SQLite binds at most 32,766 values in a statement


class Inbox:
    """Keeps updates, hands out the mark that is set together with their effects."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self.keeping: Grouped[Sequence[Received], set[int]] = Grouped(self._keep)
        self.closing: Grouped[tuple[int, Lease], None] = Grouped(self._close)

    async def keep(self, updates: Sequence[Received]) -> list[Received]:
        """Store a batch; when this returns it is on disk. Returns those not seen before."""
        if not updates:
            return []
        new = await self.keeping.one(updates)
        return [update for update in updates if update.update_id in new]

    async def left(
        self, *, most: int, besides: Sequence[int] = (), chat_id: int | None = None
    ) -> list[Received]:
        """Return what still waits, oldest first."""
        async with self._storage.read() as session:
            return await queries.pending(session, most=most, besides=besides, chat_id=chat_id)

    def cause(self, update: Received, lease: Lease) -> Cause:
        """Return what marks the update done inside the unit of work that holds its effects."""

        async def mark(unit: Unit) -> None:
            marked = await queries.mark_done(
                unit.session,
                update.update_id,
                token=lease.token,
                lease=lease.name,
                now=self._clock.now(),
            )
            if not marked:
                raise Superseded(f"update {update.update_id}")

        return mark

    async def close(self, update: Received, lease: Lease) -> None:
        """Mark an update done that changed nothing; raises Superseded like its effects would."""
        await self.closing.one((update.update_id, lease))

    async def give_up(self, update: Received, incident: str, lease: Lease) -> None:
        """Set an update aside under the code that the person was told."""
        async with self._storage.work() as unit:
            await leases.assert_held(unit, lease)
            await queries.mark_failed(
                unit.session, update.update_id, incident=incident, now=self._clock.now()
            )
            await unit.commit()

    async def is_held(self, lease: Lease) -> bool:
        """Say whether this process may still handle updates."""
        return await leases.is_held(self._storage, lease)

    async def purge(self) -> None:
        """Forget handled updates that Telegram will not send again."""
        async with self._storage.work() as unit:
            await queries.purge(unit.session, before=self._clock.now() - KEPT)
            await unit.commit()

    async def counts(self) -> dict[UpdateState, int]:
        async with self._storage.read() as session:
            return await queries.count_by_state(session)

    async def _keep(self, batches: Sequence[Sequence[Received]]) -> list[set[int]]:
        updates = [update for batch in batches for update in batch]
        new: set[int] = set()
        async with self._storage.work() as unit:
            for start in range(0, len(updates), ROWS_PER_INSERT):
                rows = updates[start : start + ROWS_PER_INSERT]
                new |= await queries.keep(unit.session, rows, now=self._clock.now())
            await unit.commit()
        return [_claimed(batch, new) for batch in batches]

    async def _close(self, handled: Sequence[tuple[int, Lease]]) -> list[None]:
        async with self._storage.work() as unit:
            for lease in {lease for _, lease in handled}:
                await leases.assert_held(unit, lease)
            await queries.mark_all_done(
                unit.session, [update_id for update_id, _ in handled], now=self._clock.now()
            )
            await unit.commit()
        return [None for _ in handled]


def _claimed(batch: Sequence[Received], new: set[int]) -> set[int]:
    """Give each new update to one batch only: the same one may have come twice at once."""
    ours = {update.update_id for update in batch} & new
    new -= ours
    return ours
