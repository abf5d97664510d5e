"""The inbox: an update is on disk before anybody is told that it was received."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from community_bot.clock import Clock
from community_bot.errors import Superseded
from community_bot.inbox import queries
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState, numbered_anew
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
        self.keeping: Grouped[Sequence[Received], list[Received]] = Grouped(self._keep)
        self.closing: Grouped[tuple[int, Lease], None] = Grouped(self._close)

    async def keep(self, updates: Sequence[Received]) -> list[Received]:
        """Store a batch; when this returns it is on disk.

        Returns those not seen before; one whose number another update has comes back with a new
        number.
        """
        return await self.keeping.one(updates) if updates else []

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

    async def _keep(self, batches: Sequence[Sequence[Received]]) -> list[list[Received]]:
        came = [(place, update) for place, batch in enumerate(batches) for update in batch]
        kept: list[list[Received]] = [[] for _ in batches]
        async with self._storage.work() as unit:
            for start in range(0, len(came), ROWS_PER_INSERT):
                part = came[start : start + ROWS_PER_INSERT]
                new = await self._store(unit, [update for _, update in part])
                for (place, _), update in zip(part, new, strict=True):
                    if update is not None:
                        kept[place].append(update)
            await unit.commit()
        return kept

    async def _store(self, unit: Unit, came: Sequence[Received]) -> list[Received | None]:
        """Insert what is new, numbered anew if need be; None stands for what came before."""
        now = self._clock.now()
        stored: list[Received | None] = [None] * len(came)
        left = dict(enumerate(came))
        while left:
            first = {update.update_id: at for at, update in reversed(left.items())}
            new = await queries.keep(unit.session, [left[at] for at in first.values()], now=now)
            for update_id in new:
                at = first[update_id]
                stored[at] = left.pop(at)
            numbers = {update.update_id for update in left.values()}
            there = await queries.likenesses(unit.session, numbers, since=now - KEPT)
            left = {
                at: replace(update, update_id=numbered_anew(update.update_id))
                for at, update in left.items()
                if _is_another(update, there.get(update.update_id))
            }
        return stored

    async def _close(self, handled: Sequence[tuple[int, Lease]]) -> list[None]:
        async with self._storage.work() as unit:
            for lease in {lease for _, lease in handled}:
                await leases.assert_held(unit, lease)
            await queries.mark_all_done(
                unit.session, [update_id for update_id, _ in handled], now=self._clock.now()
            )
            await unit.commit()
        return [None for _ in handled]


def _is_another(update: Received, likeness: str | None) -> bool:
    """Say whether what has the number is another update; None: it is too old to come again."""
    if likeness is None:
        return True
    return "" not in {likeness, update.likeness} and likeness != update.likeness
