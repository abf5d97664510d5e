from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from community_bot.config.payments import Manual
from community_bot.config.tiers import Plan, Tiers
from community_bot.errors import Invalid, NotFound
from community_bot.membership.facts import Change
from community_bot.money import Money
from tests.billing.shop import ANNUAL, COURSE, FREE, MONTHLY, SAMPLE, WANG, Shop, sections

DEARER = {**ANNUAL, "plans": [{"code": "annual", "price": "9999.00", "years": 1}]}


async def test_taking_over_the_same_again_changes_nothing(shop: Shop) -> None:
    assert await shop.tiers.apply(sections(*SAMPLE)) == []


async def test_a_new_price_is_a_new_version_and_old_orders_keep_theirs(shop: Shop) -> None:
    before = await shop.orders.place(shop.wang, plan_code="annual")

    changes = await shop.tiers.apply(sections(FREE, COURSE, MONTHLY, DEARER))

    assert changes == [Change("plan_changed", "annual"), Change("plan_retired", "trial")]
    assert (await shop.tiers.plan("annual")).price == Money(999900, "CNY")
    kept = await shop.orders.one(shop.wang, order_id=before.order_id)
    assert kept.due == Money(888800, "CNY")


async def test_what_is_no_longer_sold_can_be_renewed_by_those_who_have_it(shop: Shop) -> None:
    await shop.bought(shop.wang, "monthly")
    await shop.tiers.apply(sections(FREE, COURSE, {**ANNUAL, "credits": []}))

    assert [offer.tier.code for offer in await shop.tiers.offers()] == [
        "guest",
        "course",
        "annual",
    ]
    with pytest.raises(NotFound):
        await shop.orders.place(shop.li, plan_code="monthly")
    assert (await shop.orders.place(shop.wang, plan_code="monthly")).is_open


async def test_a_tier_that_comes_back_is_sold_again(shop: Shop) -> None:
    await shop.tiers.apply(sections(FREE))
    changes = await shop.tiers.apply(sections(*SAMPLE))

    assert Change("tier_changed", "annual") in changes
    assert (await shop.orders.place(shop.wang, plan_code="annual")).is_open


async def test_who_has_nothing_stands_on_the_free_tier(shop: Shop) -> None:
    standing = await shop.memberships.standing(WANG)

    assert standing.tier is not None
    assert (standing.tier.code, standing.opens) == ("guest", frozenset({"lobby"}))


@pytest.mark.parametrize(
    ("raw", "amount"),
    [("8888.00", 888800), (8888, 888800), (8888.5, 888850), ("￥8,888", 888800)],
)
def test_a_price_may_be_written_in_several_ways(raw: object, amount: int) -> None:
    plan = Plan.model_validate({"code": "annual", "price": raw, "years": 1})

    assert plan.amount == Money(amount, "CNY")


@pytest.mark.parametrize(
    "plan",
    [
        {"price": "8888"},
        {"price": "8888", "years": 1, "months": 1},
        {"price": "abc", "years": 1},
        {"price": "8888.001", "years": 1},
        {"price": "0", "years": 1},
        {"price": "1", "trial_days": 7},
        {"price": "1", "years": 1, "currency": "ABC"},
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(plan: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Plan.model_validate({"code": "annual", **plan})


@pytest.mark.parametrize(
    "tiers",
    [
        [FREE, FREE],
        [FREE, {**FREE, "code": "other"}],
        [COURSE, {**MONTHLY, "plans": COURSE["plans"]}],
        [{**COURSE, "successor": "nowhere"}],
        [{**COURSE, "credits": ["course"]}],
        [{**FREE, "plans": COURSE["plans"]}],
        [{**COURSE, "refund": {"afterwards": "unused_lessons"}}],
    ],
)
def test_tiers_that_contradict_each_other_are_refused(tiers: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Tiers).validate_python(tiers)


def test_the_amount_for_two_people_is_checked() -> None:
    assert Manual(two_person_from="100").two_people_from == Money(10000, "CNY")
    with pytest.raises(ValidationError):
        Manual(two_person_from="many")


async def test_a_fixed_last_day_that_is_over_is_not_sold(shop: Shop) -> None:
    past = {
        **COURSE,
        "plans": [{"code": "course", "price": "2699", "ends_on": "2026-01-31"}],
    }
    await shop.tiers.apply(sections(FREE, past))

    with pytest.raises(Invalid) as refused:
        await shop.orders.place(shop.wang, plan_code="course")
    assert refused.value.reason == "over"
