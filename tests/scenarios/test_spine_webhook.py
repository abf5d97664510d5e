"""The whole bot behind a webhook: Telegram brings updates, and stopping loses none."""

from community_bot.inbox.rules import UpdateState
from tests.handlers.network import free_port
from tests.living import living


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
