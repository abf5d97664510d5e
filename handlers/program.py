"""The running program: what is kept in motion beside each other, and how it is stopped."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import BadRequest, InvalidToken, TelegramError

from community_bot.community import Community
from community_bot.delivery.courier import LEASE as COURIER
from community_bot.delivery.courier import Courier
from community_bot.delivery.pacing import Pace
from community_bot.errors import ConfigError
from community_bot.inbox.dispatcher import Dispatcher
from community_bot.inbox.received import Received
from community_bot.inbox.service import LEASE as INBOX
from community_bot.scheduling.chores import chores
from community_bot.scheduling.ticker import Ticker
from community_bot.storage import leases, schema
from community_bot.storage.faults import is_passing
from community_bot.storage.holding import Holder
from community_bot.storage.leases import Lease
from handlers.app import Face
from handlers.commands import introduce, show_everybody
from handlers.intake import Intake, Poller
from handlers.presence import looking
from handlers.server import WEBHOOK_PATH, Server
from handlers.stars import rails
from handlers.updates import ALLOWED

log = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two tries to reach Telegram
PATIENCE = 20.0  # seconds for what is in hand when the program is stopped


class Program:
    """One bot over one community, from start to a clean stop."""

    def __init__(
        self,
        community: Community,
        *,
        term: timedelta = leases.TERM,
        pace: Pace | None = None,
    ) -> None:
        telegram = community.config.telegram
        self._community = community
        bulk_rate = community.config.delivery.bulk_per_second
        self._face = Face(community, pace or Pace(bulk_rate=bulk_rate))
        # With a webhook over PostgreSQL other replicas may keep updates of the same chats.
        is_alone = telegram.mode == "polling" or community.storage.engines.is_sqlite
        self._dispatcher = Dispatcher(community.inbox, self._face.handle, is_alone=is_alone)
        self._courier = Courier(
            community.storage,
            community.clock,
            self._face.messenger,
            aftermaths=community.aftermaths,
            on_moved=community.moved,
            on_topic_remade=community.topic_remade,
        )
        community.outbox.wake = self._courier.wake
        self._fleeting: asyncio.Queue[Received] = asyncio.Queue(maxsize=256)
        self._intake = Intake(community.inbox, self._dispatcher, self._at_once)
        bot, payments = self._face.bot, community.config.payments
        self.ticker = Ticker(chores(community, looking(bot), rails(bot, payments)))
        self._server = Server(community, self._intake, secret=telegram.secret.get_secret_value())
        owner = leases.owner_name(community.ids.token())
        self._holder = Holder(community.storage, community.clock, owner, term)

    async def run(self, stopping: asyncio.Event, ready: asyncio.Event | None = None) -> None:
        """Run until `stopping`; then take nothing more in and finish what is in hand."""
        await schema.upgrade(self._community.storage.engines)
        for change in await self._community.prepare():
            log.info("configuration: %s %s", change.what, change.code)
        inbox = self._community.inbox
        try:
            await _insist(self._face.open)
            await self._present()
            async with asyncio.TaskGroup() as group:
                background = [
                    group.create_task(one)
                    for one in (
                        inbox.keeping.run(),
                        inbox.closing.run(),
                        self._answer_at_once(),
                        self.ticker.run(),
                    )
                ]
                working = [
                    group.create_task(self._holder.hold(INBOX, self._handle_updates, stopping)),
                    group.create_task(self._holder.hold(COURIER, self._courier.run, stopping)),
                ]
                taking = group.create_task(self._take_in())
                if ready is not None:
                    ready.set()
                await stopping.wait()
                await self._wind_down(taking, working, background)
        finally:
            await self._server.stop()
            await self._face.close()

    async def _present(self) -> None:
        """Set what people see of the bot; a server that refuses it is no reason not to run."""
        community = self._community.config.community
        try:
            await show_everybody(self._face.bot, community.locale)
            await introduce(self._face.bot, community.locale, community.name)
        except TelegramError as error:
            log.warning("menus and description could not be set: %s", error)

    async def _take_in(self) -> None:
        """Let Telegram bring updates; a replica that polls does so under the inbox's lease."""
        telegram = self._community.config.telegram
        if telegram.mode == "polling":
            return
        await self._server.start(*telegram.address)
        await _insist(
            lambda: self._face.bot.set_webhook(
                telegram.webhook_url + WEBHOOK_PATH,
                allowed_updates=list(ALLOWED),
                secret_token=telegram.secret.get_secret_value() or None,
            )
        )

    async def _handle_updates(self, lease: Lease) -> None:
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self._poll())
            await self._dispatcher.run(lease)
            polling.cancel()

    async def _poll(self) -> None:
        """Ask for updates, where nobody brings them; two who ask would only disturb each other."""
        if self._community.config.telegram.mode == "polling":
            await _insist(self._face.bot.delete_webhook)
            await Poller(self._face.bot, self._face.polling, self._intake).run()

    def _at_once(self, received: Received) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._fleeting.put_nowait(received)

    async def _answer_at_once(self) -> None:
        """Answer what is not worth keeping: a search that is typed letter by letter."""
        async with asyncio.TaskGroup() as group:
            while True:
                received = await self._fleeting.get()
                group.create_task(self._answer(received))

    async def _answer(self, received: Received) -> None:
        try:
            await self._face.handle(received, _nothing)
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("the database does not answer, nor do we: %s", received.kind)

    async def _wind_down(
        self,
        taking: asyncio.Task[None],
        working: list[asyncio.Task[None]],
        background: list[asyncio.Task[None]],
    ) -> None:
        taking.cancel()
        await self._server.stop()
        self._dispatcher.stop()
        self._courier.stop()
        _, unfinished = await asyncio.wait(working, timeout=PATIENCE)
        for task in (*unfinished, *background):
            task.cancel()


async def _insist(call: Callable[[], Awaitable[object]]) -> None:
    """Ask something of Telegram; while it cannot be reached, ask again."""
    while True:
        try:
            await call()
        except InvalidToken:
            raise ConfigError("telegram.token", "Telegram does not know this token") from None
        except BadRequest as error:
            raise ConfigError("telegram", f"Telegram refuses: {error}") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s); trying again", error)
            await asyncio.sleep(PAUSE)
        else:
            return


async def _nothing(_unit: object) -> None:
    """Stand in for a mark: a fleeting update has no row to be marked."""
