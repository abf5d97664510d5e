"""What a failed call means: surely not sent, or maybe sent.

telegram.error.NetworkError
├── NotSent            nothing of the request left us: sending again is safe
└── MaybeSent          the request left and no answer of Telegram's came back
    └── NoAnswer       in time (a telegram.error.TimedOut as well)

The address of a call contains the bot's token, and aiohttp's errors quote the address: ours are
raised without them, and name the kind and the system's reason only.
"""

from http import HTTPStatus
from types import SimpleNamespace

import aiohttp
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

    @staticmethod
    def trace() -> aiohttp.TraceConfig:
        """Return what lets a session tell the phase that is passed as `trace_request_ctx`."""
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(_note)
        return trace

    def failure(self, exc: Exception) -> NetworkError:
        """Return our own error for one of aiohttp's, without its text."""
        said = _said(exc)
        if not self.has_left:
            return NotSent(said)
        return NoAnswer(said) if isinstance(exc, TimeoutError) else MaybeSent(said)


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


async def _note(
    session: aiohttp.ClientSession,  # noqa: ARG001  aiohttp's own signature
    context: SimpleNamespace,
    params: aiohttp.TraceRequestHeadersSentParams,  # noqa: ARG001  the same
) -> None:
    context.trace_request_ctx.has_left = True
