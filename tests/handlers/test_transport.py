import asyncio
import contextlib
import io
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.ext import ApplicationBuilder, ExtBot
from telegram.request import HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from handlers.transport import AiohttpRequest, MaybeSent, NoAnswer, NotSent
from tests.handlers import network
from tests.handlers.network import TOKEN, Behaviour, Server, says, serving

HTML = b"<html><body><h1>Bad Gateway</h1></body></html>"
DONE = {"ok": True, "result": True}


@contextlib.asynccontextmanager
async def transport(**how: Any) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(**{"connect_timeout": 1.0, "read_timeout": 0.3, **how}) as request:
        yield request


def words(**parameters: object) -> RequestData:
    return RequestData([RequestParameter.from_input(*pair) for pair in parameters.items()])


async def failure_of(url: str, data: RequestData | None = None, **how: Any) -> NetworkError:
    """Return the error of one call, after looking for the token in everything that it says."""
    async with transport(**how) as request:
        with pytest.raises(NetworkError) as caught:
            await request.post(url, data or words(chat_id=1, text="hello"))
    told = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in told + str(caught.value) + repr(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("behave", "kind"),
    [
        (network.hangs, NoAnswer),
        (network.stalls_in_the_body, NoAnswer),
        (network.hangs_up, MaybeSent),
        (network.resets, MaybeSent),
        (network.cuts_the_body, MaybeSent),
        (network.speaks_no_http, MaybeSent),
        (says(502, HTML), MaybeSent),
        (says(500, {"ok": False, "description": "Internal Server Error"}), MaybeSent),
        (says(408, HTML), MaybeSent),
        (says(200, HTML), MaybeSent),
        (says(403, HTML), NotSent),
        (says(302, b""), NotSent),
        (says(413, HTML), NotSent),
    ],
)
async def test_a_call_that_left_without_an_answer_of_telegrams_may_have_been_sent(
    behave: Behaviour, kind: type[NetworkError], caplog: pytest.LogCaptureFixture
) -> None:
    # given a server that receives the call and fails in its own way
    caplog.set_level(0)
    async with serving(behave) as server:
        # when a message is sent
        error = await failure_of(server.url())

    # then the error says whether it may have arrived, and no log line tells the token
    assert type(error) is kind
    assert len(server.requests) == 1
    assert TOKEN not in caplog.text


async def test_out_of_time_is_what_ptb_calls_timed_out_and_nothing_else_is() -> None:
    assert issubclass(NoAnswer, TimedOut)
    assert not issubclass(MaybeSent, TimedOut)
    assert not issubclass(NotSent, TimedOut)


async def test_nothing_was_sent_when_nobody_listens() -> None:
    error = await failure_of(f"http://127.0.0.1:{network.free_port()}/bot{TOKEN}/sendMessage")

    assert type(error) is NotSent
    assert "ConnectionRefusedError" in str(error)


async def test_nothing_was_sent_when_the_host_is_unknown() -> None:
    error = await failure_of(f"http://nowhere.invalid/bot{TOKEN}/sendMessage")

    assert type(error) is NotSent


async def test_nothing_was_sent_when_the_other_side_speaks_no_tls() -> None:
    async with serving(says(200, DONE)) as server:
        error = await failure_of(server.url(scheme="https"))

    assert type(error) is NotSent


async def test_nothing_was_sent_when_connecting_takes_too_long() -> None:
    # given a server that accepts and never shakes hands
    async with serving(network.never_reads) as server:
        error = await failure_of(server.url(scheme="https"), connect_timeout=0.1, read_timeout=9.0)

    assert type(error) is NotSent


async def test_nothing_was_sent_when_the_whole_time_runs_out_while_connecting() -> None:
    async with serving(network.never_reads) as server:
        error = await failure_of(server.url(scheme="https"), connect_timeout=9.0, read_timeout=0.1)

    assert type(error) is NotSent


async def test_nothing_was_sent_when_no_connection_became_free() -> None:
    # given a pool of one connection that is busy
    async with (
        serving(network.hangs) as server,
        transport(
            connections=1, read_timeout=5.0, connect_timeout=0.1, pool_timeout=0.1
        ) as request,
        asyncio.TaskGroup() as group,
    ):
        busy = group.create_task(request.do_request(server.url(), "POST", words(chat_id=1)))
        await asyncio.sleep(0.05)

        # when another call wants it
        with pytest.raises(NotSent):
            await request.post(server.url(), words(chat_id=2))

        busy.cancel()
    assert len(server.requests) == 1


