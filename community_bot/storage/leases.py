"""Leases: what only one process may do at a time, with a token that fences the one before."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.errors import Superseded
from community_bot.storage.rows import LeaseRow
from community_bot.storage.unit import Storage, Unit

TERM = timedelta(seconds=60)
RENEWAL = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do what `name` says, until it expires or another token is given out."""

    name: str
    owner: str
    token: int


def owner_name(token: str) -> str:
    """Name this process so that a later one on the same machine can tell whether it still runs."""
    return f"{socket.gethostname()}|{os.getpid()}|{token}"


def is_gone(owner: str) -> bool:
    """Say whether an owner surely runs no more: of this machine, and its process is no longer."""
    host, process, _ = owner.split("|", 2)
    if host != socket.gethostname():
        return False
    if int(process) == os.getpid():
        return True  # the number was given out again, to us: in a container it is always 1
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


async def take(storage: Storage, *, name: str, owner: str, now: datetime) -> Lease | None:
    """Take a lease that is free, expired or of a process that is gone; None if another has it."""
    async with storage.work() as unit:
        row = await unit.session.get(LeaseRow, name, with_for_update=True)
        if row is None:
            row = LeaseRow(name=name, owner=owner, token=1, expires_at=now + TERM)
            unit.session.add(row)
        elif row.owner == owner or row.expires_at <= now or is_gone(row.owner):
            row.token += 1
            row.owner, row.expires_at = owner, now + TERM
        else:
            return None
        lease = Lease(name, owner, row.token)
        await unit.session.flush()
        await unit.commit()
        return lease


async def renew(storage: Storage, lease: Lease, *, now: datetime) -> None:
    """Prolong; raises Superseded when it was taken over meanwhile."""
    async with storage.work() as unit:
        renewed = await unit.session.scalar(
            sa.update(LeaseRow)
            .where(LeaseRow.name == lease.name, LeaseRow.token == lease.token)
            .values(expires_at=now + TERM)
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


async def assert_held(unit: Unit | AsyncSession, lease: Lease) -> None:
    """Raise Superseded inside a transaction that a frozen former owner must not commit."""
    session = unit.session if isinstance(unit, Unit) else unit
    token = await session.scalar(sa.select(LeaseRow.token).where(LeaseRow.name == lease.name))
    if token != lease.token:
        raise Superseded(lease.name)
