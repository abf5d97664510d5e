from datetime import timedelta
from typing import Any

import pytest

from community_bot.billing.waitlist import Waitlist
from community_bot.billing.waitlist_notices import SeatFree, SeatPassed
from community_bot.errors import Invalid, LimitReached, NotFound
from community_bot.people.roles import Actor, Role
from tests.billing.shop import ANNUAL, FREE, LI, Shop, sections

HOUR = timedelta(hours=1)
ZHANG = Actor(1003, frozenset({Role.GUEST}))
ONE_SEAT: dict[str, Any] = {**ANNUAL, "seats": 1, "credits": []}


@pytest.fixture
async def waitlist(shop: Shop) -> Waitlist:
    await shop.tiers.apply(sections(FREE, ONE_SEAT))
    return Waitlist(shop.storage, shop.clock, outbox=shop.outbox)


async def sold_out(shop: Shop) -> int:
    """Let somebody order the only seat; return the order."""
    return (await shop.orders.place(shop.wang, plan_code="annual")).order_id


async def told(shop: Shop, member_id: int) -> list[type]:
    kinds = (SeatFree, SeatPassed)
    return [type(word) for word in await shop.told(member_id) if isinstance(word, kinds)]


async def test_who_comes_first_is_offered_the_seat_first(shop: Shop, waitlist: Waitlist) -> None:
    order_id = await sold_out(shop)
    await waitlist.join(shop.li, tier_code="annual")
    behind = await waitlist.join(ZHANG, tier_code="annual")
    assert (behind.position, behind.length) == (2, 2)

    await shop.orders.cancel(shop.wang, order_id=order_id)
    assert await waitlist.sweep(shop.clock.now()) == 1

    assert (await told(shop, LI), await told(shop, ZHANG.member_id)) == ([SeatFree], [])
    with pytest.raises(LimitReached):
        await shop.orders.place(ZHANG, plan_code="annual")
    with pytest.raises(LimitReached):
        await shop.orders.place(shop.wang, plan_code="annual")
    assert (await shop.orders.place(shop.li, plan_code="annual")).is_open


async def test_a_seat_that_is_not_taken_in_a_day_is_the_next_ones(
    shop: Shop, waitlist: Waitlist
) -> None:
    order_id = await sold_out(shop)
    await waitlist.join(shop.li, tier_code="annual")
    await waitlist.join(ZHANG, tier_code="annual")
    await shop.orders.cancel(shop.wang, order_id=order_id)
    await waitlist.sweep(shop.clock.now())

    shop.clock.pass_(23 * HOUR)
    await waitlist.sweep(shop.clock.now())
    assert await told(shop, ZHANG.member_id) == []
    shop.clock.pass_(HOUR)
    await waitlist.sweep(shop.clock.now())
    await waitlist.sweep(shop.clock.now())

    assert await told(shop, LI) == [SeatFree, SeatPassed]
    assert await told(shop, ZHANG.member_id) == [SeatFree]
    line = await waitlist.line(shop.li, tier_code="annual")
    assert (line.position, line.held_until, line.is_full) == (None, None, True)


async def test_who_has_ordered_is_in_line_no_more(shop: Shop, waitlist: Waitlist) -> None:
    order_id = await sold_out(shop)
    await waitlist.join(shop.li, tier_code="annual")
    await shop.orders.cancel(shop.wang, order_id=order_id)
    await waitlist.sweep(shop.clock.now())
    await shop.orders.place(shop.li, plan_code="annual")

    shop.clock.pass_(25 * HOUR)
    await waitlist.sweep(shop.clock.now())

    assert await told(shop, LI) == [SeatFree]


async def test_a_member_renews_whoever_waits(shop: Shop, waitlist: Waitlist) -> None:
    await shop.bought(shop.wang, "annual")
    await waitlist.join(shop.li, tier_code="annual")

    renewal = await shop.orders.place(shop.wang, plan_code="annual")

    assert renewal.is_open


async def test_joining_twice_keeps_the_place_and_leaving_gives_it_up(
    shop: Shop, waitlist: Waitlist
) -> None:
    await sold_out(shop)
    await waitlist.join(shop.li, tier_code="annual")
    await waitlist.join(ZHANG, tier_code="annual")

    again = await waitlist.join(shop.li, tier_code="annual")
    left = await waitlist.leave(shop.li, tier_code="annual")

    assert (again.position, left.position, left.length) == (1, None, 1)


async def test_nobody_waits_where_a_seat_is_free_or_none_are_counted(
    shop: Shop, waitlist: Waitlist
) -> None:
    with pytest.raises(Invalid):
        await waitlist.join(shop.wang, tier_code="annual")
    with pytest.raises(NotFound):
        await waitlist.join(shop.wang, tier_code="guest")
