"""The whole bot over a local Telegram: from an update to its answer, whatever goes wrong."""

from tests.living import living


async def test_somebody_says_hello_and_is_welcomed(database_url: str) -> None:
    async with living(database_url) as town:
        wang = town.person("小王")

        town.says(wang, "/start")

        await town.told(wang, "出海人")
