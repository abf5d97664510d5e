"""The local Telegram as a server: it speaks the wire format of the Bot API."""

import asyncio
import inspect
import json
import time
from datetime import timedelta
from types import TracebackType
from typing import Any, NamedTuple, Self

from aiohttp import web

from community_bot.clock import Clock, ShiftedClock
from community_bot.sandbox import parameters
from community_bot.sandbox.api.methods import METHODS
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Bot, Message
from community_bot.sandbox.faults import Broken, Dropped, Faults
from community_bot.sandbox.files import LARGEST_UPLOAD
from community_bot.sandbox.limits import Limits
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.webhooks import Postman
from community_bot.sandbox.world import World

_OK = 200
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_JSON = {"Content-Type": "application/json"}
_PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class Called(NamedTuple):
    """One call as the server saw it; `outcome` is ok, the error code, or dropped."""

    at: float
    method: str
    chat_id: int | None
    outcome: str


class _Seen:
    """What became known of a call while it was handled."""

    chat_id: int | None = None
    outcome: str = ""


class Sandbox:
    """A local Telegram on 127.0.0.1: `async with Sandbox() as sandbox`."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        limits: bool = True,
        latency: timedelta = timedelta(),
    ) -> None:
        self.world = World(clock or ShiftedClock())
        self.faults = Faults()
        self.limits = Limits(is_on=limits)
        self.latency = latency
        self.calls: list[Called] = []
        self.postman = Postman(self.world)
        self.app = web.Application(client_max_size=LARGEST_UPLOAD + 2**20)
        self.app.router.add_route("*", "/bot{token}/{method}", self._called)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self.port = 0
        self._runner: web.AppRunner | None = None
        self.world.subscribe(self._heard)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; with port 0 on any that is free."""
        self._runner = web.AppRunner(
            self.app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.port = self._runner.addresses[0][1]
        self.postman.start()

    async def stop(self) -> None:
        """Stop delivering and close every connection."""
        await self.postman.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    def _heard(self, kind: str, facts: Any) -> None:  # noqa: ANN401  any fact of the world
        """Answers to somebody who has just written are not bulk."""
        if kind == "message" and isinstance(facts, Message):
            if facts.chat.is_private and not isinstance(facts.sender, Bot):
                self.limits.heard(facts.chat.id)
        elif kind == "press" and facts.message.chat.is_private:
            self.limits.heard(facts.message.chat.id)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        at, name = time.monotonic(), request.match_info["method"]
        seen = _Seen()
        try:
            response = await self._answer(name, request, seen)
        except Refused as refused:
            response = _json(refused.wire(), refused.code)
        except Broken as broken:
            page = _PAGE.format(broken.code)
            response = web.Response(text=page, status=broken.code, content_type="text/html")
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            response = web.Response()
            seen.outcome = "dropped"
        outcome = seen.outcome or ("ok" if response.status == _OK else str(response.status))
        self.calls.append(Called(at, name, seen.chat_id, outcome))
        return response

    async def _answer(self, name: str, request: web.Request, seen: "_Seen") -> web.Response:
        if self.latency:
            await asyncio.sleep(self.latency.total_seconds())
        bot = self._bot(request.match_info["token"])
        try:
            said = await parameters.read(request)
        except web.HTTPRequestEntityTooLarge:
            raise Refused(413, "Request Entity Too Large") from None
        seen.chat_id = said.integer("chat_id") or None
        fault = self.faults.find(name, seen.chat_id) if self.faults.arranged else None
        if fault is not None:
            await fault.before()
        result = await self._handle(name, Call(self.world, bot, said, self.limits))
        if fault is not None:
            await fault.after()
        return _json({"ok": True, "result": result})

    def _bot(self, token: str) -> Bot:
        bot = self.world.bots.get(token)
        if bot is None:
            number, _, secret = token.partition(":")
            is_token = number.isdigit() and secret
            raise Refused(401, "Unauthorized") if is_token else Refused(404, "Not Found")
        return bot

    async def _handle(self, name: str, call: Call) -> Any:  # noqa: ANN401  JSON
        method = METHODS.get(name.lower())
        if method is None:
            raise Refused(404, "Not Found: method not found")
        result = method(call)
        return await result if inspect.isawaitable(result) else result

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self._bot(request.match_info["token"])
        stored = self.world.files.by_path.get(request.match_info["path"])
        if stored is None:
            return _json(Refused(404, "Not Found").wire(), 404)
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _json(body: dict[str, Any], status: int = _OK) -> web.Response:
    return web.Response(body=_ENCODE(body).encode(), status=status, headers=_JSON)
