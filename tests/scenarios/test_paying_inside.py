"""Paying inside Telegram: Stars and invoices, asked once more, taken once."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from community_bot.billing.rules import OrderState
from community_bot.sandbox.dealings import Checkout
from community_bot.sandbox.facts import Message, Person
from tests.paid import english
from tests.town import MANUAL, TIERS, Town, keys_of, living

STARS = 60_000


def selling_for_stars(database_url: str, **rails: Any) -> AbstractAsyncContextManager[Town]:
    guest, annual = TIERS
    plans = [{"code": "annual_year", "price": "8888.00", "years": 1, "stars": STARS}]
    payments = {"manual": MANUAL, "stars": {"enabled": True}, **rails}
    return living(database_url, tiers=[guest, {**annual, "plans": plans}], payments=payments)


async def asked_for_stars(town: Town, person: Person) -> Message:
    person.stars = 100_000
    await town.says(person, "/join")
    await town.presses(person, "join:plan:annual_year")
    await town.presses(person, "join:order:annual_year")
    await town.presses(person, "pay:stars")
    invoice: Message = await town.presses(person, "pay:invoice")
    return invoice


async def answered(town: Town, checkout: Checkout) -> str:
    await town.world.until(lambda: checkout.state != "asked", timeout=10)
    return checkout.state


async def is_member(town: Town, person: Person) -> bool:
    return (await town.community.memberships.standing(person.id)).is_member


async def test_stars_pay_an_order_and_the_membership_begins(database_url: str) -> None:
    async with selling_for_stars(database_url) as town:
        member = await english(town, "Lin")

        invoice = await asked_for_stars(town, member)
        checkout = town.world.pay(member, town.chat(member), invoice)
        state = await answered(town, checkout)
        await town.told(member, "🎉")

        assert state == "paid"
        assert await is_member(town, member)
        orders = await town.community.orders.mine(await town.community.actor(member.id))
        states = {order.due.currency: order.state for order in orders}
        assert states == {"XTR": OrderState.FULFILLED, "CNY": OrderState.CANCELLED}


async def test_an_invoice_of_a_cancelled_order_is_refused_before_the_money_moves(
    sqlite_url: str,
) -> None:
    async with selling_for_stars(sqlite_url) as town:
        member = await english(town, "Lin")
        invoice = await asked_for_stars(town, member)
        actor = await town.community.actor(member.id)
        order = (await town.community.orders.mine(actor))[0]
        await town.community.orders.cancel(actor, order_id=order.order_id)

        checkout = town.world.pay(member, town.chat(member), invoice)
        state = await answered(town, checkout)

        assert state == "refused"
        assert "settled already" in checkout.error
        assert member.stars == 100_000


async def test_an_invoice_paid_by_somebody_else_is_refused(sqlite_url: str) -> None:
    async with selling_for_stars(sqlite_url) as town:
        member, other = await english(town, "Lin"), await english(town, "Chen")
        invoice = await asked_for_stars(town, member)
        other.stars = 100_000

        assert invoice.invoice is not None
        checkout = town.world.pay(other, town.chat(other), invoice.invoice)

        assert await answered(town, checkout) == "refused"
        assert not await is_member(town, other)


async def test_an_invoice_asks_for_money_where_a_provider_is_connected(sqlite_url: str) -> None:
    token = {"enabled": True, "provider_token": "284685063:TEST:abcdefghijkl"}
    async with selling_for_stars(sqlite_url, telegram=token) as town:
        member = await english(town, "Lin")
        await town.says(member, "/join")
        await town.presses(member, "join:plan:annual_year")
        await town.presses(member, "join:order:annual_year")

        invoice = await town.presses(member, "pay:invoice")
        checkout = town.world.pay(member, town.chat(member), invoice)
        state = await answered(town, checkout)
        await town.told(member, "🎉")

        assert state == "paid"
        assert await is_member(town, member)


async def test_a_forged_invoice_button_is_refused_where_the_rail_is_off(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member, stranger = await english(town, "Lin"), await english(town, "Chen")
        actor = await town.community.actor(member.id)
        await town.community.orders.place(actor, plan_code="annual_year")
        toasts = []
        for person, data in (
            (member, "pay:invoice:1"),
            (member, "pay:stars:annual_year"),
            (stranger, "pay:invoice:1"),
        ):
            await town.says(person, "/start")
            message, _ = town.button(person, "join:offers")
            keys_of(message)[0]["callback_data"] = data
            toasts.append(await town.toast(person, data))

        assert toasts == [
            "This order cannot be paid inside Telegram. Open it to see how it can be paid.",
            "This plan cannot be paid with Stars.",
            "There is no such order of yours. Your orders are under /me.",
        ]
