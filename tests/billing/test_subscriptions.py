"""Telegram charges Stars for a plan again and again: each charge gives one period, once."""

from datetime import timedelta

import pytest

from community_bot.billing.checkout import payload_of
from community_bot.billing.facts import Order, Taken
from community_bot.billing.gateways.fake import FakeGateway
from community_bot.billing.refund_rules import CaseState
from community_bot.billing.rules import OrderState, Purpose, Verdict
from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
    SubscriptionMoved,
    SubscriptionResumed,
)
from community_bot.billing.subscription_rules import SubscriptionState
from community_bot.config.tiers import Plan
from community_bot.delivery.acts import EndSubscription
from community_bot.errors import AlreadyDone, IllegalTransition, Invalid, NotAllowed, NotFound
from community_bot.membership.notices import MembershipEnding
from tests.billing.shop import FREE, LI, MONTHLY, RENEWING, SHANGHAI, WANG, Shop, sections

PERIOD = timedelta(days=30)


@pytest.fixture
async def stars(shop: Shop) -> Shop:
    await shop.tiers.apply(sections(FREE, {**MONTHLY, "plans": [RENEWING]}))
    return shop


async def subscribed(shop: Shop, gateway: FakeGateway) -> Order:
    order = await shop.orders.place(shop.wang, plan_code="renewing", in_stars=True)
    await charged(shop, gateway, order)
    return await shop.orders.one(shop.wang, order_id=order.order_id)


async def charged(shop: Shop, gateway: FakeGateway, first: Order) -> Taken:
    charge = gateway.charge(payload_of(first), first.due, WANG, is_recurring=True)
    return await shop.checkout.paid(gateway="fake", charge=charge)


async def days_left(shop: Shop) -> int:
    until = (await shop.memberships.standing(WANG)).until
    assert until is not None
    return (until.astimezone(SHANGHAI).date() - shop.clock.now().astimezone(SHANGHAI).date()).days


async def test_every_charge_gives_thirty_days_more_and_an_order_of_its_own(stars: Shop) -> None:
    gateway = FakeGateway()
    first = await subscribed(stars, gateway)
    stars.clock.pass_(PERIOD)

    again = await charged(stars, gateway, first)
    stars.clock.pass_(PERIOD)
    third = await charged(stars, gateway, first)

    orders = await stars.orders.mine(stars.wang)
    assert (again.verdict, third.verdict) == (Verdict.PAYS, Verdict.PAYS)
    assert [one.state for one in orders] == [OrderState.FULFILLED] * 3
    assert [one.purpose for one in orders[:2]] == [Purpose.SUBSCRIPTION] * 2
    assert await days_left(stars) == 30
    assert await stars.auditor.audit() == []


async def test_a_renewal_that_is_told_twice_and_looked_back_at_counts_once(stars: Shop) -> None:
    gateway = FakeGateway()
    first = await subscribed(stars, gateway)
    charge = gateway.charge(payload_of(first), first.due, WANG, is_recurring=True)

    await stars.checkout.paid(gateway="fake", charge=charge)
    await stars.checkout.paid(gateway="fake", charge=charge)
    found = await stars.checkout.reconcile(gateway)

    assert found == 0
    assert len(await stars.memberships.of(WANG)) == 2


async def test_renewals_that_nobody_heard_of_are_found_by_looking_back(stars: Shop) -> None:
    gateway = FakeGateway()
    order = await stars.orders.place(stars.wang, plan_code="renewing", in_stars=True)
    for _ in range(3):
        gateway.charge(payload_of(order), order.due, WANG, is_recurring=True)

    assert await stars.checkout.reconcile(gateway) == 3

    assert await days_left(stars) == 90
    assert await stars.auditor.audit() == []


async def test_nobody_is_reminded_of_what_goes_on_by_itself(stars: Shop) -> None:
    gateway = FakeGateway()
    first = await subscribed(stars, gateway)
    stars.clock.pass_(timedelta(days=24))

    await stars.reminders.sweep(stars.clock.now())
    before = [word for word in await stars.told(WANG) if isinstance(word, MembershipEnding)]
    await stars.checkout.reported(payload=payload_of(first), member_id=WANG, state="canceled")
    await stars.reminders.sweep(stars.clock.now())
    after = [word for word in await stars.told(WANG) if isinstance(word, MembershipEnding)]

    assert (len(before), len(after)) == (0, 1)


@pytest.mark.parametrize(
    ("states", "word"),
    [
        (["canceled"], SubscriptionEnded),
        (["failed"], SubscriptionFailed),
        (["canceled", "active"], SubscriptionResumed),
    ],
)
async def test_what_telegram_reports_is_told_once(
    stars: Shop, states: list[str], word: type
) -> None:
    first = await subscribed(stars, FakeGateway())

    for state in states:
        for _ in range(2):
            await stars.checkout.reported(payload=payload_of(first), member_id=WANG, state=state)

    assert [type(one) for one in await stars.told(WANG)].count(word) == 1


