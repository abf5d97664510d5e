"""A post office: the courier and the messenger over a local Telegram, without the rest."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from community_bot.clock import Clock
from community_bot.community import Community
from community_bot.delivery.courier import LEASE, Courier
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.letters import Promise
from community_bot.delivery.pacing import Pace
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState, Doubt
from community_bot.ids import CountingIds
from community_bot.membership.notices import SpaceEntered
from community_bot.sandbox.facts import Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage import leases
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage
from handlers.gate import Bot, Gate
from handlers.messenger import TelegramMessenger
from handlers.transport import AiohttpRequest
from tests.living import TOKEN, config_for, telegram

READ_TIMEOUT = 0.4


@dataclass
class Office:
    """Where letters are put and looked after; people read them in the sandbox."""

    sandbox: Sandbox
    community: Community
    bot: Bot
    pace: Pace
    courier: Courier
    lease: Lease
    aftermaths: Mapping[str, Aftermath]

    def person(self, name: str) -> Person:
        somebody = self.sandbox.world.add_person(name)
        self.sandbox.world.open_private(somebody)
        return somebody

    async def promise(
        self,
        chat_id: int,
        *texts: str,
        lane: Lane = Lane.DESK,
        doubt: Doubt = Doubt.ASK,
        **more: object,
    ) -> None:
        """Promise letters that say these things, in one unit of work."""
        await self.put(
            *(
                Promise(SpaceEntered(chat_id=1, title=text), chat_id, lane, doubt=doubt, **more)  # type: ignore[arg-type]
                for text in texts
            )
        )

    async def put(self, *promises: Promise) -> None:
        """Promise anything, in one unit of work."""
        async with self.community.storage.work() as unit:
            await self.community.outbox.put(unit, *promises)
            await unit.commit()

    def read(self, chat_id: int) -> list[str]:
        return [message.text for message in self.sandbox.world.history(chat_id)]

    async def reads(self, chat_id: int, words: str, times: int = 1) -> None:
        """Wait until somebody can read these words so many times."""
        await self.sandbox.world.until(
            lambda: sum(words in text for text in self.read(chat_id)) >= times, timeout=8
        )

    async def rows(self) -> list[DeliveryRow]:
        async with self.community.storage.read() as session:
            return list(
                await session.scalars(sa.select(DeliveryRow).order_by(DeliveryRow.delivery_id))
            )

    async def becomes(self, state: DeliveryState, count: int = 1) -> None:
        """Wait until so many deliveries are in a state."""
        for _ in range(400):
            if (await self.community.outbox.counts()).get(state, 0) >= count:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(await self.community.outbox.counts())

    async def tried(self, times: int, *, letter: int = 0) -> None:
        """Wait until a letter has been tried so many times."""
        for _ in range(400):
            if (await self.rows())[letter].attempts >= times:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(await self.rows())

    async def until(self, is_so: Callable[[], bool]) -> None:
        for _ in range(400):
            if is_so():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(await self.rows())

    @property
    def owner(self) -> int:
        return next(iter(self.community.people.owners))

    def another(self, aftermaths: Mapping[str, Aftermath] | None = None) -> Courier:
        """Make a courier of another process over the same outbox."""
        return _courier(self.community, self.bot, self.pace, aftermaths or self.aftermaths)


@asynccontextmanager
async def posting(
    storage: Storage,
    clock: Clock,
    aftermaths: Mapping[str, Aftermath] | None = None,
    *,
    patience: float = READ_TIMEOUT,
) -> AsyncIterator[Office]:
    """Open an office whose courier does not work yet, and waits so long for an answer."""
    async with telegram(clock) as sandbox:
        sandbox.limits.is_on = False
        owner = next(iter(sandbox.world.people))
        community = Community(
            config_for(sandbox, "sqlite:///unused.db", owner),
            storage=storage,
            clock=clock,
            ids=CountingIds(),
        )
        pace = Pace()
        bot = Bot(
            token=TOKEN,
            base_url=sandbox.base_url,
            request=AiohttpRequest(read_timeout=patience),
            get_updates_request=AiohttpRequest(),
            rate_limiter=Gate(pace),
        )
        await bot.initialize()
        courier = _courier(community, bot, pace, aftermaths or {})
        community.outbox.wake = courier.wake
        lease = await leases.take(storage, name=LEASE, owner="here|1|a", now=clock.now())
        assert lease is not None
        yield Office(sandbox, community, bot, pace, courier, lease, aftermaths or {})
        await bot.shutdown()


@asynccontextmanager
async def working(office: Office, courier: Courier | None = None) -> AsyncIterator[None]:
    """Let the courier, or another one, work until the block ends."""
    at_work = courier or office.courier
    async with asyncio.TaskGroup() as group:
        group.create_task(at_work.run(office.lease))
        yield
        at_work.stop()


def _courier(
    community: Community, bot: Bot, pace: Pace, aftermaths: Mapping[str, Aftermath]
) -> Courier:
    return Courier(
        community.storage,
        community.clock,
        TelegramMessenger(bot, community, pace),
        aftermaths={**community.aftermaths, **aftermaths},
        on_moved=community.moved,
        on_topic_remade=community.topic_remade,
    )
