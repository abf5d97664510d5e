"""What a failed call means: surely not sent, or maybe sent.

telegram.error.NetworkError
├── NotSent            nothing of the request left us: sending again is safe
└── MaybeSent          the request left and no answer of Telegram's came back
    └── NoAnswer       in time (a telegram.error.TimedOut as well)

The address of a call contains the bot's token, and aiohttp's errors quote the address: ours are
raised without them, and name the kind and the system's reason only.
"""

from contextvars import ContextVar
from http import HTTPStatus

import aiohttp
from aiohttp.connector import Connection
from telegram.error import NetworkError, TimedOut


class NotSent(NetworkError):
    """Nothing of the request left us: refused, no such host, no TLS, no connection in time."""

    __slots__ = ()


class MaybeSent(NetworkError):
    """The request left, and the connection broke or something else than Telegram answered."""

    __slots__ = ()


class NoAnswer(MaybeSent, TimedOut):
    """The request left, and no complete answer came in time."""

    __slots__ = ()


class Phase:
    """Knows whether a call has begun to leave us."""

    __slots__ = ("has_left",)

    def __init__(self) -> None:
        self.has_left = False

    @classmethod
    def begin(cls) -> "Phase":
        """Begin a call of the task that runs now."""
        phase = cls()
        _CURRENT.set(phase)
        return phase

    def failure(self, exc: Exception) -> NetworkError:
        """Return our own error for one of aiohttp's, without its text."""
        said = _said(exc)
        if not self.has_left:
            return NotSent(said)
        return NoAnswer(said) if isinstance(exc, TimeoutError) else MaybeSent(said)


class NotedRequest(aiohttp.ClientRequest):
    """Tells the phase when it has its connection, just before the first byte is written.

    aiohttp's own way, a TraceConfig, costs a fifth of a call.
    """

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        """Send, and note it first."""
        _CURRENT.get().has_left = True
        return await super().send(conn)


_CURRENT: ContextVar[Phase] = ContextVar("phase")


def judged(method: str, status: int, payload: bytes) -> NetworkError | None:
    """Return the error for an answer that is not the Bot API's; it always speaks JSON.

    A refusal by something on the way (a proxy, a firewall's 403) must not pass for Telegram's:
    PTB would read a 403 as 'this person has blocked us'. A fault of a server says nothing
    about what happened before it.
    """
    if method == "GET":
        return None
    is_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT
    if is_fault:
        return MaybeSent(f"HTTP {status}")
    if payload.startswith(b"{"):
        return None
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return MaybeSent(f"HTTP {status} with something else than JSON")
    return NotSent(f"HTTP {status} from something on the way to Telegram")


def _said(exc: Exception) -> str:
    """Name the kind of error and the system's reason: neither can contain the address."""
    match exc:
        case aiohttp.ClientConnectorCertificateError():
            reason = str(exc.certificate_error)
        case aiohttp.ClientConnectorError():
            reason = f"{type(exc.os_error).__name__} {exc.os_error.strerror or ''}".strip()
        case aiohttp.ClientHttpProxyError():
            reason = f"status {exc.status}"
        case _:
            reason = ""
    return f"{type(exc).__name__}: {reason}" if reason else type(exc).__name__
