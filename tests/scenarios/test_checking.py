"""Checking a payment: what was mistyped leads back to its card, and a no needs a reason."""

import pytest

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Message, Person
from tests.scenarios.test_buying import ordered, proven
from tests.town import Town, keys_of, living, said


def ways_of(message: Message) -> list[str]:
    return [str(key.get("callback_data", "")) for key in keys_of(message)]


async def looked_at(town: Town) -> tuple[Person, Person, Message]:
    finance = await town.staff("韩冰", Role.FINANCE)
    guest = town.person("林晓")
    await ordered(town, guest)
    await proven(town, guest)
    await town.told(finance, "待核对")
    card = await town.presses(finance, "orders:review")
    return finance, guest, card


async def test_a_no_is_only_said_with_a_reason_and_there_is_a_way_back(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, guest, card = await looked_at(town)

        asked = await town.presses(finance, "orders:no")
        back = await town.presses(finance, "orders:review")

        assert not [one for one in ways_of(card) if one.startswith("orders:reject")]
        assert "为什么" in said(asked)
        assert {one.rpartition(":")[2] for one in ways_of(asked)} >= {"missing", "amount"}
        assert [one for one in ways_of(back) if one.startswith("orders:amount")]
        orders = await town.community.orders.mine(await town.community.actor(guest.id))
        assert [order.state for order in orders] == ["proof_submitted"]


async def test_the_buyer_is_told_the_reason_and_what_to_do_next(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, guest, _card = await looked_at(town)

        await town.presses(finance, "orders:no")
        message, data = next(
            (one, str(key["callback_data"]))
            for one in [town.last(finance)]
            for key in keys_of(one)
            if str(key["callback_data"]).endswith(":unclear")
        )
        town.world.press(finance, town.chat(finance), message.message_id, data)
        told = await town.told(guest, "原因")

        assert "看不清" in said(told)
        assert "交易单号" in said(told)
        assert [one.partition(":")[2].partition(":")[0] for one in ways_of(told)] == [
            "proof",
            "show",
        ]


async def test_the_reason_in_own_words_reaches_the_buyer(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, guest, _card = await looked_at(town)

        await town.presses(finance, "orders:no")
        asked = await town.presses(finance, "orders:reason")
        await town.says(finance, "付款方姓名和您登记的不一样")

        assert [one for one in ways_of(asked) if one.startswith("orders:review")]
        assert "付款方姓名" in said(await town.told(guest, "原因"))


@pytest.mark.parametrize("typed", ["八千", "1", "99999", "💰", "9" * 5000])
async def test_a_refused_amount_leads_back_to_the_card_of_its_order(
    sqlite_url: str, typed: str
) -> None:
    async with living(sqlite_url) as town:
        finance, _guest, card = await looked_at(town)
        await town.presses(finance, "orders:amount")

        refused = await town.says(finance, typed[:4096])
        again = await town.presses(finance, "orders:review")

        assert ways_of(refused)[0].startswith("orders:review:")
        assert said(again) == said(card)


async def test_a_sticker_in_the_place_of_an_amount_leads_back_too(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, _guest, _card = await looked_at(town)
        asked = await town.presses(finance, "orders:amount")

        town.world.send_sticker(finance, town.chat(finance), b"sticker" * 9)
        refused = await town.answer(finance, after=asked.message_id + 1)

        assert ways_of(refused)[0].startswith("orders:review:")


async def test_a_refused_proof_leads_back_to_the_order(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await ordered(town, guest)
        asked = await town.presses(guest, "order:proof")

        town.world.send_sticker(guest, town.chat(guest), b"sticker" * 9)
        refused = await town.answer(guest, after=asked.message_id + 1)

        assert ways_of(refused)[0].startswith("order:show:")
