"""An inbox at work: kept, handed out and closed, as the program does it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from community_bot.inbox.dispatcher import HELD, Dispatcher, Handle
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.inbox.service import LEASE, Inbox
from community_bot.storage import leases
from community_bot.storage.leases import Lease

OWNER = "here|1|a"


def update(update_id: int, chat_id: int = 1, *, urgent: bool = False) -> Received:
    return Received(update_id, chat_id, "message", urgent, "{}")


@asynccontextmanager
async def writing(inbox: Inbox) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(g.run()) for g in (inbox.keeping, inbox.closing)]
        await asyncio.sleep(0)
        yield
        for task in tasks:
            task.cancel()


@asynccontextmanager
async def dispatching(
    inbox: Inbox, handle: Handle, *, is_alone: bool = True, most: int = HELD
) -> AsyncIterator[Dispatcher]:
    lease = await leased(inbox)
    dispatcher = Dispatcher(inbox, handle, is_alone=is_alone, most=most)
    async with writing(inbox), asyncio.TaskGroup() as group:
        group.create_task(dispatcher.run(lease))
        yield dispatcher
        dispatcher.stop()


async def leased(inbox: Inbox, owner: str = OWNER) -> Lease:
    lease = await leases.take(inbox._storage, name=LEASE, owner=owner, now=inbox._clock.now())
    assert lease is not None
    return lease


async def settled(inbox: Inbox, state: UpdateState, count: int) -> None:
    for _ in range(1000):
        if (await inbox.counts()).get(state, 0) == count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(await inbox.counts())
