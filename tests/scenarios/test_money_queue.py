"""Money that no rule may decide about: a person sees it, and decides once."""

import pytest

from community_bot.billing.checkout import payload_of
from community_bot.billing.gateways.port import Charge
from community_bot.billing.rules import OrderState
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said


async def pressing(town: Town, person: Person, data: str) -> str:
    await town.says(person, "/start")
    message, _ = town.button(person, "join:offers")
    keys_of(message)[0]["callback_data"] = data
    return await town.toast(person, data)


async def records(town: Town, finance: Person, amount: str, number: str) -> str:
    await town.says(finance, "/admin")
    await town.presses(finance, "money:waiting")
    await town.presses(finance, "money:record")
    await town.says(finance, amount)
    return said(await town.says(finance, number))


async def test_money_in_the_account_is_noted_and_pays_an_order_by_its_code(
    database_url: str,
) -> None:
    async with living(database_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        actor = await town.community.actor(member.id)
        order = await town.community.orders.place(actor, plan_code="annual_year")

        noted = await records(town, finance, "8,888元", "4200 0021 3320 2603")
        await town.told(finance, "Money to look at")
        await town.presses(finance, "money:payment")
        await town.presses(finance, "money:assign")
        await town.says(finance, order.code.lower())
        await town.told(member, "🎉")

        assert "payment no." in noted
        assert (await town.community.orders.mine(actor))[0].state is OrderState.FULFILLED


async def test_the_same_transfer_is_noted_once(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        await records(town, finance, "100", "4200 0021 3320 2603")
        await town.told(finance, "Money to look at")

        again = await records(town, finance, "100", "420000213320-2603")

        assert "known already" in again


async def test_an_amount_that_is_none_asks_again(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        await town.says(finance, "/admin")
        await town.presses(finance, "money:waiting")
        await town.presses(finance, "money:record")

        refused = said(await town.says(finance, "a lot"))
        asked = said(await town.says(finance, "100"))

        assert "as a number" in refused
        assert "transaction number" in asked


async def test_money_that_came_twice_goes_back_once(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        order = await paid(town, member)
        twice = Charge("transfer-again", order.due, payload_of(order), member.id)
        await town.community.checkout.paid(gateway="manual", charge=twice)

        await town.told(finance, "Money to look at")
        await town.presses(finance, "money:payment")
        await town.presses(finance, "money:back")
        sure = said(await town.says(finance, "paid twice"))
        await town.presses(finance, "money:yesback")
        await town.told(finance, "Please transfer money back")
        again = await pressing(town, finance, "money:payment:2")

        assert "8,888.00" in sure
        assert str(member.id) in sure
        assert again == "That has been done already; nothing was changed."
        assert (await town.community.memberships.standing(member.id)).is_member


@pytest.mark.parametrize(
    "data",
    [
        "money:waiting",
        "money:payment:1",
        "money:assign:1",
        "money:back:1",
        "money:up:1",
        "money:fulfil:1",
        "money:surplus:1",
        "money:record",
    ],
)
async def test_members_do_not_reach_the_money(sqlite_url: str, data: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")

        assert await pressing(town, member, data) == "Only finance staff and admins can do that."


async def test_the_proof_of_an_order_that_was_paid_otherwise_is_set_aside_quietly(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        actor = await town.community.actor(member.id)
        order = await town.community.orders.place(actor, plan_code="annual_year")
        await town.community.proofs.submit(actor, order_id=order.order_id, reference="42000099881")
        await town.told(finance, "A payment to check")
        await records(town, finance, "8888", "4200 0021 3320 2603")
        await town.told(finance, "Money to look at")
        await town.presses(finance, "money:payment")
        await town.presses(finance, "money:assign")
        lost = said(await town.says(finance, "NOSUCH"))
        await town.says(finance, order.code)
        await town.told(member, "🎉")

        review = said(await town.presses(finance, "orders:review"))
        aside = said(await town.presses(finance, "orders:reject"))
        told = [said(one) for one in town.world.history(town.chat(member))]

        assert "no order with that code" in lost
        assert "paid already" in review
        assert "set aside" in aside
        assert not [text for text in told if "could not be confirmed" in text]
        assert await town.community.approvals.waiting(await town.community.actor(finance.id)) == []
