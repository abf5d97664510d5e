"""An owner changes the file while the bot runs: shown first, taken over after a yes."""

from copy import deepcopy
from typing import Any

from community_bot.config.loading import Config
from community_bot.errors import ConfigError
from tests.paid import english, paid
from tests.town import TIERS, Town, config_for, living, said


def rewrite(town: Town, tiers: list[dict[str, Any]], **sections: Any) -> None:
    """Let the file say something else from now on."""
    url = town.community.config.database.url
    config = config_for(town.sandbox, town.owner.id, url, tiers=tiers, **sections)
    town.community.reloading.reread = lambda: config


def dearer() -> list[dict[str, Any]]:
    tiers = deepcopy(TIERS)
    tiers[1]["plans"] = [{"code": "annual_year", "price": "9999.00", "years": 1}]
    return tiers


async def test_a_new_price_is_shown_then_taken_over(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        order = await paid(town, member)
        await town.says(town.owner, "/start")
        rewrite(town, dearer(), desk={"cap": 7})

        await town.says(town.owner, "/reload")
        preview = said(await town.told(town.owner, "配置文件将带来"))
        before = await town.community.tiers.plan("annual_year")
        await town.presses(town.owner, "reload:apply")
        await town.told(town.owner, "✅ 已应用")
        offers = said(await town.says(member, "/join"))

        assert "¥8,888.00 → ¥9,999.00" in preview
        assert "desk" in preview
        assert before.price.minor == 888800
        assert "9,999" in offers
        actor = await town.community.actor(member.id)
        kept = await town.community.orders.one(actor, order_id=order.order_id)
        assert kept.plan.price.minor == 888800


async def test_what_was_not_shown_is_not_taken_over(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        rewrite(town, dearer())
        await town.says(town.owner, "/reload")
        rewrite(town, TIERS[:1])

        refused = await town.toast(town.owner, "reload:apply")

        assert "请重新查看" in refused
        assert (await town.community.tiers.plan("annual_year")).price.minor == 888800


async def test_a_mistake_in_the_file_is_named_and_changes_nothing(sqlite_url: str) -> None:
    def broken() -> Config:
        raise ConfigError("tiers.1.plans.0", "give a price")

    async with living(sqlite_url) as town:
        town.community.reloading.reread = broken

        told = said(await town.says(town.owner, "/reload"))

        assert "tiers.1.plans.0" in told
        assert len(await town.community.tiers.offers()) == 2


async def test_a_file_without_changes_has_nothing_to_take_over(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        told = said(await town.says(town.owner, "/reload"))

        assert "✅" in told


async def test_only_an_owner_reloads(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")

        told = said(await town.says(member, "/reload"))

        assert told == "Only the owner of the community can do that."
