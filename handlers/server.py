"""One small web server: the webhook of Telegram, health and metrics."""

import functools
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from community_bot.community import Community
from community_bot.errors import ConfigError
from handlers.intake import Intake
from handlers.pulse import Pulse

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
MOST_BYTES = 4 * 1024**2
MOST_NUMBER = 2**61


class Server:
    """Serves on one address; answers 200 only for what is on disk.

    Without an intake there is no webhook: something else asks Telegram, or another process does.
    """

    def __init__(self, community: Community, pulse: Pulse, intake: Intake | None = None) -> None:
        self._community = community
        self._pulse = pulse
        self._intake = intake
        self._secret = community.config.telegram.secret.get_secret_value()
        self._runner: web.AppRunner | None = None
        self._is_open = False

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port; raises ConfigError where nobody can listen."""
        app = web.Application(client_max_size=MOST_BYTES)
        if self._intake is not None:
            app.router.add_post(WEBHOOK_PATH, functools.partial(self._webhook, self._intake))
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError as error:
            reason = f"{host}:{port} cannot be listened on ({error.strerror}); give another address"
            raise ConfigError("telegram.listen", reason) from error
        bound: int = self._runner.addresses[0][1]
        return bound

    def open(self) -> None:
        """Say that the program is ready: from now on updates are taken in."""
        self._is_open = True

    async def stop(self) -> None:
        self._is_open = False
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _webhook(self, intake: Intake, request: web.Request) -> web.Response:
        """Keep the update, then say 200; say 503 when it cannot be kept, so that it comes again."""
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        # Without a secret of our own nobody knows it: an empty one opens nothing.
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=403, text="wrong secret")
        if not self._is_open:
            return web.Response(status=503, text="starting")
        update = await _json(request)
        if update is None:
            return web.Response(status=400, text="not an update")
        try:
            await intake.take([update])
        except Exception:
            log.exception("an update could not be kept; Telegram will send it again")
            return web.Response(status=503, text="try again")
        return web.Response(text="ok")

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive")

    async def _ready(self, _request: web.Request) -> web.Response:
        """Answer 200 when the program has started, what works here moves, the database answers."""
        if not self._is_open:
            return web.Response(status=503, text="starting")
        trouble = self._pulse.trouble()
        if trouble is not None:
            return web.Response(status=503, text=trouble)
        return await _or_503(self._community.storage.ping, "ready")

    async def _metrics(self, _request: web.Request) -> web.Response:
        """Return counts in the text format of Prometheus."""
        lines = [
            f'community_bot_{name}{{state="{state}"}} {count}'
            for name, counts in (
                ("updates", await self._community.inbox.counts()),
                ("deliveries", await self._community.outbox.counts()),
            )
            for state, count in sorted(counts.items())
        ]
        return web.Response(text="\n".join([*lines, ""]))


async def _json(request: web.Request) -> Mapping[str, object] | None:
    try:
        update: dict[str, object] = json.loads(await request.read())
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < MOST_NUMBER:
        return None
    return update


async def _or_503(check: Callable[[], Awaitable[None]], text: str) -> web.Response:
    try:
        await check()
    except Exception:
        log.exception("not ready")
        return web.Response(status=503, text="the database does not answer")
    return web.Response(text=text)
