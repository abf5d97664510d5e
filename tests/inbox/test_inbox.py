"""An update is kept once, handled once, and in the order of its chat."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.errors import Superseded
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.inbox.service import KEPT, Inbox
from community_bot.storage.rows import JournalRow
from community_bot.storage.unit import Cause, Storage, Unit
from tests.inbox.working import dispatching, leased, settled, update, writing


async def remember(unit: Unit, received: Received, clock: StandingClock) -> None:
    await unit.session.execute(
        sa.insert(JournalRow).values(
            at=clock.now(), action="seen", subject="update", subject_key=str(received.update_id)
        )
    )


async def test_an_update_that_comes_twice_is_kept_once(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    async with writing(inbox):
        first = await inbox.keep([update(1), update(2)])
        again = await inbox.keep([update(2), update(3)])

    assert [kept.update_id for kept in first] == [1, 2]
    assert [kept.update_id for kept in again] == [3]


async def test_another_update_with_a_number_that_is_taken_gets_one_of_its_own(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    old = [replace(update(number), likeness=f"old {number}") for number in (1, 2, 3)]
    new = [replace(update(number), likeness=f"new {number}") for number in (2, 3, 4)]
    async with writing(inbox):
        await inbox.keep(old)
        kept = await inbox.keep(new)
        again = await inbox.keep(old + new)
        others = await inbox.keep([replace(update(2), likeness="newest")])

    assert [one.likeness for one in kept] == ["new 2", "new 3", "new 4"]
    assert [one.update_id for one in kept] == [2**60 + (2 << 16), 2**60 + (3 << 16), 4]
    assert again == []
    assert [one.update_id for one in others] == [2**60 + (2 << 16) + 1]


async def test_a_number_that_was_set_aside_days_ago_can_come_again(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    async with writing(inbox):
        await inbox.keep([update(7)])
        soon = await inbox.keep([update(7)])
        clock.pass_(KEPT + timedelta(seconds=1))
        later = await inbox.keep([update(7)])

    assert (len(soon), len(later)) == (0, 1)


async def test_the_same_update_in_two_requests_at_once_is_new_to_one_of_them(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    async with writing(inbox):
        kept = await asyncio.gather(*(inbox.keep([update(7)]) for _ in range(8)))

    assert sum(len(batch) for batch in kept) == 1


async def test_what_was_left_by_a_process_that_died_is_handled_by_the_next(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    async with writing(inbox):
        await inbox.keep([update(number, chat_id=number % 3) for number in range(1, 31)])
    seen: list[int] = []

    async def handle(received: Received, _cause: Cause) -> None:
        seen.append(received.update_id)

    async with dispatching(inbox, handle):
        await settled(inbox, UpdateState.DONE, 30)

    assert sorted(seen) == list(range(1, 31))


async def test_one_chat_is_handled_in_order_and_another_does_not_wait_for_it(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    seen: list[int] = []
    slow = asyncio.Event()

    async def handle(received: Received, _cause: Cause) -> None:
        if received.update_id == 1:
            await slow.wait()
        seen.append(received.update_id)

    async with dispatching(inbox, handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(1), update(2), update(3), update(4, chat_id=2)]))
        await settled(inbox, UpdateState.DONE, 1)
        slow.set()
        await settled(inbox, UpdateState.DONE, 4)

    assert seen == [4, 1, 2, 3]


async def test_a_button_has_a_place_when_all_ordinary_places_are_taken(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    slow, pressed = asyncio.Event(), asyncio.Event()

    async def handle(received: Received, _cause: Cause) -> None:
        if received.urgent:
            pressed.set()
        else:
            await slow.wait()

    async with dispatching(inbox, handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(n, chat_id=n) for n in range(1, 201)]))
        dispatcher.offer(await inbox.keep([update(500, chat_id=500, urgent=True)]))
        async with asyncio.timeout(3):
            await pressed.wait()
        slow.set()
        await settled(inbox, UpdateState.DONE, 201)


async def test_effects_and_the_mark_done_are_one_transaction(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    tries = 0

    async def handle(received: Received, cause: Cause) -> str | None:
        nonlocal tries
        tries += 1
        async with storage.work(cause) as unit:
            await remember(unit, received, clock)
            if tries > 1:
                await unit.commit()
                return None
        return "K7Q2"

    async with dispatching(inbox, handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(1), update(2)]))
        await settled(inbox, UpdateState.DONE, 1)
        await settled(inbox, UpdateState.FAILED, 1)

    async with storage.read() as session:
        kept = list(await session.scalars(sa.select(JournalRow.subject_key)))
    assert kept == ["2"]


async def test_a_worker_that_was_taken_over_cannot_commit(
    storage: Storage, clock: StandingClock
) -> None:
    inbox = Inbox(storage, clock)
    frozen = await leased(inbox)
    async with writing(inbox):
        (kept,) = await inbox.keep([update(1)])
    successor = await leased(inbox)

    async with storage.work(inbox.cause(kept, frozen)) as unit:
        await remember(unit, kept, clock)
        with pytest.raises(Superseded):
            await unit.commit()

    assert successor.token > frozen.token
    async with storage.read() as session:
        assert await session.scalar(sa.select(sa.func.count(JournalRow.entry_id))) == 0
