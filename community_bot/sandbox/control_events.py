"""Live changes for the page: server-sent events that say what to read again."""

import asyncio
import json
from collections import deque

from aiohttp import web

from community_bot.sandbox.facts import Chat, JoinRequest, Json, Message
from community_bot.sandbox.world import World

HEARTBEAT = 15.0  # seconds after which a silent stream says that it lives
KEPT = 256  # events that wait for a slow page; it reads everything again anyway


class Events:
    """The open streams of the page; `close` ends them all."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._streams: set[_Stream] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        stream = _Stream()
        self._streams.add(stream)
        forget = self._world.subscribe(stream.told)
        try:
            await response.write(b"retry: 1000\n\n")
            while not stream.is_closed:
                await response.write(await stream.next())
        except ConnectionResetError:
            pass  # The page was closed.
        finally:
            forget()
            self._streams.discard(stream)
        return response

    def tell(self, kind: str) -> None:
        """Tell every page of something that is not a fact of the world."""
        for stream in self._streams:
            stream.told(kind, None)

    async def close(self, _app: web.Application) -> None:
        for stream in self._streams:
            stream.close()


class _Stream:
    """What one page has not been told yet."""

    def __init__(self) -> None:
        self.is_closed = False
        self._waiting: deque[Json] = deque(maxlen=KEPT)
        self._news = asyncio.Event()

    def told(self, kind: str, facts: object) -> None:
        self._waiting.append(_event(kind, facts))
        self._news.set()

    def close(self) -> None:
        self.is_closed = True
        self._news.set()

    async def next(self) -> bytes:
        """Return what there is to tell, or a heartbeat."""
        try:
            await asyncio.wait_for(self._news.wait(), HEARTBEAT)
        except TimeoutError:
            return b": still here\n\n"
        self._news.clear()
        waiting, self._waiting = list(self._waiting), deque(maxlen=KEPT)
        return b"".join(b"data: %s\n\n" % json.dumps(each).encode() for each in waiting)


def _event(kind: str, facts: object) -> Json:
    if isinstance(facts, Message):
        return {"kind": kind} | _place(facts.chat)
    if isinstance(facts, JoinRequest):
        who = {"person": facts.person.id, "state": facts.state}
        return {"kind": kind, "chat": facts.chat.id, "title": facts.chat.title} | who
    match kind, facts:
        case "action", (Chat() as chat, str() as action):
            return {"kind": "typing", "action": action} | _place(chat)
    return {"kind": kind}


def _place(chat: Chat) -> Json:
    return {"chat": chat.id, "person": chat.person.id if chat.person is not None else None}
