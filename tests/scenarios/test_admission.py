"""Where a tier asks first, nobody pays before a person has said yes."""

from contextlib import AbstractAsyncContextManager

import pytest

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english
from tests.town import TIERS, Town, keys_of, living, said

QUESTIONS = [
    {"zh": "做哪个平台？", "en": "Which platform?"},
    {"zh": "卖什么？", "en": "What do you sell?"},
]


def asking(database_url: str) -> AbstractAsyncContextManager[Town]:
    guest, annual = TIERS
    return living(database_url, tiers=[guest, {**annual, "admission": QUESTIONS}])


async def applies(town: Town, person: Person) -> str:
    await town.says(person, "/join")
    await town.presses(person, "join:plan:annual_year")
    await town.presses(person, "admission:begin")
    await town.says(person, "TikTok Shop")
    return said(await town.says(person, "Lamps <b>"))


async def pressing(town: Town, person: Person, data: str) -> str:
    await town.says(person, "/start")
    message, _ = town.button(person, "join:offers")
    keys_of(message)[0]["callback_data"] = data
    return await town.toast(person, data)


async def test_answers_are_read_and_then_the_tier_can_be_ordered(database_url: str) -> None:
    async with asking(database_url) as town:
        admin, guest = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")

        sent = await applies(town, guest)
        await town.told(admin, "An application to read")
        whole = said(await town.presses(admin, "applications:one"))
        await town.presses(admin, "applications:admit")
        await town.told(guest, "You are welcome")
        await town.presses(guest, "join:offers")
        await town.presses(guest, "join:plan:annual_year")
        order = said(await town.presses(guest, "join:order"))

        assert "have been sent" in sent
        assert "TikTok Shop" in whole
        assert "8,888.00" in order


async def test_who_is_declined_reads_why_and_may_apply_again(sqlite_url: str) -> None:
    async with asking(sqlite_url) as town:
        admin, guest = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await applies(town, guest)

        await town.told(admin, "An application to read")
        await town.presses(admin, "applications:one")
        await town.presses(admin, "applications:decline")
        await town.says(admin, "Please start a shop first")
        await town.told(guest, "Please start a shop first")
        again = await applies(town, guest)

        assert "have been sent" in again


async def test_a_sticker_is_no_answer(sqlite_url: str) -> None:
    async with asking(sqlite_url) as town:
        guest = await english(town, "Lin")
        await town.says(guest, "/join")
        await town.presses(guest, "join:plan:annual_year")
        await town.presses(guest, "admission:begin")

        town.world.send_sticker(guest, town.chat(guest), b"sticker" * 9)
        await town.told(guest, "Please type it as text")
        second = said(await town.says(guest, "Amazon"))

        assert "What do you sell?" in second


async def test_an_application_is_sent_once(sqlite_url: str) -> None:
    async with asking(sqlite_url) as town:
        guest = await english(town, "Lin")
        await applies(town, guest)

        again = await applies(town, guest)

        assert "have been sent" not in again


@pytest.mark.parametrize(
    "data",
    [
        "join:order:annual_year",
        "applications:admit:1",
        "applications:one:1",
        "admission:begin:nothing",
    ],
)
async def test_a_forged_button_is_no_way_round_the_questions(sqlite_url: str, data: str) -> None:
    async with asking(sqlite_url) as town:
        guest = await english(town, "Lin")
        await applies(town, guest)

        toast = await pressing(town, guest, data)

        actor = await town.community.actor(guest.id)
        assert toast
        assert await town.community.orders.mine(actor) == []


TAPPED = {
    "zh": "店铺开了吗？",
    "en": "Do you have a shop?",
    "choices": [
        {"zh": "开了", "en": "Yes"},
        {"zh": "没有", "en": "No", "fits": False, "reason": {"zh": "先看资料", "en": "Read first"}},
    ],
}


async def test_tapped_answers_decide_at_once_and_show_what_is_free(sqlite_url: str) -> None:
    guest, annual = TIERS
    async with living(sqlite_url, tiers=[guest, {**annual, "admission": [TAPPED]}]) as town:
        fitting, other = await english(town, "Lin"), await english(town, "Chen")
        for person in (fitting, other):
            await town.says(person, "/join")
            await town.presses(person, "join:plan:annual_year")
            await town.presses(person, "admission:begin")
        typed = said(await town.says(other, "maybe"))

        await town.presses(fitting, "admission:yes:0:0")
        await town.told(fitting, "You are welcome")
        await town.presses(other, "admission:yes:0:1")
        refused = await town.told(other, "Read first")

        assert "tap one of the answers" in typed
        assert any("library:home" in str(key.get("callback_data")) for key in keys_of(refused))
