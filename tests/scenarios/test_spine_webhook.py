"""The whole bot behind a webhook: Telegram brings updates, and stopping loses none."""

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
