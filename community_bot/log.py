"""Logging: one line an event on standard error, and no secret in any of them."""

import logging
import re
import sys

# The shape of a bot token (core.telegram.org/bots/api#authorizing-your-bot) and of provider tokens.
_TOKEN = re.compile(r"\d{4,}:[A-Za-z0-9_:-]{10,}")


class Redacting(logging.Filter):
    """Replaces anything that looks like a token, in the message and in its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def redact(text: str) -> str:
    """Return the text without anything that looks like a token."""
    return _TOKEN.sub("<token>", text)


def set_up(level: str = "INFO") -> None:
    """Send everything to standard error, redacted; the chatter of libraries from WARNING up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redacting())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "aiohttp.access", "telegram", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # It speaks of chores that are still at work when their time comes again, or are cut off by a
    # stop: neither is anybody's trouble, and what is one the ticker tells.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
