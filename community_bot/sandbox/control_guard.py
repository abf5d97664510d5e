"""Who may drive the sandbox: the page that came from here, and nobody else's."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from community_bot.sandbox.refusals import Refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_OURS = frozenset({"127.0.0.1", "localhost", "::1"})
_FOREIGN = frozenset({"cross-site", "same-site"})
# Nothing from elsewhere, nothing inline, and no page may put this one into a frame.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def guarded(handler: Handler) -> Handler:
    """Refuse foreign callers and turn every refusal into a sentence."""

    async def careful(request: web.Request) -> web.StreamResponse:
        try:
            check_caller(request)
            response = await handler(request)
        except Refused as refused:
            response = web.json_response({"error": refused.description}, status=refused.code)
        if not response.prepared:
            response.headers.setdefault("Content-Security-Policy", _POLICY)
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return careful


def check_caller(request: web.Request) -> None:
    """Refuse a name that is not ours (DNS rebinding) and a page that is not ours."""
    host = request.headers.get("Host", "")
    if urlsplit(f"//{host}").hostname not in _OURS:
        raise Refused(403, "Host: this page answers only under 127.0.0.1 and localhost")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        raise Refused(403, "Origin: only the page of this server may call it")
    is_visit = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.path == "/"
    if request.headers.get("Sec-Fetch-Site") in _FOREIGN and not is_visit:
        raise Refused(403, "Sec-Fetch-Site: only the page of this server may call it")
