"""Looking at a picture that somebody sent, so that one which was shown before is known again."""

import asyncio
import logging

from telegram import Bot, Message, PhotoSize
from telegram.error import TelegramError

from community_bot.billing.pictures import look_of

log = logging.getLogger(__name__)

LARGE_ENOUGH = 300  # pixels; Telegram keeps each photo at about 90, 320, 800 and 1280
PATIENCE = 5.0  # seconds that a member waits for it at most


async def look_at(bot: Bot, message: Message | None) -> str | None:
    """Return what the picture of a message looks like; None where it cannot be looked at now."""
    size = _size_of(message)
    if size is None:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            file = await bot.get_file(size.file_id)
            return look_of(bytes(await file.download_as_bytearray()))
    except (TelegramError, TimeoutError) as error:
        log.info("a picture was not looked at: %s", error)
        return None


def _size_of(message: Message | None) -> PhotoSize | None:
    """Return the smallest size in which a receipt can still be told from another one."""
    if message is None:
        return None
    if message.photo:
        large = (one for one in message.photo if max(one.width, one.height) >= LARGE_ENOUGH)
        return next(large, message.photo[-1])
    return message.document.thumbnail if message.document else None
