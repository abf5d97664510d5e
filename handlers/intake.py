"""The ways in: a getUpdates loop of our own, and a webhook; both keep before they confirm."""

import asyncio
import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from community_bot.errors import ConfigError
from community_bot.inbox.received import Received
from community_bot.inbox.service import Inbox
from community_bot.storage.faults import outlast
from handlers.failures import wait_of
from handlers.gate import Bot
from handlers.updates import ALLOWED, FLEETING, received

log = logging.getLogger(__name__)

BATCH = 100  # the most that getUpdates gives
LONG_POLL = 30  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Intake:
    """Takes raw updates in; they are on disk when `take` returns."""

    def __init__(
        self,
        inbox: Inbox,
        kept: Callable[[Sequence[Received]], None],
        at_once: Callable[[Received], None],
    ) -> None:
        self._inbox = inbox
        self._kept = kept
        self._at_once = at_once

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep what must be kept and hand it on; what is fleeting is answered at once."""
        arrived = [received(update) for update in updates]
        for update in arrived:
            if update.kind in FLEETING:
                self._at_once(update)
        self._kept(await self._inbox.keep([one for one in arrived if one.kind not in FLEETING]))


def _nobody() -> None:
    """Nobody watches whether Telegram answers."""


class Poller:
    """Asks Telegram for updates. The next question confirms only what is on disk."""

    def __init__(self, bot: Bot, request: BaseRequest, intake: Intake) -> None:
        self._bot = bot
        self._request = request
        self._intake = intake
        self._offset = 0
        self._pause = FIRST_PAUSE

    async def run(self, beat: Callable[[], None] = _nobody) -> None:
        """Ask until cancelled; a fault is waited out, a revoked token is not.

        `beat` is called whenever Telegram has answered.
        """
        while True:
            try:
                updates = await self._ask()
            except InvalidToken:
                raise ConfigError("telegram.token", "Telegram does not know this token") from None
            except TelegramError as error:
                await self._wait_out(error)
                continue
            beat()
            # While the database is away they stay Telegram's.
            await outlast(functools.partial(self._intake.take, updates), "what Telegram gave us")
            self._pause = FIRST_PAUSE
            # After a quiet week Telegram counts on from anywhere, also from below: once nothing
            # is left to confirm we ask for whatever is there (core.telegram.org/bots/api#update).
            self._offset = int(updates[-1]["update_id"]) + 1 if updates else 0

    async def _ask(self) -> Sequence[Mapping[str, Any]]:
        """Call getUpdates for the updates as they came: PTB's own method parses them, we keep."""
        asked = {
            "offset": self._offset,
            "limit": BATCH,
            "timeout": LONG_POLL,
            "allowed_updates": list(ALLOWED),
        }
        updates = await self._request.post(
            f"{self._bot.base_url}/getUpdates",
            RequestData([RequestParameter.from_input(key, value) for key, value in asked.items()]),
            read_timeout=LONG_POLL + 10,
        )
        return updates if isinstance(updates, list) else []

    async def _wait_out(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            log.error("another program asks for this bot's updates: stop it, or its webhook")
        elif not isinstance(error, NetworkError):
            log.warning("getUpdates: %s", error)
        pause = self._pause
        if isinstance(error, RetryAfter):
            pause = wait_of(error).total_seconds()
        await asyncio.sleep(pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
