"""Order is kept and nothing is lost when memory is short, the database away, the lease gone."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from community_bot.clock import StandingClock
from community_bot.errors import Superseded
from community_bot.inbox.dispatcher import Dispatcher
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.inbox.service import Inbox
from community_bot.storage.leases import TERM
from community_bot.storage.unit import Cause, Storage
from tests.inbox.working import dispatching, leased, settled, update, writing


class Seen:
    """Remembers what was handled; can be made to wait, or to find the database away."""

    def __init__(self) -> None:
        self.order: list[tuple[int, int]] = []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.away = 0

    async def handle(self, received: Received, _cause: Cause) -> None:
        await self.may_go_on.wait()
        if self.away:
            self.away -= 1
            raise OperationalError("handle", None, ConnectionRefusedError())
        self.order.append((received.chat_id, received.update_id))

    def of(self, chat_id: int) -> list[int]:
        return [number for chat, number in self.order if chat == chat_id]


async def test_more_than_memory_holds_is_handled_in_order_from_the_disk(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    inbox, seen = Inbox(sqlite_storage, clock), Seen()
    seen.may_go_on.clear()

    async with dispatching(inbox, seen.handle, most=50) as dispatcher:
        for start in range(1, 301, 30):
            batch = [update(n, chat_id=n % 7) for n in range(start, start + 30)]
            dispatcher.offer(await inbox.keep(batch))
        seen.may_go_on.set()
        await settled(inbox, UpdateState.DONE, 300)

    for chat_id in range(7):
        assert seen.of(chat_id) == sorted(seen.of(chat_id))
    assert len(seen.order) == 300


async def test_what_is_kept_while_the_disk_is_read_does_not_overtake(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    """The dispatcher starts behind: what is offered meanwhile must wait for what is on disk."""
    inbox, seen = Inbox(sqlite_storage, clock), Seen()
    async with writing(inbox):
        await inbox.keep([update(n) for n in range(1, 101)])

    async with dispatching(inbox, seen.handle) as dispatcher:
        for number in range(101, 141):
            dispatcher.offer(await inbox.keep([update(number)]))
            await asyncio.sleep(0)
        await settled(inbox, UpdateState.DONE, 140)

    assert seen.of(1) == list(range(1, 141))


async def test_a_button_is_found_at_once_behind_a_backlog(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    inbox, seen = Inbox(sqlite_storage, clock), Seen()
    pressed = asyncio.Event()
    slow = asyncio.Event()

    async def handle(received: Received, cause: Cause) -> None:
        if received.urgent:
            pressed.set()
        else:
            await slow.wait()
        await seen.handle(received, cause)

    async with writing(inbox):
        await inbox.keep([update(n, chat_id=n % 90) for n in range(1, 401)])
    async with dispatching(inbox, handle, most=100) as dispatcher:
        dispatcher.offer(await inbox.keep([update(9000, chat_id=500, urgent=True)]))
        async with asyncio.timeout(3):
            await pressed.wait()
        slow.set()
        await settled(inbox, UpdateState.DONE, 401)


async def test_while_the_database_is_away_a_chat_waits_and_keeps_its_order(
    storage: Storage, clock: StandingClock
) -> None:
    inbox, seen = Inbox(storage, clock), Seen()
    seen.away = 2

    async with dispatching(inbox, seen.handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(1), update(2), update(3)]))
        await settled(inbox, UpdateState.DONE, 3)

    assert seen.of(1) == [1, 2, 3]


async def test_beside_other_processes_the_disk_says_the_order(
    storage: Storage, clock: StandingClock
) -> None:
    """Another replica kept number 1 of the chat; this one then keeps number 2 and is told of it."""
    inbox, seen = Inbox(storage, clock), Seen()
    async with dispatching(inbox, seen.handle, is_alone=False) as dispatcher:
        await settled(inbox, UpdateState.DONE, 0)
        await asyncio.sleep(0.05)
        await inbox.keep([update(1)])
        dispatcher.offer(await inbox.keep([update(2)]))
        await settled(inbox, UpdateState.DONE, 2)

    assert seen.of(1) == [1, 2]


async def test_a_superseded_dispatcher_stops_and_marks_nothing(
    storage: Storage, clock: StandingClock
) -> None:
    inbox, seen = Inbox(storage, clock), Seen()
    lease = await leased(inbox, "frozen|1|a")
    dispatcher = Dispatcher(inbox, seen.handle)
    seen.may_go_on.clear()

    async with writing(inbox):
        await inbox.keep([update(1)])

        async def work() -> None:
            with pytest.raises(ExceptionGroup) as stopped:
                await dispatcher.run(lease)
            assert stopped.value.subgroup(Superseded) is not None

        async with asyncio.TaskGroup() as group:
            group.create_task(work())
            await asyncio.sleep(0.05)
            clock.pass_(TERM)
            await leased(inbox, "other|1|a")
            seen.may_go_on.set()

    assert await inbox.counts() == {UpdateState.PENDING: 1}


async def test_a_superseded_incident_is_not_written_either(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    lease = await leased(inbox, "frozen|1|a")
    async with writing(inbox):
        (kept,) = await inbox.keep([update(1)])
    clock.pass_(TERM)
    await leased(inbox, "other|1|a")

    with pytest.raises(Superseded):
        await inbox.give_up(kept, "K7Q2", lease)

    assert await inbox.counts() == {UpdateState.PENDING: 1}


async def test_whoever_gets_the_lease_back_works_again(
    storage: Storage, clock: StandingClock
) -> None:
    inbox, seen = Inbox(storage, clock), Seen()
    first = await leased(inbox, "here|1|a")
    dispatcher = Dispatcher(inbox, seen.handle)
    seen.may_go_on.clear()
    async with writing(inbox):
        dispatcher.offer(await inbox.keep([update(1), update(2)]))
        async with asyncio.TaskGroup() as group:
            working = group.create_task(dispatcher.run(first))
            await asyncio.sleep(0.05)
            working.cancel()
        clock.pass_(TERM + timedelta(seconds=1))
        again = await leased(inbox, "here|1|a")
        seen.may_go_on.set()

        async with asyncio.TaskGroup() as group:
            group.create_task(dispatcher.run(again))
            await settled(inbox, UpdateState.DONE, 2)
            dispatcher.stop()

    assert seen.of(1) == [1, 2]


async def test_handled_updates_are_forgotten_after_two_days_and_failed_ones_kept(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    lease = await leased(inbox)
    async with writing(inbox):
        done, failed = await inbox.keep([update(1), update(2)])
        await inbox.close(done, lease)
    await inbox.give_up(failed, "K7Q2", lease)
    clock.pass_(timedelta(hours=49))

    await inbox.purge()

    assert await inbox.counts() == {UpdateState.FAILED: 1}