async def test_nothing_was_sent_before_the_transport_is_open_or_after_it_is_closed() -> None:
    request = AiohttpRequest()
    with pytest.raises(NotSent):
        await request.post("http://127.0.0.1:1/")

    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()

    with pytest.raises(NotSent):
        await request.post("http://127.0.0.1:1/")


async def test_a_transport_can_be_opened_again() -> None:
    request = AiohttpRequest()
    async with serving(says(200, DONE)) as server:
        for _ in range(2):
            async with request:
                assert await request.post(server.url()) is True


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}, Forbidden),
        (400, {"ok": False, "description": "Bad Request: chat not found"}, BadRequest),
        (400, {"ok": False, "parameters": {"migrate_to_chat_id": -1001}}, ChatMigrated),
        (429, {"ok": False, "parameters": {"retry_after": 7}}, RetryAfter),
    ],
)
async def test_what_telegram_refuses_is_raised_as_ptb_does(
    status: int, answer: dict[str, Any], kind: type[Exception]
) -> None:
    async with serving(says(status, answer)) as server, transport() as request:
        with pytest.raises(kind):
            await request.post(server.url(), words(chat_id=1))


async def test_a_call_keeps_its_connection_for_the_next_one() -> None:
    async with serving(says(200, DONE)) as server, transport() as request:
        for _ in range(5):
            await request.post(server.url(), words(chat_id=1, text="你好"))

    assert server.connections == 1


async def test_two_hundred_and_fifty_six_calls_run_side_by_side() -> None:
    # given a server that answers only when all calls have arrived
    together = asyncio.Barrier(256)

    async def behave(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await network.request_of(server, reader)
        await together.wait()
        writer.write(network.response(200, b'{"ok":true,"result":true}'))
        await writer.drain()

    async with serving(behave) as server, transport(read_timeout=20.0) as request:
        # when that many are made at once, then each gets its answer
        calls = [request.post(server.url(), words(chat_id=chat)) for chat in range(256)]
        assert await asyncio.gather(*calls) == [True] * 256


async def test_a_long_poll_may_take_longer_than_other_calls() -> None:
    # given a server that keeps a poll open for a while
    async def behave(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            whole = await network.request_of(server, reader)
            await asyncio.sleep(0.6 if b"getUpdates" in whole else 0)
            writer.write(network.response(200, b'{"ok":true,"result":[]}'))
            await writer.drain()

    async with serving(behave) as server:
        bot = Bot(
            TOKEN,
            base_url=f"http://127.0.0.1:{server.port}/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(read_timeout=0.2),
        )
        await bot._request[0].initialize()

        # when updates are asked for with a long poll, then there is time for it
        assert await bot.get_updates(timeout=1) == ()
        with pytest.raises(TimedOut):
            await bot.get_updates(timeout=0)
        await bot._request[0].shutdown()


async def test_ptbs_application_runs_on_it() -> None:
    me = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "B", "username": "b"}}
    async with serving(says(200, me)) as server:
        application = (
            ApplicationBuilder()
            .token(TOKEN)
            .base_url(f"http://127.0.0.1:{server.port}/bot")
            .request(AiohttpRequest())
            .get_updates_request(AiohttpRequest())
            .build()
        )
        async with application:
            assert isinstance(application.bot, ExtBot)
            assert application.bot.username == "b"


async def test_a_file_is_fetched() -> None:
    async with serving(says(200, b"%PDF")) as server, transport() as request:
        assert await request.retrieve(server.url("file")) == b"%PDF"


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ({}, 30.0),
        ({"read_timeout": 5}, 5.0),
        ({"read_timeout": None}, None),
        ({"is_media": True}, 120.0),
        ({"is_media": True, "write_timeout": 60}, 60.0),
        ({"is_media": True, "read_timeout": 90, "write_timeout": 60}, 90.0),
        ({"is_media": True, "write_timeout": None}, None),
    ],
)
def test_the_time_for_an_answer_is_longer_where_files_travel(
    given: dict[str, Any], total: float | None
) -> None:
    unset = AiohttpRequest.DEFAULT_NONE

    assert total == AiohttpRequest()._time_for_an_answer(
        given.get("read_timeout", unset),
        given.get("write_timeout", unset),
        is_media=given.get("is_media", False),
    )


async def test_an_upload_that_nobody_reads_runs_out_of_time() -> None:
    async with serving(network.never_reads) as server:
        data = words(chat_id=1, document=InputFile(bytes(20_000_000), filename="a.bin"))
        error = await failure_of(server.url("sendDocument"), data, media_timeout=0.3)

    assert type(error) is NoAnswer


