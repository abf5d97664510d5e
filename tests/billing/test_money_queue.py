from datetime import timedelta

import pytest

from community_bot.billing.notices import MoneyWaiting, OrderExpired, ReviewOverdue
from community_bot.billing.rules import OrderState, PaymentState
from community_bot.config.tiers import Tier
from community_bot.errors import AlreadyDone, LimitReached, NotAllowed
from community_bot.money import Money
from tests.billing.shop import ANNUAL, FINANCE, FREE, OWNER, WANG, Shop, sections


async def test_an_order_that_nobody_pays_expires_once(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")
    shop.clock.pass_(timedelta(hours=73))

    first = await shop.deadlines.sweep(shop.clock.now())
    second = await shop.deadlines.sweep(shop.clock.now())

    assert (first.expired, second.expired) == (1, 0)
    assert (await shop.orders.one(shop.wang, order_id=order.order_id)).state is OrderState.EXPIRED
    assert [type(word) for word in await shop.told(WANG)][1:] == [OrderExpired]


async def test_an_order_with_a_proof_never_expires(shop: Shop) -> None:
    await shop.shown(shop.wang, "course")
    shop.clock.pass_(timedelta(days=30))

    swept = await shop.deadlines.sweep(shop.clock.now())
    await shop.deadlines.sweep(shop.clock.now())

    assert (swept.expired, swept.overdue) == (0, 1)
    assert isinstance((await shop.told(FINANCE))[-1], ReviewOverdue)
    assert len(await shop.told(FINANCE)) == 2


async def test_money_that_comes_late_is_granted(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")
    shop.clock.pass_(timedelta(hours=73))
    await shop.deadlines.sweep(shop.clock.now())

    late = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )
    await shop.approve(shop.finance, late, "2699")

    assert (await shop.memberships.standing(WANG)).is_member


async def test_money_that_comes_when_the_last_seat_is_gone_waits_for_a_person(shop: Shop) -> None:
    await shop.tiers.apply(_with_one_seat())
    order = await shop.orders.place(shop.wang, plan_code="annual")
    shop.clock.pass_(timedelta(hours=73))
    await shop.deadlines.sweep(shop.clock.now())
    await shop.bought(shop.li, "annual", "4200002026030299")

    late = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )
    await shop.approve(shop.finance, late, "8888")
    await shop.approve(shop.admin, late, "8888")

    (queued,) = await shop.money_queue.waiting(shop.finance)
    assert queued.order is not None
    assert queued.order.state is OrderState.PAID_UNFULFILLABLE
    with pytest.raises(LimitReached):
        await shop.money_queue.fulfil(shop.finance, order_id=order.order_id)
    await shop.tiers.apply(_with_one_seat(seats=2))
    await shop.money_queue.fulfil(shop.finance, order_id=order.order_id)
    assert (await shop.memberships.standing(WANG)).is_member


async def test_the_last_seat_is_held_by_the_first_who_orders(shop: Shop) -> None:
    await shop.tiers.apply(_with_one_seat())
    await shop.orders.place(shop.wang, plan_code="annual")

    with pytest.raises(LimitReached):
        await shop.orders.place(shop.li, plan_code="annual")


async def test_money_without_an_order_waits_until_somebody_says_what_it_is_for(
    shop: Shop,
) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")
    taken = await shop.money_queue.record(
        shop.finance, gateway="manual", external_id="T99", amount_text="2699", currency="CNY"
    )
    again = await shop.money_queue.record(
        shop.finance, gateway="manual", external_id="T99", amount_text="2699", currency="CNY"
    )

    assigned = await shop.money_queue.assign(
        shop.admin, payment_id=taken.payment.payment_id, order_id=order.order_id
    )

    assert (taken.is_new, again.is_new) == (True, False)
    assert isinstance((await shop.told(OWNER))[0], MoneyWaiting)
    assert assigned.payment.state is PaymentState.MATCHED
    assert (await shop.memberships.standing(WANG)).is_member
    assert await shop.money_queue.waiting(shop.finance) == []
    with pytest.raises(AlreadyDone):
        await shop.money_queue.assign(
            shop.admin, payment_id=taken.payment.payment_id, order_id=order.order_id
        )


async def test_what_was_short_may_be_moved_to_another_order(shop: Shop) -> None:
    dear = await shop.shown(shop.wang, "annual")
    for judge in (shop.finance, shop.admin):
        await shop.approvals.take_short(
            judge, order_id=dear.order_id, version=dear.version, amount_text="2699"
        )
    (queued,) = await shop.money_queue.waiting(shop.finance)
    assert queued.payment is not None
    cheap = await shop.orders.place(shop.wang, plan_code="course")

    await shop.money_queue.assign(
        shop.finance, payment_id=queued.payment.payment_id, order_id=cheap.order_id
    )

    left = await shop.orders.one(shop.wang, order_id=dear.order_id)
    assert left.received == Money(0, "CNY")
    paid = await shop.orders.one(shop.wang, order_id=cheap.order_id)
    assert paid.state is OrderState.FULFILLED


async def test_what_came_above_the_price_goes_back_once(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")
    await shop.approve(shop.finance, order, "2700")
    (queued,) = await shop.money_queue.waiting(shop.finance)
    assert queued.order is not None

    surplus = await shop.payback.return_surplus(shop.finance, order_id=order.order_id)

    assert surplus == Money(100, "CNY")
    assert await shop.money_queue.waiting(shop.finance) == []
    with pytest.raises(AlreadyDone):
        await shop.payback.return_surplus(shop.finance, order_id=order.order_id)
    (due,) = await shop.payback.due(shop.finance)
    await shop.payback.returned(shop.finance, refund_id=due.refund_id, reference=None)
    quote = await shop.refunds.quote(shop.wang, order_id=order.order_id)
    assert quote.amount == Money(269900, "CNY")
    assert await shop.auditor.audit() == []


async def test_only_those_who_look_after_money_see_the_queue(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        await shop.money_queue.waiting(shop.wang)


def _with_one_seat(seats: int = 1) -> tuple[Tier, ...]:
    return sections(FREE, {**ANNUAL, "seats": seats, "credits": []})


async def test_whoever_notes_money_is_not_the_second_person_who_has_seen_it(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="annual")
    noted = await shop.money_queue.record(
        shop.finance,
        gateway="manual",
        external_id="4200002026030277",
        amount_text="8888",
        currency="CNY",
    )
    number = noted.payment.payment_id

    with pytest.raises(NotAllowed) as refused:
        await shop.money_queue.assign(shop.finance, payment_id=number, order_id=order.order_id)
    alone = await shop.memberships.standing(WANG)
    await shop.money_queue.assign(shop.admin, payment_id=number, order_id=order.order_id)

    assert refused.value.need == "second_person"
    assert not alone.is_member
    assert (await shop.memberships.standing(WANG)).is_member
