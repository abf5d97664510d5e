"""What only one process may do is done by one; who was frozen meanwhile changes nothing."""

import asyncio
import os
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from community_bot.clock import StandingClock
from community_bot.errors import Superseded
from community_bot.storage import engines, leases, processes
from community_bot.storage.faults import is_passing
from community_bot.storage.leases import TERM, Lease, assert_held, is_gone, owner_name
from community_bot.storage.unit import Storage

ELSEWHERE, THERE = "elsewhere|1|1|a", "there|1|1|b"


async def taken(storage: Storage, clock: StandingClock, owner: str) -> Lease:
    lease = await leases.take(storage, name="courier", owner=owner, now=clock.now())
    assert lease is not None
    return lease


async def test_one_of_many_gets_it(storage: Storage, clock: StandingClock) -> None:
    owners = [f"machine{n}|1|1|x" for n in range(8)]

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


@pytest.mark.postgres
async def test_a_commit_that_is_never_made_does_not_hold_up_the_takeover(
    postgres_url: str, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen process, or one off the network, says nothing more, and its connection stays."""
    monkeypatch.setattr(engines, "IDLE_IN_TRANSACTION", "200ms")
    storage = Storage.open(postgres_url)
    frozen = await taken(storage, clock, ELSEWHERE)
    clock.pass_(TERM)

    async with storage.work() as unit:
        await assert_held(unit, frozen)
        async with asyncio.timeout(10):
            await taken(storage, clock, THERE)
        with pytest.raises(DBAPIError) as lost:
            await unit.session.execute(sa.select(1))

    assert is_passing(lost.value)
    assert not await leases.is_held(storage, frozen)
    await storage.close()


async def test_what_was_given_back_is_free_at_once(storage: Storage, clock: StandingClock) -> None:
    lease = await taken(storage, clock, ELSEWHERE)
    await leases.give_back(storage, lease, now=clock.now())

    assert (await taken(storage, clock, THERE)).token > lease.token


async def test_a_process_beside_us_that_died_holds_nothing(
    storage: Storage, clock: StandingClock
) -> None:
    died = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    began = processes.started(died.pid)
    await died.wait()
    await taken(storage, clock, f"{processes.space()}|{died.pid}|{began}|a")

    assert (await taken(storage, clock, THERE)).owner == THERE


def test_only_a_process_that_surely_runs_no_more_is_gone() -> None:
    here, parent = processes.space(), os.getppid()

    assert not is_gone(f"{here}|{parent}|{processes.started(parent)}|a")
    assert not is_gone(owner_name("ourselves"))
    assert is_gone(f"{here}|999999999|1|a")


def test_a_number_that_was_given_out_again_is_another_process() -> None:
    """In a container that is started anew our number is always the same."""
    before_us = f"{processes.space()}|{os.getpid()}|1|a"

    assert is_gone(before_us)


def test_of_a_process_in_another_container_only_its_lease_says_when_it_ends() -> None:
    """It may have the same host name and the same number, and run."""
    assert not is_gone("another space|999999999|1|a")
    assert not is_gone("|999999999||where nobody can tell")