def calls() -> list[RequestData]:
    photo = InputFile(b"\x89PNG" + bytes(300_000), filename="截图 1.png", attach=True)
    return [
        words(chat_id=-1001, text="续费 & 退款 = 100%", reply_markup={"a": [1, "二"]}),
        words(chat_id=1, disable_notification=True, timeout=1.5),
        words(chat_id=1, document=InputFile(b"%PDF" * 9, filename='选品"表格".pdf')),
        words(chat_id=1, caption="新品", media=[InputMediaPhoto(photo, caption="一")]),
    ]


@pytest.mark.parametrize("number", range(4))
async def test_forms_and_files_are_written_as_ptbs_own_transport_writes_them(number: int) -> None:
    # given the same call on both transports
    async with serving(says(200, DONE)) as server:
        ours, theirs, call = AiohttpRequest(), HTTPXRequest(), calls()[number]

        # when it is made
        for request in (theirs, ours):
            async with request:
                await request.post(server.url(), call)

    # then the same form arrives
    expected, actual = (parsed(whole) for whole in server.requests)
    assert actual == expected


def parsed(whole: bytes) -> dict[bytes, tuple[bytes, bytes]]:
    """Return the form, by name: of each part the filename and type, and the content."""
    head, _, body = whole.partition(b"\r\n\r\n")
    kind = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-type"))
    if b"multipart" not in kind:
        assert kind.lower() == b"content-type: application/x-www-form-urlencoded"
        return dict.fromkeys(body.split(b"&"), (b"", b""))
    form = {}
    for part in body.split(b"--" + kind.split(b"boundary=")[1])[1:-1]:
        about, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        lines = about.split(b"\r\n")
        where = next(line for line in lines if line.lower().startswith(b"content-disposition"))
        kinds = [line.lower() for line in lines if b"filename" in about and line != where]
        form[where.split(b": ")[1]] = (b"".join(kinds), content)
    return form


async def test_a_file_is_sent_from_where_it_lies() -> None:
    # given a file handle instead of bytes
    data = words(chat_id=1, document=InputFile(io.BytesIO(b"x" * 70_000), read_file_handle=False))

    async with serving(says(200, DONE)) as server, transport() as request:
        assert await request.post(server.url("sendDocument"), data) is True

    assert b"x" * 70_000 in server.requests[0]


async def test_calls_go_through_a_proxy() -> None:
    async with (
        serving(says(200, DONE)) as proxy,
        transport(proxy=f"http://me:pass@127.0.0.1:{proxy.port}") as request,
    ):
        await request.post(f"http://127.0.0.1:1/bot{TOKEN}/sendMessage", words(chat_id=1))

    assert proxy.requests[0].startswith(b"POST http://127.0.0.1:1/bot")
    assert b"Proxy-Authorization: Basic" in proxy.requests[0]


async def test_calls_go_through_a_socks_proxy() -> None:
    async with (
        serving(network.passes_socks_on) as proxy,
        transport(proxy=f"socks5h://127.0.0.1:{proxy.port}") as request,
    ):
        url = f"http://api.telegram.test/bot{TOKEN}/sendMessage"
        assert await request.post(url, words(chat_id=1)) is True

    assert b"api.telegram.test" in proxy.requests[0]


@pytest.mark.parametrize(
    ("scheme", "behave"),
    [("http", network.refuses_to_connect), ("socks5", network.refuses_socks)],
)
async def test_nothing_was_sent_when_the_proxy_refuses(scheme: str, behave: Behaviour) -> None:
    async with serving(behave) as proxy:
        error = await failure_of(
            f"https://127.0.0.1:1/bot{TOKEN}/sendMessage",
            proxy=f"{scheme}://127.0.0.1:{proxy.port}",
        )

    assert type(error) is NotSent
    assert proxy.connections == 1


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4"])
async def test_nothing_was_sent_when_the_proxy_is_gone(scheme: str) -> None:
    error = await failure_of(
        f"https://127.0.0.1:1/bot{TOKEN}/sendMessage",
        proxy=f"{scheme}://127.0.0.1:{network.free_port()}",
    )

    assert type(error) is NotSent


async def test_a_cancelled_call_is_cancelled() -> None:
    async with serving(network.hangs) as server, transport(read_timeout=9.0) as request:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await request.post(server.url(), words(chat_id=1))
