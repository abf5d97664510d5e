"""`community-bot run` answers until it is told to stop, and then stops cleanly."""

import asyncio
import signal

from community_bot.sandbox.server import Sandbox
from tests.cli.conftest import TOKEN, Folder, ended

SELLS = """
[[tiers]]
code = "guest"
name = { zh = "访客", en = "Guest" }
rank = 0
[[tiers]]
code = "annual"
name = { zh = "年度会员", en = "Annual" }
rank = 10
[[tiers.plans]]
code = "year"
price = "100"
years = 1
"""


async def running(folder: Folder, sandbox: Sandbox) -> asyncio.subprocess.Process:
    """Start the bot and wait until it has answered somebody."""
    folder.configure(telegram=f'base_url = "{sandbox.base_url}"')
    process = await folder.start("run")
    world = sandbox.world
    bot, person = world.bots[TOKEN], world.add_person("Lin")
    world.start(person, bot=bot)
    chat = world.open_private(person, bot)
    await world.until(lambda: any(each.sender is bot for each in world.history(chat)), 30)
    return process


async def test_a_signal_stops_the_bot_when_its_work_is_done(
    folder: Folder, sandbox: Sandbox
) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        process = await running(folder, sandbox)

        process.send_signal(number)
        done = await asyncio.wait_for(ended(process), 30)

        assert done.code == 0
        assert "stopped" in done.err
        assert "Traceback" not in done.err
        assert "SECRET" not in done.out + done.err


async def test_a_bot_that_still_looks_for_telegram_can_be_stopped(folder: Folder) -> None:
    folder.configure(telegram='base_url = "http://127.0.0.1:1/bot"')
    process = await folder.start("run")
    await wait_for_line(process, "Telegram")

    process.send_signal(signal.SIGTERM)
    done = await asyncio.wait_for(ended(process), 10)

    assert (done.code, "Traceback" in done.err) == (0, False)


async def test_a_second_signal_stops_at_once(folder: Folder, sandbox: Sandbox) -> None:
    process = await running(folder, sandbox)
    bot, person = sandbox.world.bots[TOKEN], sandbox.world.add_person("Chen")
    sandbox.faults.hang_before(60, method="sendMessage")
    sandbox.world.start(person, bot=bot)
    await asyncio.sleep(0.5)

    process.send_signal(signal.SIGTERM)
    await wait_for_line(process, "stopping")
    process.send_signal(signal.SIGTERM)
    done = await asyncio.wait_for(ended(process), 5)

    assert done.code == 128 + signal.SIGTERM


async def test_a_shop_without_a_way_to_pay_runs_and_says_so(folder: Folder) -> None:
    folder.configure(telegram='base_url = "http://127.0.0.1:1/bot"', rest=f"\n{SELLS}")
    process = await folder.start("run")

    await asyncio.wait_for(wait_for_line(process, "[[payments.manual.payees]]"), 30)
    await wait_for_line(process, "Telegram")

    process.send_signal(signal.SIGTERM)
    assert (await asyncio.wait_for(ended(process), 10)).code == 0


async def wait_for_line(process: asyncio.subprocess.Process, words: str) -> None:
    """Read what the program logs until these words come; fail when it ends without them."""
    assert process.stderr is not None
    while words.encode() not in (line := await process.stderr.readline()):
        assert line, f"the program ended without saying {words!r}"
