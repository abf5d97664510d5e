import asyncio
from datetime import timedelta

import pytest

from community_bot.billing.facts import Order
from community_bot.billing.notices import GiftReady
from community_bot.billing.pricing_rules import Coupon, CouponFor, LineKind
from community_bot.billing.rules import OrderState, Purpose
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotAllowed, NotFound
from community_bot.membership.rules import Phase, Source
from community_bot.money import Money
from community_bot.people.roles import Actor, Role
from tests.billing.shop import LI, WANG, Shop


async def half_price(shop: Shop, uses: int | None = None) -> Coupon:
    return await shop.coupons.make(shop.finance, code="half", percent=50, uses=uses)


@pytest.mark.parametrize("typed", [" Half ", "ＨＡＬＦ", "ｈａｌｆ"])
async def test_a_coupon_makes_the_order_cheaper(shop: Shop, typed: str) -> None:
    await half_price(shop)

    order = await shop.orders.place(shop.wang, plan_code="annual", coupon_code=typed)

    assert [(line.kind, line.amount.minor) for line in order.lines] == [
        (LineKind.PRICE, 888800),
        (LineKind.COUPON, -444400),
    ]
    assert order.due == Money(444400, "CNY")


async def test_a_coupon_replaces_an_order_for_which_nothing_was_shown(shop: Shop) -> None:
    await half_price(shop)
    dear = await shop.orders.place(shop.wang, plan_code="annual")

    cheap = await shop.orders.place(shop.wang, plan_code="annual", coupon_code="HALF")
    again = await shop.orders.place(shop.wang, plan_code="annual", coupon_code="HALF")

    assert again == cheap
    before = await shop.orders.one(shop.wang, order_id=dear.order_id)
    assert before.state is OrderState.CANCELLED


async def test_the_last_use_of_a_coupon_is_held_by_one(shop: Shop) -> None:
    await half_price(shop, uses=1)

    results = await asyncio.gather(
        shop.orders.place(shop.wang, plan_code="annual", coupon_code="HALF"),
        shop.orders.place(shop.li, plan_code="annual", coupon_code="HALF"),
        return_exceptions=True,
    )

    assert {type(result) for result in results} == {Order, LimitReached}


async def test_an_order_that_expires_sets_its_coupon_free(shop: Shop) -> None:
    await half_price(shop, uses=1)
    await shop.orders.place(shop.wang, plan_code="annual", coupon_code="HALF")
    shop.clock.pass_(timedelta(hours=73))
    await shop.deadlines.sweep(shop.clock.now())

    order = await shop.orders.place(shop.li, plan_code="annual", coupon_code="HALF")

    assert order.due == Money(444400, "CNY")


async def test_a_coupon_is_used_once_by_each(shop: Shop) -> None:
    await half_price(shop)
    order = await shop.orders.place(shop.wang, plan_code="course", coupon_code="HALF")
    order = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )
    await shop.approve(shop.finance, order, "1349.50")

    with pytest.raises(Invalid) as refused:
        await shop.orders.place(shop.wang, plan_code="annual", coupon_code="HALF")
    assert refused.value.reason == "used"


async def test_a_coupon_for_newcomers_is_not_for_members(shop: Shop) -> None:
    await shop.coupons.make(shop.finance, code="WELCOME", amount_text="500", audience=CouponFor.NEW)
    await shop.bought(shop.wang, "course")

    with pytest.raises(Invalid) as refused:
        await shop.orders.place(shop.wang, plan_code="annual", coupon_code="WELCOME")
    order = await shop.orders.place(shop.li, plan_code="annual", coupon_code="WELCOME")

    assert refused.value.reason == "new_only"
    assert order.due == Money(838800, "CNY")


async def test_what_costs_nothing_is_granted_at_once(shop: Shop) -> None:
    await shop.coupons.make(shop.finance, code="FREE", percent=100)

    order = await shop.orders.place(shop.wang, plan_code="course", coupon_code="FREE")

    assert order.state is OrderState.FULFILLED
    assert (await shop.memberships.standing(WANG)).phase is Phase.ACTIVE


async def test_only_staff_make_coupons_and_each_code_once(shop: Shop) -> None:
    await half_price(shop)

    with pytest.raises(AlreadyDone):
        await half_price(shop)
    with pytest.raises(NotAllowed):
        await shop.coupons.make(shop.wang, code="MINE", percent=99)
    await shop.coupons.disable(shop.finance, code="HALF")
    with pytest.raises(Invalid):
        await shop.orders.place(shop.wang, plan_code="annual", coupon_code="HALF")
    with pytest.raises(NotFound):
        await shop.orders.place(shop.wang, plan_code="annual", coupon_code="NONE")


