from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.facts import Order
from community_bot.billing.lessons import Lessons
from community_bot.billing.refund_facts import Case
from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.money import Money
from tests.billing.shop import Shop

NUMBER = "4200002026030211"


async def asked(shop: Shop, plan: str = "course", after: int = 20) -> Case:
    """Let somebody ask for the money of a course back after the days of full refund."""
    order = await shop.bought(shop.wang, plan, NUMBER)
    shop.clock.pass_(timedelta(days=after))
    return await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="没时间上课")


async def test_what_a_person_counts_changes_the_quote_of_the_case(shop: Shop) -> None:
    lessons = Lessons(shop.storage, shop.clock, refunds=shop.refunds)
    case = await asked(shop)
    assert case.quote.amount == Money(269900, "CNY")
    shop.clock.pass_(timedelta(days=400))

    counted = await lessons.count(shop.finance, case_id=case.case_id, used=3, reason="签到表")

    assert counted.quote.amount == Money(269900 - 269900 * 3 // 9, "CNY")
    approved = await shop.refund_desk.approve(shop.finance, case_id=case.case_id)
    assert approved.quote.amount == counted.quote.amount
    assert await shop.auditor.audit() == []


async def test_what_courses_count_is_used_until_a_person_counts(shop: Shop) -> None:
    async def five(_session: AsyncSession, _order: Order) -> int | None:
        return 5

    lessons = Lessons(shop.storage, shop.clock, refunds=shop.refunds)
    lessons.by_courses = five

    case = await asked(shop)
    counted = await lessons.count(shop.admin, case_id=case.case_id, used=0, reason="未开课")

    assert case.quote.amount == Money(269900 - 269900 * 5 // 9, "CNY")
    assert counted.quote.amount == Money(269900, "CNY")


@pytest.mark.parametrize(("used", "reason"), [(10, "x"), (-1, "x"), (3, " ")])
async def test_a_wrong_count_changes_nothing(shop: Shop, used: int, reason: str) -> None:
    lessons = Lessons(shop.storage, shop.clock, refunds=shop.refunds)
    case = await asked(shop)

    with pytest.raises(Invalid):
        await lessons.count(shop.finance, case_id=case.case_id, used=used, reason=reason)

    assert (await shop.refunds.one(shop.finance, case_id=case.case_id)).quote == case.quote


async def test_lessons_are_counted_where_they_matter_and_by_who_may(shop: Shop) -> None:
    lessons = Lessons(shop.storage, shop.clock, refunds=shop.refunds)
    case = await asked(shop, "annual")

    with pytest.raises(Invalid):
        await lessons.count(shop.finance, case_id=case.case_id, used=1, reason="x")
    with pytest.raises(NotAllowed):
        await lessons.count(shop.wang, case_id=case.case_id, used=1, reason="x")


async def test_a_decided_case_is_not_counted_anew(shop: Shop) -> None:
    lessons = Lessons(shop.storage, shop.clock, refunds=shop.refunds)
    case = await asked(shop)
    await shop.refund_desk.approve(shop.finance, case_id=case.case_id)

    with pytest.raises(AlreadyDone):
        await lessons.count(shop.finance, case_id=case.case_id, used=3, reason="签到表")
