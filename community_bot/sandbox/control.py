"""The page of the sandbox and what it drives: routes beside the Bot API of the same server."""

import calendar
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from json import loads
from pathlib import Path
from types import MappingProxyType

from aiohttp import BodyPartReader, web

from community_bot.sandbox.control_acts import perform
from community_bot.sandbox.control_events import Events
from community_bot.sandbox.control_guard import guarded
from community_bot.sandbox.control_input import Input, Upload, wanted
from community_bot.sandbox.control_reading import Screens
from community_bot.sandbox.facts import Json
from community_bot.sandbox.files import LARGEST_DOWNLOAD
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.server import Sandbox

Advance = Callable[[timedelta], Awaitable[None]]

PAGE = Path(__file__).resolve().parent / "page"
_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
_MONTHS = {"month": 1, "year": 12}
_NOBODY: Mapping[int, str] = MappingProxyType({})
_SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp", "video/", "audio/")


def attach(
    sandbox: Sandbox, *, advance: Advance | None, roles: Mapping[int, str] = _NOBODY
) -> None:
    """Add the page and its routes to a sandbox that has not started yet.

    `advance` lets the time pass for the bot and the world together. `roles` says who is a mentor,
    an admin or the owner; everybody else is a member once they are in a group, a guest before.
    """
    desk = Desk(sandbox, advance, roles)
    router = sandbox.app.router
    for path, handler in (
        ("/", desk.index),
        ("/page/{path:.+}", desk.page),
        ("/sandbox/people", desk.people),
        ("/sandbox/chats", desk.chats),
        ("/sandbox/messages", desk.messages),
        ("/sandbox/invites", desk.invites),
        ("/sandbox/invoices", desk.invoices),
        ("/sandbox/files/{file_id}", desk.file),
        ("/sandbox/events", desk.events.serve),
    ):
        router.add_get(path, guarded(handler))
    router.add_post("/sandbox/acts/advance", guarded(desk.advance))
    router.add_post("/sandbox/acts/{act}", guarded(desk.act))
    sandbox.app.on_shutdown.append(desk.events.close)


class Desk:
    """The handlers of the routes; what they do stands in the modules beside this one."""

    def __init__(self, sandbox: Sandbox, advance: Advance | None, roles: Mapping[int, str]) -> None:
        self.world = sandbox.world
        self.screens = Screens(sandbox.world, roles)
        self.events = Events(sandbox.world)
        self._advance = advance

    async def index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def page(self, request: web.Request) -> web.StreamResponse:
        path = (PAGE / request.match_info["path"]).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file():
            raise Refused(404, "page: there is no such file")
        return web.FileResponse(path)

    async def people(self, _request: web.Request) -> web.Response:
        answer = self.screens.people() | {"can_advance": self._advance is not None}
        return web.json_response(answer)

    async def chats(self, request: web.Request) -> web.Response:
        return web.json_response(self.screens.chats(self._asked(request)))

    async def messages(self, request: web.Request) -> web.Response:
        return web.json_response(self.screens.messages(self._asked(request)))

    async def invites(self, request: web.Request) -> web.Response:
        return web.json_response(self.screens.invite(self._asked(request)))

    async def invoices(self, request: web.Request) -> web.Response:
        return web.json_response(self.screens.invoice(self._asked(request)))

    async def file(self, request: web.Request) -> web.Response:
        """Hand out a file; what a browser might run is only ever saved, never shown."""
        stored = self.world.files.find(request.match_info["file_id"])
        kind = str(stored.facts.get("mime_type") or mimetypes.guess_type(stored.path)[0] or "")
        is_shown = kind.startswith(_SHOWN)
        return web.Response(
            body=stored.data,
            content_type=kind if is_shown else "application/octet-stream",
            headers={
                "Content-Disposition": "inline" if is_shown else "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, max-age=3600",
            },
        )

    async def act(self, request: web.Request) -> web.Response:
        done = await perform(request.match_info["act"], await self._said(request), self.screens)
        return web.json_response(done)

    async def advance(self, request: web.Request) -> web.Response:
        step = (await self._said(request)).text("step")
        if step not in _STEPS and step not in _MONTHS:
            raise wanted("step", "hour, day, week, month or year")
        if self._advance is None:
            raise Refused(400, "step: the time of this sandbox cannot be moved")
        now = self.world.clock.now()
        await self._advance(_STEPS.get(step) or months_later(now, _MONTHS[step]) - now)
        self.events.tell("clock")
        return web.json_response({"now": self.world.clock.now().timestamp()})

    def _asked(self, request: web.Request) -> Input:
        return Input(self.world, dict(request.query))

    async def _said(self, request: web.Request) -> Input:
        if request.content_type == "multipart/form-data":
            try:
                return await self._with_files(request)
            except ValueError as exc:
                raise Refused(400, "body: its parts cannot be told apart") from exc
        return Input(self.world, _object(await request.read()))

    async def _with_files(self, request: web.Request) -> Input:
        facts: Json = {}
        uploads: list[Upload] = []
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise wanted("file", "one part for each file")
            data = await _whole(part)
            if part.name == "facts":
                facts = _object(data)
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                uploads.append(Upload(part.filename or "file", kind, data))
        return Input(self.world, facts, tuple(uploads))


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same day of a later month, or its last day where it has fewer."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


async def _whole(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(256 * 1024):
        data += chunk
        if len(data) > LARGEST_DOWNLOAD:
            raise wanted("file", "at most 20 MB each")
    return bytes(data)


def _object(body: bytes) -> Json:
    try:
        found = loads(body)
    except (ValueError, RecursionError) as exc:
        raise Refused(400, "body: JSON is wanted") from exc
    if not isinstance(found, dict):
        raise Refused(400, "body: a JSON object is wanted")
    return found
