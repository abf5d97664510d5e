"""What an order gave goes on elsewhere, in an upgrade or an account: its money goes back once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from community_bot.billing.auditor import Finding
from community_bot.billing.facts import Order
from community_bot.billing.refund_rules import Item
from community_bot.billing.rows import OrderRow
from community_bot.billing.rules import OrderState
from community_bot.errors import Invalid, NotFound
from community_bot.membership.rules import Phase
from tests.billing.shop import LI, WANG, Shop


async def upgraded(shop: Shop) -> tuple[Order, Order]:
    """Let somebody buy a month, and rise to a year with what is left of it."""
    month = await shop.bought(shop.wang, "monthly", "4200002026030201")
    shop.clock.pass_(timedelta(hours=1))
    year = await shop.bought(shop.wang, "annual", "4200002026030202")
    return month, year


async def test_what_an_upgrade_has_credited_is_not_given_back_as_well(shop: Shop) -> None:
    month, _ = await upgraded(shop)

    with pytest.raises(Invalid) as refused:
        await shop.refunds.ask(shop.wang, order_id=month.order_id, reason="不合适")

    assert refused.value.reason == "credited"
    assert await shop.refunds.mine(shop.wang) == []


async def test_a_request_from_before_the_upgrade_is_not_agreed_to_after_it(shop: Shop) -> None:
    month = await shop.bought(shop.wang, "monthly", "4200002026030201")
    shop.clock.pass_(timedelta(days=9))
    case = await shop.refunds.ask(shop.wang, order_id=month.order_id, reason="不合适")
    await shop.bought(shop.wang, "annual", "4200002026030202")

    with pytest.raises(Invalid) as refused:
        await shop.refund_desk.approve(shop.finance, case_id=case.case_id)

    assert refused.value.reason == "credited"


async def test_when_the_upgrade_goes_back_at_once_the_first_order_can_as_well(shop: Shop) -> None:
    month, year = await upgraded(shop)
    await shop.refunds.ask(shop.wang, order_id=year.order_id, reason="不合适")

    await shop.refunds.ask(shop.wang, order_id=month.order_id, reason="不合适")

    owed = [refund.amount for refund in await shop.payback.due(shop.finance)]
    assert sum(amount.minor for amount in owed) == month.due.minor + year.due.minor
    assert await shop.auditor.audit() == []


async def test_the_credit_of_an_upgrade_counts_towards_the_days_used(shop: Shop) -> None:
    _, year = await upgraded(shop)
    shop.clock.pass_(timedelta(days=73))

    quote = await shop.refunds.quote(shop.wang, order_id=year.order_id)

    assert [(line.item, line.amount.minor) for line in quote.lines] == [
        (Item.PAID, 798900),
        (Item.CREDITED, 89900),
        (Item.USED_DAYS, -177760),  # a fifth of 8888.00
    ]
    assert quote.amount.minor == 711040


async def test_days_after_a_membership_was_ended_are_not_used(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    (right,) = await shop.memberships.of(WANG)
    shop.clock.pass_(timedelta(days=73))
    await shop.grants.end(
        shop.admin, member_id=WANG, entitlement_id=right.entitlement_id, reason="违规"
    )
    before = await shop.refunds.quote(shop.wang, order_id=order.order_id)
    shop.clock.pass_(timedelta(days=60))

    after = await shop.refunds.quote(shop.wang, order_id=order.order_id)

    assert after.amount == before.amount


async def test_a_moved_membership_is_given_back_by_who_has_it_and_ends(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    await shop.grants.move(shop.admin, from_id=WANG, to_id=LI, reason="换手机")

    with pytest.raises(Invalid) as refused:
        await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="不合适")
    (open_to_li,) = await shop.refunds.open_to(shop.li)
    await shop.refunds.ask(shop.li, order_id=open_to_li.order_id, reason="不合适")

    assert refused.value.reason == "moved"
    assert await shop.refunds.open_to(shop.wang) == []
    assert (await shop.memberships.standing(LI)).phase is Phase.LAPSED
    assert await shop.auditor.audit() == []


async def test_the_money_of_strangers_is_nobodys_to_ask_back(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")

    with pytest.raises(NotFound):
        await shop.refunds.of(shop.li, order_id=order.order_id)
    with pytest.raises(NotFound):
        await shop.refunds.ask(shop.li, order_id=order.order_id, reason="?")


async def test_an_upgrade_waits_for_a_person_when_its_credit_has_gone_back_meanwhile(
    shop: Shop,
) -> None:
    month = await shop.bought(shop.wang, "monthly", "4200002026030201")
    shop.clock.pass_(timedelta(days=9))
    case = await shop.refunds.ask(shop.wang, order_id=month.order_id, reason="不合适")
    year = await shop.shown(shop.wang, "annual", "4200002026030202")
    await shop.refund_desk.approve(
        shop.finance, case_id=case.case_id, amount_text="100", keeps_access=True
    )

    amount = f"{year.due.minor / 100:.2f}"
    await shop.approve(shop.finance, year, amount)
    await shop.approve(shop.admin, year, amount)

    after = await shop.orders.one(shop.wang, order_id=year.order_id)
    assert after.state is OrderState.PAID_UNFULFILLABLE


async def test_money_that_went_back_beside_its_credit_is_found(shop: Shop) -> None:
    month, _ = await upgraded(shop)
    async with shop.storage.work() as unit:
        await unit.session.execute(
            sa.update(OrderRow)
            .where(OrderRow.order_id == month.order_id)
            .values(refunded_minor=100)
        )
        await unit.commit()

    assert Finding("no_money_goes_back_beside_its_credit", str(month.order_id)) in (
        await shop.auditor.audit()
    )
