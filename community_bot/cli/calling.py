"""Asking Telegram a few questions from the shell, each answered with Telegram's own time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

PATIENCE = aiohttp.ClientTimeout(total=10)
_SILENT = (
    aiohttp.ClientError,
    TimeoutError,
    asyncio.IncompleteReadError,
    OSError,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)


class Silent(Exception):
    """No answer that could be one of Telegram's; says why, without the address or the token."""


class Refused(Exception):
    """Telegram's refusal, in its own words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram answered, and when it was there; None where it does not say."""

    result: Any
    at: datetime | None


class Caller:
    """Calls methods of the Bot API as one bot."""

    def __init__(self, session: aiohttp.ClientSession, *, base_url: str, token: str) -> None:
        self._session = session
        self._address = f"{base_url}{token}"

    async def __call__(self, method: str, **values: object) -> Answer:
        """Call a method; raises Silent or Refused."""
        try:
            async with self._session.post(f"{self._address}/{method}", json=values) as response:
                answer = await response.json(content_type=None)
                at = _moment(response.headers.get("Date"))
        except _SILENT as error:
            raise Silent(_why(error)) from None  # its words may hold the address
        except ValueError:
            raise Silent("what answers is no Bot API") from None
        if not isinstance(answer, dict) or "ok" not in answer:
            raise Silent("what answers is no Bot API")
        if not answer["ok"]:
            code = int(answer.get("error_code", response.status))
            raise Refused(code, str(answer.get("description", "")))
        return Answer(answer["result"], at)


@asynccontextmanager
async def calling(*, base_url: str, token: str, proxy: str = "") -> AsyncIterator[Caller]:
    """Open the way to Telegram, through the proxy where there is one."""
    is_socks = proxy.startswith("socks")
    connector = (
        ProxyConnector.from_url(proxy.replace("socks5h:", "socks5:", 1)) if is_socks else None
    )
    async with aiohttp.ClientSession(
        connector=connector, proxy=None if is_socks or not proxy else proxy, timeout=PATIENCE
    ) as session:
        yield Caller(session, base_url=base_url, token=token)


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer in {PATIENCE.total:.0f} seconds"
    reason = getattr(error, "strerror", None)
    return reason if isinstance(reason, str) else type(error).__name__


def _moment(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header or "")
    except ValueError:
        return None
