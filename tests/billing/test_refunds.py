import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.facts import Order, Payment
from community_bot.billing.refund_notices import (
    RefundApproved,
    RefundDenied,
    RefundDue,
    RefundFailed,
    RefundReturned,
)
from community_bot.billing.refund_rules import CaseState, Ground
from community_bot.billing.rules import OrderState, PaymentState
from community_bot.billing.till import Income
from community_bot.errors import AlreadyDone, Declined, Invalid, NotAllowed, NotFound, Unreachable
from community_bot.membership import access_queries
from community_bot.membership.rules import Phase
from community_bot.money import Money
from tests.billing.shop import FINANCE, WANG, Shop


async def test_within_the_cooling_off_days_the_answer_is_yes_at_once(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=7))

    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="不合适")

    assert (case.state, case.quote.ground) == (CaseState.APPROVED, Ground.COOLING_OFF)
    assert (await shop.memberships.standing(WANG)).phase is Phase.LAPSED
    assert RefundApproved(
        case.case_id, order.code, Money(888800, "CNY"), access_ends=True
    ) in await shop.told(WANG)
    assert isinstance((await shop.told(FINANCE))[-1], RefundDue)


async def test_the_money_is_owed_until_somebody_has_transferred_it(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="不合适")
    (due,) = await shop.payback.due(shop.finance)

    await shop.payback.returned(shop.finance, refund_id=due.refund_id, reference="R1")

    (payment,) = await shop.payments(order)
    assert payment.state is PaymentState.REFUNDED
    assert await shop.payback.due(shop.finance) == []
    assert isinstance((await shop.told(WANG))[-1], RefundReturned)
    with pytest.raises(AlreadyDone):
        await shop.payback.returned(shop.admin, refund_id=due.refund_id, reference="R1")


async def test_later_the_unused_days_are_quoted_line_by_line(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=73))

    quote = await shop.refunds.quote(shop.wang, order_id=order.order_id)

    assert quote.ground is Ground.UNUSED_DAYS
    assert [(line.amount.minor, line.used, line.promised) for line in quote.lines] == [
        (888800, None, None),
        (-177760, 73, 365),
    ]
    assert quote.amount == Money(711040, "CNY")


async def test_unused_lessons_are_given_back(shop: Shop) -> None:
    async def four(_session: AsyncSession, _order: Order) -> int:
        return 4

    shop.refunds.lessons_used = four
    order = await shop.bought(shop.wang, "course")
    shop.clock.pass_(timedelta(days=30))

    quote = await shop.refunds.quote(shop.wang, order_id=order.order_id)

    assert (quote.ground, quote.amount) == (Ground.UNUSED_LESSONS, Money(149945, "CNY"))


async def test_nobody_is_removed_while_a_case_is_open(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))

    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="没时间")
    again = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="没时间")
    assert again == case
    assert await _held(shop) == {WANG}

    await shop.refunds.withdraw(shop.wang, case_id=case.case_id)
    assert await _held(shop) == set()
    assert (await shop.memberships.standing(WANG)).is_member


async def test_a_denied_member_may_ask_a_second_person(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))
    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="导师没有回答")

    await shop.refund_desk.deny(shop.finance, case_id=case.case_id, reason="记录显示已答复")
    await shop.refunds.appeal(shop.wang, case_id=case.case_id, text="只回答了一半")

    with pytest.raises(NotAllowed):
        await shop.refund_desk.overrule(shop.finance, case_id=case.case_id)
    decided = await shop.refund_desk.overrule(
        shop.admin, case_id=case.case_id, amount_text="1000", keeps_access=True
    )
    assert decided.state is CaseState.DECIDED
    assert (await shop.memberships.standing(WANG)).is_member
    refunded = await shop.orders.one(shop.wang, order_id=order.order_id)
    assert (refunded.state, refunded.refunded) == (
        OrderState.PARTLY_REFUNDED,
        Money(100000, "CNY"),
    )


async def test_the_second_answer_is_the_last(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))
    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")
    await shop.refund_desk.deny(shop.finance, case_id=case.case_id, reason="不符合条件")
    await shop.refunds.appeal(shop.wang, case_id=case.case_id, text="请再看一下")

    await shop.refund_desk.uphold(shop.admin, case_id=case.case_id, reason="同意第一次的决定")

    words = [word for word in await shop.told(WANG) if isinstance(word, RefundDenied)]
    assert [word.may_appeal for word in words] == [True, False]
    assert await _held(shop) == set()


async def test_whoever_decides_may_ask_first(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))
    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")

    await shop.refund_desk.question(shop.finance, case_id=case.case_id, text="哪一节课？")
    case = await shop.refunds.answer(shop.wang, case_id=case.case_id, text="第三节")

    assert case.state is CaseState.NEEDS_ADMIN
    assert [said.text for said in case.said] == ["哪一节课？", "第三节"]


async def test_more_than_was_paid_never_goes_back(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))
    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")

    with pytest.raises(Invalid):
        await shop.refund_desk.approve(shop.finance, case_id=case.case_id, amount_text="8888.01")

    assert await shop.payback.due(shop.finance) == []


async def test_ten_approvals_at_once_give_back_once(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))
    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")

    await asyncio.gather(
        *(shop.refund_desk.approve(shop.finance, case_id=case.case_id) for _ in range(10)),
        return_exceptions=True,
    )

    assert len(await shop.payback.due(shop.finance)) == 1


