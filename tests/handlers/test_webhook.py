"""The webhook answers 200 for what is on disk, and opens to nobody who does not know the secret."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.errors import ConfigError
from community_bot.ids import CountingIds
from community_bot.inbox.dispatcher import Dispatcher
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.storage.unit import Cause, Storage
from handlers.intake import Intake
from handlers.pulse import Pulse
from handlers.server import SECRET_HEADER, WEBHOOK_PATH, Server
from tests.handlers.network import TOKEN

SECRET = "only-telegram-knows"
HELLO = {"update_id": 7, "message": {"chat": {"id": 5_000_000_001}, "text": "你好"}}


async def _unhandled(_received: Received, _cause: Cause) -> None:
    raise AssertionError("no dispatcher runs in these tests")


@asynccontextmanager
async def serving(
    storage: Storage, clock: StandingClock, secret: str = SECRET, pulse: Pulse | None = None
) -> AsyncIterator[tuple[str, Community]]:
    telegram = {"token": TOKEN, "secret": secret}
    config = parse({"telegram": telegram, "community": {"name": "x", "owners": [1]}})
    community = Community(config, storage=storage, clock=clock, ids=CountingIds())
    dispatcher = Dispatcher(community.inbox, _unhandled)
    intake = Intake(community.inbox, dispatcher.offer, lambda _: None)
    server = Server(community, pulse or Pulse(), intake)
    server.open()
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(community.inbox.keeping.run())
        port = await server.start("127.0.0.1", 0)
        yield f"http://127.0.0.1:{port}", community
        await server.stop()
        keeping.cancel()


async def post(base: str, body: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(base + WEBHOOK_PATH, data=data, headers=headers) as response,
    ):
        return response.status


async def test_200_means_that_the_update_is_on_disk(storage: Storage, clock: StandingClock) -> None:
    async with serving(storage, clock) as (base, community):
        status = await post(base, HELLO)

        assert status == 200
        assert await community.inbox.counts() == {UpdateState.PENDING: 1}


async def test_an_update_that_comes_again_is_kept_once(
    storage: Storage, clock: StandingClock
) -> None:
    async with serving(storage, clock) as (base, community):
        statuses = [await post(base, HELLO) for _ in range(2)]
        statuses += await asyncio.gather(*(post(base, HELLO) for _ in range(4)))

        assert set(statuses) == {200}
        assert await community.inbox.counts() == {UpdateState.PENDING: 1}


@pytest.mark.parametrize("secret", [None, "", "a guess", SECRET + "x", SECRET.upper()])
async def test_a_wrong_secret_is_refused(
    sqlite_storage: Storage, clock: StandingClock, secret: str | None
) -> None:
    async with serving(sqlite_storage, clock) as (base, community):
        assert await post(base, HELLO, secret) == 403
        assert await community.inbox.counts() == {}


async def test_a_secret_in_no_encoding_at_all_is_refused(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    async with serving(sqlite_storage, clock) as (base, _):
        host, port = base.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST {WEBHOOK_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{SECRET_HEADER}: "
        writer.write(head.encode() + b"\xff\xfe" + b"\r\n\r\n{}")
        answer = await reader.readline()
        writer.close()
        await writer.wait_closed()

        assert b" 403 " in answer or b" 400 " in answer


async def test_without_a_secret_of_our_own_nobody_gets_in(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    async with serving(sqlite_storage, clock, secret="") as (base, community):
        assert [await post(base, HELLO, None), await post(base, HELLO, "")] == [403, 403]
        assert await community.inbox.counts() == {}


def test_a_webhook_without_a_secret_is_refused_as_configuration() -> None:
    telegram = {"token": TOKEN, "mode": "webhook", "webhook_url": "https://bot.example.com"}

    with pytest.raises(ConfigError, match="secret"):
        parse({"telegram": telegram, "community": {"name": "x", "owners": [1]}})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[" * 100_000,
        [],
        {},
        {"update_id": "7"},
        {"update_id": None},
        {"update_id": True},
        {"update_id": 2**80},
        {"update_id": -1},
        "text",
    ],
    ids=lambda body: str(body)[:26],
)
async def test_rubbish_is_refused(
    sqlite_storage: Storage, clock: StandingClock, body: object
) -> None:
    async with serving(sqlite_storage, clock) as (base, community):
        assert await post(base, body) == 400
        assert await community.inbox.counts() == {}


async def test_while_the_database_is_away_the_update_stays_with_telegram(
    clock: StandingClock,
) -> None:
    nowhere = Storage.open("postgresql://nobody@127.0.0.1:1/nothing")
    async with serving(nowhere, clock) as (base, _):
        assert await post(base, HELLO) == 503
        async with aiohttp.ClientSession() as session, session.get(base + "/readyz") as ready:
            assert ready.status == 503
        async with aiohttp.ClientSession() as session, session.get(base + "/healthz") as alive:
            assert alive.status == 200
    await nowhere.close()


async def ready(base: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(base + "/readyz") as response:
        return response.status, await response.text()


async def test_a_part_that_stands_still_for_too_long_makes_us_unready_until_it_moves(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    seconds = [0.0]
    pulse = Pulse(lambda: seconds[0])
    async with serving(sqlite_storage, clock, pulse=pulse) as (base, _):
        with pulse.watching("courier", within=60) as beat:
            seconds[0] = 60
            assert await ready(base) == (200, "ready")
            seconds[0] = 61
            assert await ready(base) == (503, "courier: has not moved for 61 seconds")
            beat()
            assert await ready(base) == (200, "ready")
            seconds[0] = 200

        # another process works now, and this one stands by
        assert await ready(base) == (200, "ready")


async def test_metrics_count_by_state(sqlite_storage: Storage, clock: StandingClock) -> None:
    async with serving(sqlite_storage, clock) as (base, _):
        await post(base, HELLO)
        async with aiohttp.ClientSession() as session, session.get(base + "/metrics") as response:
            told = await response.text()

    assert 'community_bot_updates{state="pending"} 1' in told
