"""The whole bot behind a webhook: Telegram brings updates, and stopping loses none."""

import logging

import aiohttp
import pytest

from community_bot.clock import ShiftedClock
from community_bot.inbox.rules import UpdateState
from tests.handlers.network import free_port
from tests.living import living, telegram

EVERYBODY = ("all_private_chats", "")  # whose menu it is, in which language


async def test_updates_come_by_webhook_and_what_comes_during_a_stop_comes_again(
    database_url: str,
) -> None:
    port = free_port()
    telegram = {
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}",
        "listen": f"127.0.0.1:{port}",
        "secret": "only-telegram-knows",
    }
    async with living(database_url, telegram=telegram) as town:
        sandbox, wang = town.sandbox, town.person("小王")
        town.says(wang, "/start")
        await town.told(wang, "出海人")
        town.stopping.set()
        for number in range(5):
            town.says(wang, f"/help {number}")

        async with living(database_url, sandbox=sandbox, telegram=telegram) as again:
            await again.settled(UpdateState.DONE, 6)
            counts = await again.community.inbox.counts()

    assert counts == {UpdateState.DONE: 6}


async def test_a_token_that_is_revoked_is_said_once_and_makes_us_unready_until_it_is_known_again(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    telegram = {
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}",
        "listen": f"127.0.0.1:{port}",
        "secret": "only-telegram-knows",
    }

    async def ready(session: aiohttp.ClientSession) -> int:
        async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
            return response.status

    async with living(sqlite_url, telegram=telegram) as town, aiohttp.ClientSession() as session:
        wang = town.person("小王")
        assert await ready(session) == 200

        # when BotFather revokes the token
        town.sandbox.faults.refuse(401, "Unauthorized", times=None)
        for _ in range(3):
            town.says(wang, "/start")
        await town.settled(UpdateState.DONE, 3)

        # then the operator reads it once, and whoever asks whether we are ready
        told = [one for one in caplog.records if one.levelno == logging.ERROR]
        assert ["telegram.token" in one.getMessage() for one in told] == [True]
        assert await ready(session) == 503

        # when it is known again
        town.sandbox.faults.clear()
        town.says(wang, "/start")
        await town.told(wang, "出海人")

        assert await ready(session) == 200


async def test_menus_that_telegram_does_not_want_yet_are_set_when_it_does(sqlite_url: str) -> None:
    async with telegram(ShiftedClock()) as sandbox:
        flood = sandbox.faults.flood(2, method="setMyCommands", times=1)
        async with living(sqlite_url, sandbox=sandbox) as town:
            # people are answered meanwhile
            wang = town.person("小王")
            town.says(wang, "/start")
            await town.told(wang, "出海人")
            assert EVERYBODY not in sandbox.world.bot.commands

            await town.until(lambda: EVERYBODY in sandbox.world.bot.commands)

    assert flood.met == 1
