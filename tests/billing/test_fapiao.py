import pytest

from community_bot.billing.fapiao_rules import FAPIAO, FapiaoState, check_details
from community_bot.billing.notices import FapiaoAsked, FapiaoDeclined, FapiaoIssued
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from tests.billing.shop import FINANCE, WANG, Shop

COMPANY = {
    "title": "深圳某某科技有限公司",
    "tax_number": "91440300MA5FXXXX1A",
    "email": "wang@example.com",
}


async def test_a_fapiao_is_asked_for_issued_and_sent(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "course")

    asked = await shop.fapiao.ask(shop.wang, order_id=order.order_id, **COMPANY)
    assert isinstance((await shop.told(FINANCE))[-1], FapiaoAsked)
    with pytest.raises(AlreadyDone):
        await shop.fapiao.ask(shop.wang, order_id=order.order_id, **COMPANY)
    await shop.fapiao.issue(shop.finance, fapiao_id=asked.fapiao_id, number="2632", file_id="f")

    issued = FapiaoIssued(order.order_id, "2632", "f", "wang@example.com")
    assert issued in await shop.told(WANG)
    assert await shop.fapiao.waiting(shop.finance) == []
    with pytest.raises(AlreadyDone):
        await shop.fapiao.decline(shop.finance, fapiao_id=asked.fapiao_id, reason="?")


async def test_a_declined_fapiao_can_be_asked_for_again(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "course")
    asked = await shop.fapiao.ask(shop.wang, order_id=order.order_id, **COMPANY)

    await shop.fapiao.decline(shop.finance, fapiao_id=asked.fapiao_id, reason="抬头有误")
    again = await shop.fapiao.ask(
        shop.wang, order_id=order.order_id, **{**COMPANY, "title": "王敏", "tax_number": ""}
    )

    assert FapiaoDeclined(order.order_id, "抬头有误") in await shop.told(WANG)
    assert (again.fapiao_id, again.state) == (asked.fapiao_id, FapiaoState.ASKED)


async def test_a_fapiao_is_for_ones_own_paid_order(shop: Shop) -> None:
    open_order = await shop.orders.place(shop.li, plan_code="course")
    paid = await shop.bought(shop.wang, "course")

    with pytest.raises(Invalid):
        await shop.fapiao.ask(shop.li, order_id=open_order.order_id, **COMPANY)
    with pytest.raises(NotFound):
        await shop.fapiao.ask(shop.li, order_id=paid.order_id, **COMPANY)
    with pytest.raises(NotAllowed):
        await shop.fapiao.waiting(shop.wang)


@pytest.mark.parametrize(
    "details",
    [{"title": " "}, {"email": "wang"}, {"tax_number": "123"}, {"title": "x" * 129}],
)
async def test_details_that_cannot_be_printed_are_refused(
    shop: Shop, details: dict[str, str]
) -> None:
    order = await shop.bought(shop.wang, "course")

    with pytest.raises(Invalid):
        await shop.fapiao.ask(shop.wang, order_id=order.order_id, **{**COMPANY, **details})


def test_every_state_of_a_fapiao_can_be_reached() -> None:
    assert FAPIAO.reachable() == frozenset(FapiaoState)


def test_a_phone_types_full_width_and_it_is_kept_as_it_is_printed() -> None:
    typed = ("测试公司", "９１４４０３００ＭＡ５ＥＸＡＭＰＬ３", "ｌｉｎ＠example.com")

    kept = check_details(*typed)

    assert kept == ("测试公司", "91440300MA5EXAMPL3", "lin@example.com")
