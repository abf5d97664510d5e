"""What is seen of a plan before it is ordered, and how long an order holds its seat."""

from datetime import timedelta

import pytest

from community_bot.billing.rules import OrderState
from community_bot.errors import LimitReached
from tests.billing.shop import ANNUAL, FREE, Shop, sections


async def with_one_seat(shop: Shop) -> None:
    await shop.tiers.apply(sections(FREE, {**ANNUAL, "credits": [], "seats": 1}))


async def hours_pass(shop: Shop, hours: int) -> None:
    shop.clock.pass_(timedelta(hours=hours))
    await shop.deadlines.sweep(shop.clock.now())


async def test_who_has_all_of_it_already_is_warned_and_may_give_it_away(shop: Shop) -> None:
    before = await shop.window.look(shop.wang, plan_code="course")
    await shop.bought(shop.wang, "annual")

    view = await shop.window.look(shop.wang, plan_code="course")

    assert before.contained_in is None
    assert view.contained_in is not None
    assert view.contained_in.code == "annual"
    assert view.may_be_given


async def test_what_goes_further_than_ones_tier_is_no_matter_of_warning(shop: Shop) -> None:
    await shop.bought(shop.wang, "monthly")

    view = await shop.window.look(shop.wang, plan_code="annual")

    assert view.contained_in is None


async def test_an_unpaid_order_holds_its_seat_for_two_hours(shop: Shop) -> None:
    await with_one_seat(shop)
    await shop.orders.place(shop.wang, plan_code="annual")
    with pytest.raises(LimitReached):
        await shop.orders.place(shop.li, plan_code="annual")
    seen = await shop.window.look(shop.li, plan_code="annual")

    await hours_pass(shop, 3)

    assert seen.is_full
    assert (await shop.orders.place(shop.li, plan_code="annual")).is_open


async def test_a_proof_holds_the_seat_until_it_is_decided(shop: Shop) -> None:
    await with_one_seat(shop)
    order = await shop.shown(shop.wang, "annual")

    await hours_pass(shop, 30)

    kept = await shop.orders.one(shop.wang, order_id=order.order_id)
    assert kept.state is OrderState.PROOF_SUBMITTED
    with pytest.raises(LimitReached):
        await shop.orders.place(shop.li, plan_code="annual")


async def test_a_plan_without_seats_waits_as_long_as_before(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")

    assert order.expires_at - order.placed_at == timedelta(hours=72)


async def test_the_ways_on_lead_never_down(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")

    found = await shop.window.ways_on(shop.wang)

    assert [offer.tier.code for offer in found.offers] == ["annual"]
    assert found.held is not None
    assert found.held.code == "annual"