@pytest.mark.parametrize(
    ("payload", "member_id", "state"),
    [
        ("?", WANG, "canceled"),
        ("order:1:A", WANG, "canceled"),
        (None, 7, "canceled"),
        (None, WANG, "?"),
    ],
)
async def test_a_report_about_nothing_of_ours_changes_nothing(
    stars: Shop, payload: str | None, member_id: int, state: str
) -> None:
    first = await subscribed(stars, FakeGateway())

    await stars.checkout.reported(
        payload=payload or payload_of(first), member_id=member_id, state=state
    )

    found, _ = await stars.subscriptions.of(stars.wang, order_id=first.order_id)
    assert found.state is SubscriptionState.ACTIVE


async def test_stopping_is_asked_of_telegram_once(stars: Shop) -> None:
    first = await subscribed(stars, FakeGateway())

    await stars.subscriptions.end(stars.wang, order_id=first.order_id)

    asked = [one for one in await stars.told(0) if isinstance(one, EndSubscription)]
    found, _ = await stars.subscriptions.of(stars.wang, order_id=first.order_id)
    assert [(one.member_id, one.charge_id) for one in asked] == [(WANG, "charge-1")]
    assert found.state is SubscriptionState.ENDING
    with pytest.raises(IllegalTransition):
        await stars.subscriptions.end(stars.wang, order_id=first.order_id)


async def test_only_the_owner_of_an_order_sees_and_stops_its_renewal(stars: Shop) -> None:
    first = await subscribed(stars, FakeGateway())

    with pytest.raises(NotFound):
        await stars.subscriptions.end(stars.li, order_id=first.order_id)
    with pytest.raises(NotFound):
        await stars.subscriptions.end(stars.wang, order_id=99)


async def test_a_second_subscription_beside_the_first_is_refused(stars: Shop) -> None:
    await subscribed(stars, FakeGateway())

    with pytest.raises(AlreadyDone) as refused:
        await stars.orders.place(stars.wang, plan_code="renewing", in_stars=True)

    assert refused.value.what == "subscription"


async def test_money_that_goes_back_ends_the_charging(stars: Shop) -> None:
    gateway = FakeGateway()
    first = await subscribed(stars, gateway)

    await stars.refunds.ask(stars.wang, order_id=first.order_id, reason="算了")
    taken = await charged(stars, gateway, first)

    found, _ = await stars.subscriptions.of(stars.wang, order_id=first.order_id)
    assert found.state is SubscriptionState.ENDING
    assert taken.verdict is Verdict.EXTRA
    assert [one.payment is not None for one in await stars.money_queue.waiting(stars.finance)]
    assert not (await stars.memberships.standing(WANG)).is_member


async def test_stars_go_back_whole_or_not_at_all(stars: Shop) -> None:
    first = await subscribed(stars, FakeGateway())
    stars.clock.pass_(timedelta(days=15))
    case = await stars.refunds.ask(stars.wang, order_id=first.order_id, reason="算了")

    with pytest.raises(Invalid) as refused:
        await stars.refund_desk.approve(stars.admin, case_id=case.case_id)
    whole = await stars.refund_desk.approve(
        stars.admin, case_id=case.case_id, amount_text=str(first.due.minor)
    )

    assert refused.value.reason == "whole_in_stars"
    assert whole.state is CaseState.APPROVED
    assert await stars.auditor.audit() == []


async def test_paid_by_transfer_the_same_plan_is_never_renewed(stars: Shop) -> None:
    order = await stars.orders.place(stars.wang, plan_code="renewing")

    assert not order.renews


@pytest.mark.parametrize(
    "broken", [{"days": 31}, {"stars": 10_001}, {"stars": None}, {"days": None, "months": 1}]
)
def test_a_renewing_plan_is_what_telegram_knows(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="stars_renew"):
        Plan.model_validate({**RENEWING, **broken})


async def test_a_moved_membership_is_still_paid_and_stopped_by_who_subscribed(stars: Shop) -> None:
    gateway = FakeGateway()
    first = await subscribed(stars, gateway)
    await stars.grants.move(stars.admin, from_id=WANG, to_id=LI, reason="new phone")
    told = [*await stars.told(WANG), *await stars.told(LI)]

    stars.clock.pass_(timedelta(days=29))
    await charged(stars, gateway, first)
    later, *_ = await stars.orders.mine(stars.li)
    with pytest.raises(NotAllowed) as refused:
        await stars.subscriptions.end(stars.li, order_id=later.order_id)
    await stars.subscriptions.end(stars.wang, order_id=first.order_id)

    act = [one for one in await stars.told(0) if isinstance(one, EndSubscription)]
    assert [one.is_payer for one in told if isinstance(one, SubscriptionMoved)] == [True, False]
    assert (await stars.memberships.standing(LI)).is_member
    assert refused.value.need == "payer"
    assert [one.member_id for one in act] == [WANG]
    assert await stars.auditor.audit() == []