async def test_an_upgrade_credits_the_days_that_are_left(shop: Shop) -> None:
    await shop.bought(shop.wang, "monthly")
    shop.clock.pass_(timedelta(days=11))

    order = await shop.orders.place(shop.wang, plan_code="annual")

    price, credit = order.lines
    assert (order.purpose, price.amount) == (Purpose.UPGRADE, Money(888800, "CNY"))
    assert (credit.name, credit.days_left, credit.days_paid) == ("monthly", 20, 31)
    assert credit.amount == Money(-58000, "CNY")


async def test_a_credit_is_given_once_and_the_old_tier_ends(shop: Shop) -> None:
    await shop.bought(shop.wang, "monthly")

    await shop.bought(shop.wang, "annual", "4200002026030299")

    standing = await shop.memberships.standing(WANG)
    assert standing.tier is not None
    assert standing.tier.code == "annual"
    assert [right.tier_code for right in standing.entitlements if not right.revoked_at] == [
        "annual"
    ]
    again = await shop.orders.place(shop.wang, plan_code="annual")
    assert [line.kind for line in again.lines] == [LineKind.PRICE]


async def test_a_credit_that_was_given_back_meanwhile_waits_for_a_person(shop: Shop) -> None:
    monthly = await shop.bought(shop.wang, "monthly")
    upgrade = await shop.shown(shop.wang, "annual", "4200002026030299")
    await shop.refunds.ask(shop.wang, order_id=monthly.order_id, reason="?")

    amount = f"{upgrade.due.minor // 100}.{upgrade.due.minor % 100:02d}"
    await shop.approve(shop.finance, upgrade, amount)
    await shop.approve(shop.admin, upgrade, amount)

    order = await shop.orders.one(shop.wang, order_id=upgrade.order_id)
    assert order.state is OrderState.PAID_UNFULFILLABLE
    assert not (await shop.memberships.standing(WANG)).is_member


async def test_a_trial_has_no_value(shop: Shop) -> None:
    await shop.orders.place(shop.wang, plan_code="trial")

    order = await shop.orders.place(shop.wang, plan_code="annual")

    assert order.due == Money(888800, "CNY")


async def test_a_gift_is_for_somebody_else(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course", as_gift=True)
    order = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )
    await shop.approve(shop.finance, order, "2699")
    (ready,) = [word for word in await shop.told(WANG) if isinstance(word, GiftReady)]

    assert not (await shop.memberships.standing(WANG)).is_member
    with pytest.raises(Invalid):
        await shop.codes.redeem(shop.wang, code=ready.code)
    right = await shop.codes.redeem(shop.li, code=ready.code.lower())
    assert (right.member_id, right.source) == (LI, Source.GIFT)
    with pytest.raises(AlreadyDone):
        await shop.codes.redeem(Actor(9, frozenset({Role.GUEST})), code=ready.code)
    with pytest.raises(Invalid):
        await shop.refunds.quote(shop.wang, order_id=order.order_id)


async def test_a_gift_that_nobody_has_redeemed_can_be_given_back(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course", as_gift=True)
    order = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )
    await shop.approve(shop.finance, order, "2699")
    (ready,) = [word for word in await shop.told(WANG) if isinstance(word, GiftReady)]

    await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")

    with pytest.raises(NotFound):
        await shop.codes.redeem(shop.li, code=ready.code)


async def test_a_code_gives_a_membership_to_the_first(shop: Shop) -> None:
    (code,) = await shop.codes.make(
        shop.finance, plan_code="annual", count=1, note="线下活动已收款"
    )

    results = await asyncio.gather(
        *(
            shop.codes.redeem(Actor(member_id, frozenset({Role.GUEST})), code=code.code)
            for member_id in range(3000, 3010)
        ),
        return_exceptions=True,
    )

    assert sum(not isinstance(result, Exception) for result in results) == 1


async def test_an_order_in_stars_replaces_the_one_in_money(shop: Shop) -> None:
    money = await shop.orders.place(shop.wang, plan_code="annual")

    stars = await shop.orders.place(shop.wang, plan_code="annual", in_stars=True)

    assert stars.due == Money(60000, "XTR")
    before = await shop.orders.one(shop.wang, order_id=money.order_id)
    assert before.state is OrderState.CANCELLED
    with pytest.raises(Invalid):
        await shop.orders.place(shop.wang, plan_code="course", in_stars=True)
