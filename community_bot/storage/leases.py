"""Leases: what only one process may do at a time, with a token that fences the one before."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Superseded
from community_bot.storage import processes
from community_bot.storage.rows import LeaseRow
from community_bot.storage.unit import Storage, Unit

TERM = timedelta(seconds=60)
RENEWALS = 6  # in a term, so that a few may fail


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do what `name` says, until it expires or another token is given out."""

    name: str
    owner: str
    token: int


def owner_name(token: str) -> str:
    """Name this process so that a later one beside it can tell whether it still runs."""
    pid = os.getpid()
    return f"{processes.space()}|{pid}|{processes.started(pid)}|{token}"


def is_gone(owner: str) -> bool:
    """Say whether an owner surely runs no more; of one that we cannot see, its lease says when.

    Replicas in containers may share the name of their host and not its processes: only where boot
    and process space are the same does a number mean the same process, and only if it began then.
    """
    space, _, rest = owner.partition("|")
    pid, _, began = rest.partition("|")
    if not space or space != processes.space():
        return False
    if not processes.is_there(int(pid)):
        return True
    return processes.started(int(pid)) not in {began.partition("|")[0], ""}


async def moment(storage: Storage, clock: Clock) -> datetime:
    """Say what time it is for a lease: where machines share it, their clocks may differ."""
    if storage.engines.is_sqlite:
        return clock.now()
    async with storage.read() as session:
        now = sa.func.clock_timestamp(type_=sa.DateTime(timezone=True))
        return (await session.scalars(sa.select(now))).one()


async def take(
    storage: Storage, *, name: str, owner: str, now: datetime, term: timedelta = TERM
) -> Lease | None:
    """Take a lease that is free, expired or of a process that is gone; None if another has it."""
    try:
        async with storage.work() as unit:
            return await _take(unit, LeaseRow(name=name, owner=owner, expires_at=now + term), now)
    except AlreadyDone:
        return None  # nobody had it before, and another one was quicker


async def _take(unit: Unit, wanted: LeaseRow, now: datetime) -> Lease | None:
    row = await unit.session.get(LeaseRow, wanted.name, with_for_update=True)
    if row is None:
        row = wanted
        row.token = 1
        unit.session.add(row)
    elif row.owner == wanted.owner or row.expires_at <= now or is_gone(row.owner):
        row.token += 1
        row.owner, row.expires_at = wanted.owner, wanted.expires_at
    else:
        return None
    lease = Lease(row.name, row.owner, row.token)
    await unit.session.flush()
    await unit.commit()
    return lease


async def renew(storage: Storage, lease: Lease, *, now: datetime, term: timedelta = TERM) -> None:
    """Prolong; raises Superseded when it was taken over meanwhile."""
    async with storage.work() as unit:
        renewed = await unit.session.scalar(
            sa.update(LeaseRow)
            .where(LeaseRow.name == lease.name, LeaseRow.token == lease.token)
            .values(expires_at=now + term)
            .returning(LeaseRow.token)
        )
        if renewed is None:
            raise Superseded(lease.name)
        await unit.commit()


async def give_back(storage: Storage, lease: Lease, *, now: datetime) -> None:
    """Let the next one begin at once."""
    async with storage.work() as unit:
        await unit.session.execute(
            sa.update(LeaseRow)
            .where(LeaseRow.name == lease.name, LeaseRow.token == lease.token)
            .values(expires_at=now)
        )
        await unit.commit()


async def assert_held(unit: Unit, lease: Lease) -> None:
    """Raise Superseded inside a transaction that a frozen former owner must not commit.

    On PostgreSQL the row is shared until the commit, so that a takeover waits for it; on SQLite
    nobody else writes meanwhile.
    """
    token = await unit.session.scalar(
        sa.select(LeaseRow.token).where(LeaseRow.name == lease.name).with_for_update(read=True)
    )
    if token != lease.token:
        raise Superseded(lease.name)


async def last_held(storage: Storage) -> datetime | None:
    """Return until when anybody worked, as closely as a term; None where nobody ever did."""
    async with storage.read() as session:
        return await session.scalar(sa.select(sa.func.max(LeaseRow.expires_at)))


async def is_held(storage: Storage, lease: Lease) -> bool:
    """Say whether a lease was still ours a moment ago."""
    async with storage.read() as session:
        token = await session.scalar(sa.select(LeaseRow.token).where(LeaseRow.name == lease.name))
    return token == lease.token
