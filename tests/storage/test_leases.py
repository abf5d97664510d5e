"""What only one process may do is done by one; who was frozen meanwhile changes nothing."""

import asyncio
import os
import socket
import sys
from datetime import timedelta

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import Superseded
from community_bot.storage import leases
from community_bot.storage.leases import TERM, Lease, assert_held, is_gone, owner_name
from community_bot.storage.unit import Storage

ELSEWHERE, THERE = "elsewhere|1|a", "there|1|b"


async def taken(storage: Storage, clock: StandingClock, owner: str) -> Lease:
    lease = await leases.take(storage, name="courier", owner=owner, now=clock.now())
    assert lease is not None
    return lease


async def test_one_of_many_gets_it(storage: Storage, clock: StandingClock) -> None:
    owners = [f"machine{n}|1|x" for n in range(8)]

    given = await asyncio.gather(
        *(leases.take(storage, name="courier", owner=o, now=clock.now()) for o in owners)
    )

    assert len([lease for lease in given if lease is not None]) == 1


async def test_another_machine_waits_until_it_expires(
    storage: Storage, clock: StandingClock
) -> None:
    first = await taken(storage, clock, ELSEWHERE)
    clock.pass_(TERM - timedelta(seconds=1))
    too_early = await leases.take(storage, name="courier", owner=THERE, now=clock.now())
    clock.pass_(timedelta(seconds=1))

    second = await taken(storage, clock, THERE)

    assert too_early is None
    assert second.token > first.token


async def test_it_does_not_expire_while_it_is_renewed(
    storage: Storage, clock: StandingClock
) -> None:
    lease = await taken(storage, clock, ELSEWHERE)
    for _ in range(5):
        clock.pass_(TERM / 2)
        await leases.renew(storage, lease, now=clock.now())

    assert await leases.take(storage, name="courier", owner=THERE, now=clock.now()) is None


async def test_who_was_frozen_can_neither_renew_nor_commit(
    storage: Storage, clock: StandingClock
) -> None:
    frozen = await taken(storage, clock, ELSEWHERE)
    clock.pass_(TERM)
    await taken(storage, clock, THERE)

    with pytest.raises(Superseded):
        await leases.renew(storage, frozen, now=clock.now())
    with pytest.raises(Superseded):
        async with storage.work() as unit:
            await assert_held(unit, frozen)
    assert not await leases.is_held(storage, frozen)


async def test_a_takeover_waits_for_a_commit_that_has_begun(
    storage: Storage, clock: StandingClock
) -> None:
    """Else the new courier would not see the letters that the old one has just begun."""
    frozen = await taken(storage, clock, ELSEWHERE)
    clock.pass_(TERM)
    async with asyncio.TaskGroup() as group, storage.work() as unit:
        await assert_held(unit, frozen)
        takeover = group.create_task(taken(storage, clock, THERE))
        await asyncio.sleep(0.1)
        was_early = takeover.done()
        await unit.commit()

    assert not was_early
    assert await leases.is_held(storage, takeover.result())


async def test_what_was_given_back_is_free_at_once(storage: Storage, clock: StandingClock) -> None:
    lease = await taken(storage, clock, ELSEWHERE)
    await leases.give_back(storage, lease, now=clock.now())

    assert (await taken(storage, clock, THERE)).token > lease.token


async def test_a_process_of_this_machine_that_died_holds_nothing(
    storage: Storage, clock: StandingClock
) -> None:
    died = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await died.wait()
    await taken(storage, clock, f"{socket.gethostname()}|{died.pid}|a")

    assert (await taken(storage, clock, THERE)).owner == THERE


def test_only_a_process_that_surely_runs_no_more_is_gone() -> None:
    here = socket.gethostname()

    assert not is_gone(f"{here}|{os.getppid()}|a")
    assert not is_gone(f"{here}|1|a")
    assert not is_gone("elsewhere|999999|a")
    assert is_gone(owner_name("of the process before us, which had our number"))
