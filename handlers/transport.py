"""Calls to the Bot API over aiohttp; a failed call says whether Telegram may have received it."""

from typing import Any

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from handlers.completing import completed_answer
from handlers.transport_body import body_of
from handlers.transport_failures import (
    MaybeSent,
    NoAnswer,
    NotedRequest,
    NotSent,
    Phase,
    judged,
)

__all__ = ["AiohttpRequest", "MaybeSent", "NoAnswer", "NotSent"]

CONNECTIONS = 256
KEEP_ALIVE = 30.0  # servers close idle connections after a minute or so: we close them first
_FAILURES = (aiohttp.ClientError, OSError, ProxyConnectionError, ProxyError, ProxyTimeoutError)


class AiohttpRequest(BaseRequest):
    """PTB's door to the network; one for calls and another one for getUpdates.

    The time for an answer is counted from the call, connecting included. A long poll's own
    time-out is added to it by PTB.
    """

    __slots__ = (
        "_connect_timeout",
        "_connections",
        "_media_timeout",
        "_pool_timeout",
        "_proxy",
        "_read_timeout",
        "_session",
    )

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_timeout: float = 10.0,
        pool_timeout: float = 10.0,
        read_timeout: float = 30.0,
        media_timeout: float = 120.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._read_timeout = read_timeout
        self._media_timeout = media_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The seconds for an answer where a call does not name its own."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; once is enough, twice does no harm."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                proxy=None if _is_socks(self._proxy) else self._proxy,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                request_class=NotedRequest,
            )

    async def shutdown(self) -> None:
        """Close the pool; once is enough, twice does no harm."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer, and put in what a server of another version leaves out."""
        answer = BaseRequest.parse_json_payload(payload)
        if "result" not in answer:
            return answer
        return {**answer, "result": completed_answer(answer["result"])}

    async def do_request(  # noqa: PLR0917  PTB's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of Telegram's answer, or raise NotSent or MaybeSent."""
        if self._session is None:
            raise NotSent("the transport is not initialized")
        is_media = method == "GET" or (request_data is not None and request_data.contains_files)
        timeout = aiohttp.ClientTimeout(
            total=self._time_for_an_answer(read_timeout, write_timeout, is_media=is_media),
            connect=_sum(
                _seconds(connect_timeout, self._connect_timeout),
                _seconds(pool_timeout, self._pool_timeout),
            ),
            sock_connect=_seconds(connect_timeout, self._connect_timeout),
        )
        phase = Phase.begin()
        status, payload = 0, b""
        failure: NetworkError | None
        try:
            async with self._session.request(
                method,
                url,
                data=body_of(request_data),
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                payload = await response.read()
                status = response.status
        except _FAILURES as exc:
            failure = phase.failure(exc)
        else:
            failure = judged(method, status, payload)
        if failure is not None:  # raised out here, where no error of aiohttp's hangs on to it
            raise failure
        return status, payload

    def _connector(self) -> aiohttp.TCPConnector:
        if self._proxy is not None and _is_socks(self._proxy):
            return ProxyConnector.from_url(
                self._proxy.replace("socks5h:", "socks5:", 1),
                limit=self._connections,
                keepalive_timeout=KEEP_ALIVE,
            )
        return aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE)

    def _time_for_an_answer(self, read: object, write: object, *, is_media: bool) -> float | None:
        answer = _seconds(read, self._read_timeout)
        upload = _seconds(write, self._media_timeout)
        if not is_media:
            return answer
        return None if answer is None or upload is None else max(answer, upload)


def _seconds(given: object, default: float) -> float | None:
    """Read a time-out as PTB passes it on: not given, a number, or None for no limit."""
    if given is BaseRequest.DEFAULT_NONE:
        return default
    return float(given) if isinstance(given, int | float) else None


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _is_socks(proxy: str | None) -> bool:
    return proxy is not None and proxy.startswith("socks")
