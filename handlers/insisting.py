"""Insisting: what must be asked of Telegram before anything else is asked until it answers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from community_bot.errors import ConfigError
from handlers.failures import wait_of

log = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two tries to reach Telegram
LONGEST_WAIT = 3600.0  # seconds: then it is asked whether it still wants us to wait


async def insist(call: Callable[[], Awaitable[object]]) -> None:
    """Ask something of Telegram; while it cannot be reached, or wants us to wait, ask again."""
    while True:
        try:
            await call()
        except InvalidToken:
            raise ConfigError("telegram.token", "Telegram does not know this token") from None
        except BadRequest as error:
            raise ConfigError("telegram", f"Telegram refuses: {error}") from None
        except RetryAfter as error:
            await wait_out(error)
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s); trying again", error)
            await asyncio.sleep(PAUSE)
        else:
            return


async def wait_out(error: RetryAfter) -> None:
    """Wait for as long as Telegram says; who asks earlier only waits for longer."""
    wait = min(wait_of(error).total_seconds(), LONGEST_WAIT)
    log.warning("Telegram wants to be asked again in %.0f seconds; waiting", wait)
    await asyncio.sleep(wait)
