"""The face: one update in, its handler found, its errors turned to words."""

import asyncio
import json
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes

from community_bot.community import Community
from community_bot.delivery.pacing import Pace
from community_bot.inbox.received import Received
from community_bot.storage.unit import Cause
from handlers import app
from handlers.completing import completed_update
from handlers.context import Context, FaceApplication, Handling, Shared
from handlers.errors import on_error, report_unreadable
from handlers.gate import Bot, Gate
from handlers.messenger import TelegramMessenger
from handlers.pulse import Pulse
from handlers.transport import AiohttpRequest
from handlers.updates import ALLOWED, with_command, without_unused

# Seconds that handling one update may take. Whatever asks Telegram or the database has a shorter
# limit of its own; a mistake of ours that waits for ever must not keep its chat waiting as long.
LONGEST = 600.0


class Face:
    """The bot as people meet it: one update in, its handler found, its errors turned to words."""

    def __init__(self, community: Community, pace: Pace, pulse: Pulse) -> None:
        self._community = community
        self.polling = AiohttpRequest(proxy=community.config.telegram.proxy or None)
        self.bot = _bot(community, Gate(pace, pulse), self.polling)
        self.messenger = TelegramMessenger(self.bot, community, pace)
        self.application = _application(self.bot, community)

    async def open(self) -> None:
        """Ask Telegram who we are; raises telegram.error.TelegramError."""
        await self.application.initialize()

    async def close(self) -> None:
        """Close the connections too when it was never opened whole: PTB leaves them then."""
        await self.application.shutdown()
        for request in (self.bot.request, self.polling):
            await request.shutdown()

    async def handle(self, received: Received, cause: Cause) -> str | None:
        """Handle one update; return the incident's code when it was given up.

        A kind that was not asked for is nobody's to answer, whatever stands in it.
        """
        if received.kind not in ALLOWED:
            return None
        try:
            raw = json.loads(received.body)
            update = self._read({**raw, "update_id": received.update_id})
        except Exception as error:  # noqa: BLE001  the next update must be handled, whatever it is
            return await report_unreadable(self._community, received.update_id, error)
        handling = Handling(cause)
        shared = self.application.bot_data
        shared.handling[received.update_id] = handling
        try:
            await self._process(update)
        finally:
            del shared.handling[received.update_id]
        if handling.passing is not None:
            raise handling.passing
        return handling.incident

    async def _process(self, update: Update) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                await self.application.process_update(update)
        except TimeoutError as error:
            await self.application.process_error(update, error)

    def _read(self, raw: dict[str, Any]) -> Update:
        """Read a raw update; where PTB stumbles over what we never look at, read the rest."""
        update = completed_update(with_command(raw))
        try:
            return Update.de_json(update, self.bot)
        except (TypeError, ValueError, KeyError, AttributeError):
            return Update.de_json(without_unused(update), self.bot)


def _bot(community: Community, gate: Gate, polling: AiohttpRequest) -> Bot:
    telegram = community.config.telegram
    return Bot(
        token=telegram.token.get_secret_value(),
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=AiohttpRequest(proxy=telegram.proxy or None),
        get_updates_request=polling,
        rate_limiter=gate,
    )


def _application(bot: Bot, community: Community) -> FaceApplication:
    application: FaceApplication = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context, bot_data=Shared))
        .build()
    )
    application.bot_data.community = community
    application.add_handlers(app.CONVERSATION.leaving, group=-1)
    for area in app.AREAS:
        application.add_handlers(area)
    application.add_handler(app.CONVERSATION.handler)
    application.add_error_handler(on_error)
    return application
