"""Placing an order: how to pay is promised together with it, and shown again to who asks."""

from datetime import timedelta

from community_bot.billing.notices import OrderApproved, OrderPlaced
from tests.billing.shop import WANG, Shop


async def placed(shop: Shop) -> list[OrderPlaced]:
    return [word for word in await shop.told(WANG) if isinstance(word, OrderPlaced)]


async def test_how_to_pay_is_promised_once_for_two_taps(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="annual")
    await shop.orders.place(shop.wang, plan_code="annual")

    (told,) = await placed(shop)

    assert told.order == order


async def test_who_asks_for_the_order_again_is_shown_it_again(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="annual")
    shop.clock.pass_(timedelta(hours=1))

    again = await shop.orders.place(shop.wang, plan_code="annual")

    assert again == order
    assert [told.order.code for told in await placed(shop)] == [order.code, order.code]


async def test_what_costs_nothing_has_its_receipt_and_no_way_to_pay(shop: Shop) -> None:
    await shop.orders.place(shop.wang, plan_code="trial")

    assert [type(word) for word in await shop.told(WANG)] == [OrderApproved]
