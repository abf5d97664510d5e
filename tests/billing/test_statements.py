from datetime import timedelta

import pytest

from community_bot.billing.rules import OrderState
from community_bot.billing.statements import Statements
from community_bot.clock import StandingClock
from community_bot.config.payments import Manual
from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.ids import CountingIds
from community_bot.money import Money
from community_bot.storage.unit import Storage
from tests.billing.shop import SHANGHAI, Shop
from tests.billing.statements import alipay, wechat

ONE, OTHER = "4200002026030211", "4200002026030299"


def opened(shop: Shop) -> Statements:
    return Statements(shop.storage, shop.clock, currency="CNY", zone=SHANGHAI)


async def test_a_proof_is_seen_on_the_statement_and_nothing_is_approved(shop: Shop) -> None:
    statements = opened(shop)
    order = await shop.shown(shop.wang, "annual", ONE)

    found = await statements.take_in(shop.finance, name="wx.csv", data=wechat((ONE, "8888.00")))

    seen = await statements.seen(ONE)
    assert seen is not None
    assert (seen.order_code, seen.agrees) == (order.code, True)
    assert (len(found.claimed), found.unclaimed, found.absent) == (1, (), ())
    now = await shop.orders.one(shop.wang, order_id=order.order_id)
    assert now.state is OrderState.PROOF_SUBMITTED


async def test_another_amount_is_shown_as_such(shop: Shop) -> None:
    statements = opened(shop)
    await shop.shown(shop.wang, "annual", ONE)

    found = await statements.take_in(shop.finance, name="wx.csv", data=wechat((ONE, "888.00")))

    (line,) = found.differing
    assert (line.amount, line.expected) == (Money(88800, "CNY"), Money(888800, "CNY"))


async def test_money_that_nobody_claims_waits_until_it_is_dealt_with(shop: Shop) -> None:
    statements = opened(shop)
    await statements.take_in(
        shop.finance, name="ali.csv", data=alipay((ONE, "8888.00"), (OTHER, "12.00"))
    )
    noted, private = (await statements.compare(shop.finance)).unclaimed

    await shop.money_queue.note(
        shop.finance, gateway="manual", external_id=noted.reference, amount=noted.amount
    )
    await statements.put_aside(shop.finance, line_id=private.line_id)

    assert (await statements.compare(shop.finance)).unclaimed == ()
    assert len(await shop.money_queue.waiting(shop.finance)) == 1
    with pytest.raises(AlreadyDone):
        await statements.put_aside(shop.finance, line_id=private.line_id)


async def test_what_was_approved_and_is_not_on_the_statement_is_an_alarm(shop: Shop) -> None:
    statements = opened(shop)
    order = await shop.bought(shop.wang, "monthly", ONE)
    shop.clock.pass_(timedelta(hours=1))
    far = wechat((OTHER, "1.00"), ("4200002026030300", "2.00"))
    moved = far.replace(b"2026-03-02 10:10", b"2026-03-01 08:00").replace(
        b"2026-03-02 10:11", b"2026-03-03 08:00"
    )

    found = await statements.take_in(shop.finance, name="wx.csv", data=moved)

    (missing,) = found.absent
    assert (missing.order_code, missing.reference) == (order.code, ONE)
    found = await statements.take_in(shop.finance, name="more.csv", data=wechat((ONE, "899.00")))
    assert found.absent == ()


async def test_the_same_statement_twice_changes_nothing(shop: Shop) -> None:
    statements = opened(shop)
    data = wechat((ONE, "8888.00"))
    await statements.take_in(shop.finance, name="wx.csv", data=data)

    again = await statements.take_in(shop.admin, name="wx.csv", data=data)

    assert (again.new, again.known) == (0, 1)


async def test_a_statement_may_stand_for_one_of_two_people(
    storage: Storage, clock: StandingClock, ids: CountingIds
) -> None:
    manual = Manual(two_person_from="5000", statement_approves=True)
    shop = await Shop(storage, clock, ids, manual).open()
    await opened(shop).take_in(shop.finance, name="wx.csv", data=wechat((ONE, "8888.00")))
    stated = await shop.shown(shop.wang, "annual", ONE)
    other = await shop.shown(shop.li, "annual", OTHER)

    assert await shop.approve(shop.finance, stated, "8888")
    assert not await shop.approve(shop.finance, other, "8888")


async def test_by_itself_a_statement_stands_for_nobody(shop: Shop) -> None:
    await opened(shop).take_in(shop.finance, name="wx.csv", data=wechat((ONE, "8888.00")))
    order = await shop.shown(shop.wang, "annual", ONE)

    assert not await shop.approve(shop.finance, order, "8888")


async def test_members_hand_in_no_statements(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        await opened(shop).take_in(shop.wang, name="wx.csv", data=wechat((ONE, "8888.00")))
    with pytest.raises(Invalid):
        await opened(shop).take_in(shop.finance, name="wx.csv", data=wechat())
