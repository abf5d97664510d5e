"""Logging: one line an event on standard error, and no secret in any of them."""

import logging
import re
import sys

# The shape of a bot token (core.telegram.org/bots/api#authorizing-your-bot) and of provider tokens.
_TOKEN = re.compile(r"\d{4,}:[A-Za-z0-9_:-]{10,}")
_SHORTEST = 4  # signs; a shorter secret keeps nobody out, and would blot out half the words
_SECRETS: set[str] = set()


class Redacting(logging.Filter):
    """Replaces secrets in the message and in its traceback, whoever has written that already."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def hide(*secrets: str) -> None:
    """Let these very values never be shown, whatever they look like."""
    _SECRETS.update(secret for secret in secrets if len(secret) >= _SHORTEST)


def redact(text: str) -> str:
    """Return the text without what was hidden, and without anything that looks like a token."""
    for secret in sorted(_SECRETS, key=len, reverse=True):
        text = text.replace(secret, "<secret>")
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
