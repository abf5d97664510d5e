"""Servers on 127.0.0.1 that behave as badly as the network does."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

TOKEN = "4242424242:AAsecret-of-the-community_bot-xyz01"

_ENDS = (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError)

Behaviour = Callable[["Server", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Counts its connections and lets hanging ones go when it is over."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.requests: list[bytes] = []
        self.over = asyncio.Event()

    def url(self, method: str = "sendMessage", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}/bot{TOKEN}/{method}"


@contextlib.asynccontextmanager
async def serving(behave: Behaviour) -> AsyncIterator[Server]:
    server = Server()

    connected: set[asyncio.Task[None]] = set()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connected.add(task)
        server.connections += 1
        with contextlib.suppress(*_ENDS):
            await behave(server, reader, writer)
        writer.close()
        with contextlib.suppress(*_ENDS):
            await writer.wait_closed()

    listening = await asyncio.start_server(connect, "127.0.0.1", 0, backlog=512)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.over.set()
        listening.close()
        for task in connected:
            task.cancel()
        await asyncio.gather(*connected, return_exceptions=True)


async def request_of(server: Server, reader: asyncio.StreamReader) -> bytes:
    """Read one whole request with a declared length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    whole = head + await reader.readexactly(length)
    server.requests.append(whole)
    return whole


def response(status: int, body: bytes, *, declared: int | None = None) -> bytes:
    length = len(body) if declared is None else declared
    return f"HTTP/1.1 {status} Word\r\nContent-Length: {length}\r\n\r\n".encode() + body


def says(status: int, body: Any) -> Behaviour:
    """Answer every request alike, in JSON unless it is bytes."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def behave(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            await request_of(server, reader)
            writer.write(response(status, payload))
            await writer.drain()

    behave.__name__ = f"says_{status}_in_{'html' if isinstance(body, bytes) else 'json'}"
    return behave


async def hangs(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(server, reader)
    await server.over.wait()


async def never_reads(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await server.over.wait()


async def hangs_up(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await request_of(server, reader)


async def resets(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await request_of(server, reader)
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def cuts_the_body(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await request_of(server, reader)
    writer.write(response(200, b'{"ok":true,', declared=200))
    await writer.drain()


async def stalls_in_the_body(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await request_of(server, reader)
    writer.write(response(200, b'{"ok":true,', declared=200))
    await server.over.wait()


async def speaks_no_http(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await request_of(server, reader)
    writer.write(b"+OK POP3 ready\r\n")
    await writer.drain()


async def refuses_to_connect(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Stand in for a proxy that lets nobody through."""
    server.requests.append(await reader.readuntil(b"\r\n\r\n"))
    writer.write(response(403, b"no"))
    await writer.drain()


async def refuses_socks(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await reader.readexactly(3)
    writer.write(b"\x05\xff")
    await writer.drain()


async def passes_socks_on(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Stand in for a SOCKS5 proxy in front of a Bot API server (RFC 1928, no password)."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    head = await reader.readexactly(4)
    rest = 4 if head[3] == 1 else (await reader.readexactly(1))[0]
    server.requests.append(await reader.readexactly(rest + 2))
    writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
    await says(200, {"ok": True, "result": True})(server, reader, writer)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