async def test_a_strangers_case_does_not_exist(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=30))
    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")

    with pytest.raises(NotFound):
        await shop.refunds.one(shop.li, case_id=case.case_id)
    with pytest.raises(NotFound):
        await shop.refunds.withdraw(shop.li, case_id=case.case_id)
    with pytest.raises(NotFound):
        await shop.refunds.ask(shop.li, order_id=order.order_id, reason="?")


async def test_a_gateway_that_does_not_answer_is_asked_again_under_the_same_key(
    shop: Shop,
) -> None:
    keys: list[str] = []

    async def silent(_payment: Payment, _amount: Money, key: str) -> None:
        keys.append(key)
        raise Unreachable

    async def willing(_payment: Payment, _amount: Money, key: str) -> None:
        keys.append(key)

    await _paid_by_stars(shop)

    assert await shop.payback.push("fake", silent) == 0
    assert await shop.payback.push("fake", willing) == 1
    assert await shop.payback.push("fake", willing) == 0
    assert keys == ["refund-1", "refund-1"]


async def test_what_a_gateway_refuses_waits_for_a_person_who_transfers_it(shop: Shop) -> None:
    async def unwilling(_payment: Payment, _amount: Money, _key: str) -> None:
        raise Declined("balance too low")

    async def willing(_payment: Payment, _amount: Money, _key: str) -> None:
        return None

    order = await _paid_by_stars(shop)

    await shop.payback.push("fake", unwilling)
    failed = (await shop.told(FINANCE))[-1]
    assert isinstance(failed, RefundFailed)
    assert await shop.payback.push("fake", willing) == 0
    await shop.payback.returned(shop.finance, refund_id=failed.refund_id, reference="T1")

    (payment,) = await shop.payments(order)
    assert payment.state is PaymentState.REFUNDED


async def test_what_is_given_back_by_hand_meanwhile_is_not_given_back_again(shop: Shop) -> None:
    given: list[str] = []

    async def while_finance_works(_payment: Payment, _amount: Money, key: str) -> None:
        given.append(key)
        await shop.payback.returned(shop.finance, refund_id=2, reference="T1")

    for number in (1, 2):
        taken = await shop.money_queue.record(
            shop.finance,
            gateway="fake",
            external_id=f"charge-{number}",
            amount_text="899",
            currency="CNY",
        )
        payment_id = taken.payment.payment_id
        await shop.payback.give_back(shop.finance, payment_id=payment_id, reason="转错了")

    assert await shop.payback.push("fake", while_finance_works) == 1
    assert given == ["refund-1"]
    assert await shop.auditor.audit() == []


async def test_what_a_rail_is_giving_back_is_not_noted_by_hand(shop: Shop) -> None:
    async def silent(_payment: Payment, _amount: Money, _key: str) -> None:
        raise Unreachable

    async def willing(_payment: Payment, _amount: Money, _key: str) -> None:
        return None

    order = await _paid_by_stars(shop)
    await shop.payback.push("fake", silent)

    with pytest.raises(Invalid, match="returning"):
        await shop.payback.returned(shop.finance, refund_id=1, reference="T1")

    assert await shop.payback.push("fake", willing) == 1
    (payment,) = await shop.payments(order)
    assert payment.state is PaymentState.REFUNDED


async def test_what_waits_in_the_queue_may_be_given_back(shop: Shop) -> None:
    taken = await shop.money_queue.record(
        shop.finance, gateway="manual", external_id="T99", amount_text="2699", currency="CNY"
    )

    await shop.payback.give_back(shop.finance, payment_id=taken.payment.payment_id, reason="转错了")

    (due,) = await shop.payback.due(shop.finance)
    await shop.payback.returned(shop.finance, refund_id=due.refund_id, reference=None)
    assert await shop.money_queue.waiting(shop.finance) == []


async def _paid_by_stars(shop: Shop) -> Order:
    """Let somebody pay by a gateway, and have it back within the cooling-off days."""
    order = await shop.orders.place(shop.wang, plan_code="course")
    async with shop.storage.work() as unit:
        income = Income("fake", "charge-1", order.due, order.order_id, WANG)
        await shop.till.take(unit, income, actor_id=None)
        await unit.commit()
    await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")
    return order


async def _held(shop: Shop) -> set[int]:
    async with shop.storage.read() as session:
        return await access_queries.held(session)


async def test_while_what_came_above_is_on_its_way_back_a_person_gives_the_rest(
    shop: Shop,
) -> None:
    order = await shop.shown(shop.wang, "annual")
    await shop.approve(shop.finance, order, "9000")
    await shop.approve(shop.admin, order, "9000")
    await shop.payback.return_surplus(shop.finance, order_id=order.order_id)

    case = await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="不合适")
    with pytest.raises(Invalid, match="part_returning"):
        await shop.refund_desk.approve(shop.admin, case_id=case.case_id)
    (due,) = await shop.payback.due(shop.finance)
    await shop.payback.returned(shop.finance, refund_id=due.refund_id, reference="4200002603")
    decided = await shop.refund_desk.approve(shop.admin, case_id=case.case_id)

    assert (case.state, case.quote.is_full) == (CaseState.NEEDS_ADMIN, True)
    assert decided.state is CaseState.APPROVED
    assert [one.amount.minor for one in await shop.payback.due(shop.finance)] == [888800]
    assert await shop.auditor.audit() == []
