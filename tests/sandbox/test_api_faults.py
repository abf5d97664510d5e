"""Limits, arranged troubles, latency and the record of calls."""

import asyncio
import time
from datetime import timedelta
from random import Random
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError

from community_bot.sandbox.limits import Limits
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.server import Sandbox

Town = Any
Api = Any


async def test_a_flood_is_refused_with_the_time_to_wait(api: Api, town: Town) -> None:
    api.sandbox.faults.flood(7, method="sendMessage")

    refused = await api.ask("sendMessage", chat_id=town.private.id, text="好")
    later = await api.ask("sendMessage", chat_id=town.private.id, text="好")

    assert refused == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert later["ok"]


async def test_a_broken_server_answers_with_a_page(bot: Bot, sandbox: Sandbox, town: Town) -> None:
    sandbox.faults.server_error(502, times=1)

    with pytest.raises(NetworkError):
        await bot.send_message(town.private.id, "好")

    assert town.world.history(town.private) == []


@pytest.mark.parametrize(("arrange", "arrived"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_may_hide_what_was_done(
    api: Api, town: Town, arrange: str, arrived: int
) -> None:
    # given
    getattr(api.sandbox.faults, arrange)(method="sendMessage", chat_id=town.private.id)

    # when
    with pytest.raises(aiohttp.ClientError):
        await api.ask("sendMessage", chat_id=town.private.id, text="好")

    # then
    assert len(town.world.history(town.private)) == arrived
    assert api.sandbox.calls[-1].outcome == "dropped"


@pytest.mark.parametrize(("arrange", "arrived"), [("hang_before", 0), ("hang_after", 1)])
async def test_a_hanging_server_makes_callers_give_up(
    api: Api, town: Town, arrange: str, arrived: int
) -> None:
    getattr(api.sandbox.faults, arrange)(30, method="sendMessage")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await api.ask("sendMessage", chat_id=town.private.id, text="好")

    assert len(town.world.history(town.private)) == arrived


async def test_a_fault_meets_only_the_calls_it_was_arranged_for(api: Api, town: Town) -> None:
    # given
    api.sandbox.faults.refuse(403, "Forbidden: bot was blocked by the user", chat_id=1, times=None)

    # when
    met = await api.ask("sendMessage", chat_id=1, text="好")
    spared = await api.ask("sendMessage", chat_id=town.private.id, text="好")

    # then
    assert met["error_code"] == 403
    assert spared["ok"]


@pytest.mark.parametrize("dice", [None, Random(7).random])
async def test_a_chance_is_kept_on_the_whole(api: Api, town: Town, dice: Any) -> None:
    api.sandbox.faults.dice = dice
    fault = api.sandbox.faults.flood(times=None, chance=0.25)

    for _ in range(100):
        await api.ask("getMe")

    assert 15 <= fault.met <= 35


async def test_latency_is_added_to_every_call(api: Api) -> None:
    api.sandbox.latency = timedelta(milliseconds=50)
    before = time.monotonic()

    await api("getMe")

    assert time.monotonic() - before >= 0.05


async def test_calls_are_recorded_with_their_outcome(api: Api, town: Town) -> None:
    await api("sendMessage", chat_id=town.private.id, text="好")
    await api("sendMessage", chat_id=1, text="好")

    recorded = [(each.method, each.chat_id, each.outcome) for each in api.sandbox.calls]

    assert recorded == [
        ("sendMessage", town.private.id, "ok"),
        ("sendMessage", 1, "400"),
    ]


def taken(limits: Limits, chats: list[int]) -> int:
    """Send to chats one after the other until Telegram refuses; return how many passed."""
    for at, chat_id in enumerate(chats):
        try:
            limits.take(chat_id)
        except Refused:
            return at
    return len(chats)


@pytest.mark.parametrize(
    ("chats", "passed"),
    [
        ([5_000_000_001] * 10, 4),
        ([-1_002_000_000_001] * 30, 20),
        (list(range(1, 100)), 30),
    ],
    ids=["one private chat", "one group", "everybody"],
)
def test_too_much_at_once_is_refused(chats: list[int], passed: int) -> None:
    assert taken(Limits(), chats) == passed


def test_answers_to_people_who_have_just_written_are_not_bulk() -> None:
    limits = Limits()
    for chat_id in range(1, 100):
        limits.heard(chat_id)

    assert taken(limits, list(range(1, 100))) == 99


def test_an_album_counts_for_all_its_parts() -> None:
    limits = Limits()

    limits.take(1, 10)

    with pytest.raises(Refused, match="429"):
        limits.take(1)


async def test_the_pace_is_kept_over_http_too(clock: Any) -> None:
    # given
    async with Sandbox(clock, limits=True) as sandbox, aiohttp.ClientSession() as session:
        person = sandbox.world.add_person("李雷")
        sandbox.world.open_private(person)
        url = f"{sandbox.base_url}{sandbox.world.bot.token}/sendMessage"

        # when
        outcomes = []
        for _ in range(5):
            async with session.post(url, data={"chat_id": person.id, "text": "好"}) as response:
                outcomes.append((response.status, await response.json()))

    # then
    assert [status for status, _ in outcomes] == [200, 200, 200, 200, 429]
    assert outcomes[-1][1] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_a_change_of_a_message_counts_like_another_message(clock: Any) -> None:
    # given
    async with Sandbox(clock, limits=True) as sandbox, aiohttp.ClientSession() as session:
        person = sandbox.world.add_person("李雷")
        sandbox.world.open_private(person)
        url = f"{sandbox.base_url}{sandbox.world.bot.token}"
        said = {"chat_id": person.id, "text": "好"}
        async with session.post(f"{url}/sendMessage", data=said) as response:
            sent = (await response.json())["result"]["message_id"]

        # when
        statuses = []
        for text in "一二三四":
            edit = {"chat_id": person.id, "message_id": sent, "text": text}
            async with session.post(f"{url}/editMessageText", data=edit) as response:
                statuses.append(response.status)

    # then
    assert statuses == [200, 200, 200, 429]
