"""The running program: what is kept in motion beside each other, and how it is stopped."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator, Sequence
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter, TelegramError

from community_bot.community import Community
from community_bot.delivery.courier import LEASE as COURIER
from community_bot.delivery.courier import Courier
from community_bot.delivery.pacing import Pace
from community_bot.inbox.dispatcher import Dispatcher
from community_bot.inbox.received import Received
from community_bot.inbox.service import LEASE as INBOX
from community_bot.scheduling.chores import chores
from community_bot.scheduling.ticker import Ticker
from community_bot.scheduling.troubles import Troubles
from community_bot.storage import leases, schema
from community_bot.storage.holding import Holder, Work
from community_bot.storage.leases import Lease
from handlers.commands import introduce, show_everybody
from handlers.face import Face
from handlers.fleeting import Fleeting
from handlers.insisting import insist, wait_out
from handlers.inspecting import Inspector
from handlers.intake import Intake, Poller
from handlers.parts import Part
from handlers.presence import looking
from handlers.pulse import Pulse
from handlers.server import WEBHOOK_PATH, Server
from handlers.stars import rails
from handlers.updates import ALLOWED

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds for what is in hand when the program is stopped
# Seconds without a move after which a part is not at work any more. Courier and dispatcher look
# every second; Telegram leaves a question unanswered for up to 40, and we pause up to 30.
WORKING, POLLING = 60.0, 150.0


class Program:
    """One bot over one community, from start to a clean stop; one process may do a part of it."""

    def __init__(
        self,
        community: Community,
        *,
        part: Part = Part.ALL,
        term: timedelta = leases.TERM,
        pace: Pace | None = None,
    ) -> None:
        telegram = community.config.telegram
        self._community = community
        self._part = part
        bulk_rate = community.config.delivery.bulk_per_second
        self._pulse = Pulse()
        self._face = Face(community, pace or Pace(bulk_rate=bulk_rate), self._pulse)
        self._is_called = telegram.mode == "webhook" and part.takes_in
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
        if part.sends:
            community.outbox.wake = self._courier.wake
        self._fleeting = Fleeting(self._face.handle)
        kept = self._dispatcher.offer if part.handles else _left_to_others
        self._intake = Intake(community.inbox, kept, self._fleeting.offer)
        self._server = Server(community, self._pulse, self._intake if self._is_called else None)
        bot, payments = self._face.bot, community.config.payments
        self.ticker = Ticker(
            [
                chore
                for chore in chores(community, looking(bot), rails(bot, payments), Inspector(bot))
                if part.handles or (part.takes_in and chore.everywhere)
            ],
            Troubles(community),
        )
        self._unpresented: TelegramError | None = None
        owner = leases.owner_name(community.ids.token())
        self._holder = Holder(community.storage, community.clock, owner, term)

    async def run(self, stopping: asyncio.Event, ready: asyncio.Event | None = None) -> None:
        """Run until `stopping`; then take nothing more in and finish what is in hand."""
        await schema.upgrade(self._community.storage.engines)
        try:
            await self._server.start(*self._community.config.telegram.address)
            await self._begin()
            async with asyncio.TaskGroup() as group:
                background = [group.create_task(one) for one in self._background()]
                working = [
                    group.create_task(self._holder.hold(name, work, stopping))
                    for name, work in self._work()
                ]
                self._server.open()
                taking = group.create_task(self._take_in())
                if ready is not None:
                    ready.set()
                await stopping.wait()
                await self._wind_down(taking, working, background)
        finally:
            await self._server.stop()
            await self._face.close()

    async def _begin(self) -> None:
        """Take over what the configuration says, meet Telegram, and show people the menus."""
        if self._part.handles:
            for change in await self._community.prepare():
                log.info("configuration: %s %s", change.what, change.code)
        await insist(self._face.open)
        if self._part.handles:
            await self._present()

    def _background(self) -> Iterator[Coroutine[Any, Any, None]]:
        """Return what goes on for as long as the program runs."""
        inbox = self._community.inbox
        yield inbox.keeping.run()
        yield inbox.closing.run()
        yield self._fleeting.run()
        yield self.ticker.run()
        yield self._present_later()

    def _work(self) -> Iterator[tuple[str, Work]]:
        """Return what one process does at a time, by the name of its lease."""
        if self._part.handles:
            yield INBOX, self._handle_updates
        if self._part.sends:
            yield COURIER, self._send

    async def _present(self) -> None:
        """Set what people see of the bot; a server that refuses it is no reason not to run."""
        try:
            await self._introduce()
        except TelegramError as error:
            log.warning("menus and description could not be set: %s", error)
            self._unpresented = error

    async def _present_later(self) -> None:
        """Where Telegram wanted us to wait with it, set it then; meanwhile people are answered."""
        while isinstance(self._unpresented, RetryAfter):
            await wait_out(self._unpresented)
            self._unpresented = None
            await self._present()

    async def _introduce(self) -> None:
        community = self._community.config.community
        await show_everybody(self._face.bot, community.locale)
        await introduce(self._face.bot, community.locale, community.name)

    async def _take_in(self) -> None:
        """Let Telegram bring updates; a replica that polls does so under the inbox's lease."""
        if not self._is_called:
            return
        telegram = self._community.config.telegram
        await insist(
            lambda: self._face.bot.set_webhook(
                telegram.webhook_url + WEBHOOK_PATH,
                allowed_updates=list(ALLOWED),
                secret_token=telegram.secret.get_secret_value() or None,
            )
        )

    async def _handle_updates(self, lease: Lease) -> None:
        with self._pulse.watching("handling of updates", within=WORKING) as beat:
            async with asyncio.TaskGroup() as group:
                polling = group.create_task(self._poll())
                await self._dispatcher.run(lease, beat)
                polling.cancel()

    async def _send(self, lease: Lease) -> None:
        with self._pulse.watching("courier", within=WORKING) as beat:
            await self._courier.run(lease, beat)

    async def _poll(self) -> None:
        """Ask for updates, where nobody brings them; two who ask would only disturb each other."""
        if self._community.config.telegram.mode != "polling":
            return
        with self._pulse.watching("polling", within=POLLING) as beat:
            await insist(self._face.bot.delete_webhook)
            await Poller(self._face.bot, self._face.polling, self._intake).run(beat)

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
        unfinished = (await asyncio.wait(working, timeout=PATIENCE))[1] if working else set()
        for task in (*unfinished, *background):
            task.cancel()


def _left_to_others(_updates: Sequence[Received]) -> None:
    """Another process finds on the disk what this one has kept."""
