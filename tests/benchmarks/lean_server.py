"""A Bot API server so lean that it is never the bottleneck: a protocol, no framework.

What it should do stands in the token, so that one process serves every variant:
`100:<run>-<updates>-<chats>-<milliseconds of a round trip>`.
Run as a program it prints its port and serves until its input is closed.
"""

import asyncio
import json
import sys
from typing import Any
from urllib.parse import parse_qs

SENT = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hello"}
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
FIRST_CHAT = 1000
LONGEST_POLL = 1.0


def token_for(run: int, *, updates: int = 0, chats: int = 1, round_trip: int = 0) -> str:
    return f"100:{run:06}-{updates:07}-{chats:07}-{round_trip:04}"


class Plan:
    """What one token asks for: updates that wait, and how far away we are."""

    def __init__(self, token: str) -> None:
        _, updates, chats, round_trip = map(int, token.partition(":")[2].split("-"))
        self.round_trip = round_trip / 1000
        self._updates = [_update(number, FIRST_CHAT + number % chats) for number in range(updates)]
        self._first = 0

    def updates(self, form: dict[str, list[str]]) -> list[dict[str, Any]]:
        """Return what is not confirmed yet: an offset confirms all before it, for good."""
        self._first = max(self._first, int(form.get("offset", ["0"])[0]) - 1)
        return self._updates[self._first : self._first + int(form.get("limit", ["100"])[0])]


def _update(number: int, chat_id: int) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Member"}
    return {
        "update_id": number + 1,
        "message": {
            "message_id": number + 1,
            "date": 1_700_000_000,
            "chat": {"id": chat_id, "type": "private", "first_name": "Member"},
            "from": person,
            "text": f"question {number}",
        },
    }


class Connection(asyncio.Protocol):
    plans: dict[str, Plan] = {}  # noqa: RUF012  shared by all connections on purpose

    def __init__(self) -> None:
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._loop = asyncio.get_running_loop()

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while (end := self._unread.find(b"\r\n\r\n")) >= 0:
            head = self._unread[:end]
            whole = end + 4 + _length(head)
            if len(self._unread) < whole:
                return
            body, self._unread = self._unread[end + 4 : whole], self._unread[whole:]
            self._answer(head.split(b" ", 2)[1].decode(), body)

    def _answer(self, path: str, body: bytes) -> None:
        _, bot, method = path.split("/")
        plan = self.plans.get(bot)
        if plan is None:
            plan = self.plans[bot] = Plan(bot)
        later = plan.round_trip
        result: object = SENT
        if method.lower() == "getupdates":
            form = parse_qs(body.decode())
            result = plan.updates(form)
            if not result:
                later += min(float(form.get("timeout", ["0"])[0]), LONGEST_POLL)
        elif method == "getMe":
            result = ME
        elif "Webhook" in method or "Commands" in method:
            result = True
        whole = _SENT if result is SENT else _response(result)
        if later:
            self._loop.call_later(later, self._transport.write, whole)
        else:
            self._transport.write(whole)


def _length(head: bytes) -> int:
    found = head.lower().find(b"content-length:")
    return int(head[found + 15 :].split(b"\r\n", 1)[0]) if found >= 0 else 0


def _response(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


_SENT = _response(SENT)


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
