from datetime import UTC, datetime, timedelta

import pytest

from community_bot.billing.referral_notices import ReferralRewarded
from community_bot.billing.referrals import Referrals
from community_bot.errors import NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from tests.billing.shop import LI, WANG, Shop

DAY = timedelta(days=1)
MEMBER = Actor(WANG, frozenset({Role.MEMBER}))


def opened(shop: Shop, days: int = 30) -> Referrals:
    return Referrals(
        shop.storage,
        shop.clock,
        ids=shop.ids,
        outbox=shop.outbox,
        memberships=shop.memberships,
        days=days,
    )


async def test_a_friend_who_stays_adds_days(shop: Shop) -> None:
    referrals = opened(shop)
    await shop.bought(shop.wang, "annual")
    code = (await referrals.mine(MEMBER)).code
    assert await referrals.came(shop.li, code=code)
    await shop.bought(shop.li, "monthly", "4200002026030299")

    assert await referrals.sweep(shop.clock.now()) == 0
    shop.clock.pass_(7 * DAY)
    assert await referrals.sweep(shop.clock.now()) == 0
    shop.clock.pass_(timedelta(minutes=1))
    assert await referrals.sweep(shop.clock.now()) == 1
    assert await referrals.sweep(shop.clock.now()) == 0

    until = datetime(2027, 4, 1, 15, 59, 59, tzinfo=UTC)
    assert (await shop.memberships.standing(WANG)).until == until
    assert ReferralRewarded(30, until) in await shop.told(WANG)
    assert (await referrals.mine(MEMBER)).rewarded == 1
    assert await shop.auditor.audit() == []


async def test_money_that_went_back_rewards_nobody(shop: Shop) -> None:
    referrals = opened(shop)
    await shop.bought(shop.wang, "annual")
    await referrals.came(shop.li, code=(await referrals.mine(MEMBER)).code)
    order = await shop.bought(shop.li, "monthly", "4200002026030299")
    await shop.refunds.ask(shop.li, order_id=order.order_id, reason="不合适")

    shop.clock.pass_(20 * DAY)

    assert await referrals.sweep(shop.clock.now()) == 0


async def test_nobody_recommends_themselves_or_somebody_who_is_here_already(shop: Shop) -> None:
    referrals = opened(shop)
    await shop.bought(shop.wang, "annual")
    await shop.orders.place(shop.li, plan_code="monthly")
    code = (await referrals.mine(MEMBER)).code

    assert not await referrals.came(shop.wang, code=code)
    assert not await referrals.came(shop.li, code=code)
    assert not await referrals.came(Actor(1003, frozenset()), code="NOBODY22")


async def test_the_first_recommendation_counts(shop: Shop) -> None:
    referrals = opened(shop)
    await shop.bought(shop.wang, "annual")
    code = (await referrals.mine(MEMBER)).code

    assert await referrals.came(shop.li, code=code)
    assert not await referrals.came(shop.li, code=code)
    assert (await referrals.mine(MEMBER)).came == 1


async def test_who_has_nothing_to_add_to_keeps_the_claim(shop: Shop) -> None:
    referrals = opened(shop)
    await shop.bought(shop.wang, "monthly")
    await referrals.came(shop.li, code=(await referrals.mine(MEMBER)).code)
    await shop.bought(shop.li, "annual", "4200002026030299")
    shop.clock.pass_(60 * DAY)

    assert await referrals.sweep(shop.clock.now()) == 0
    await shop.bought(shop.wang, "monthly", "4200002026050299")
    assert await referrals.sweep(shop.clock.now()) == 1


async def test_by_itself_nothing_is_given(shop: Shop) -> None:
    referrals = opened(shop, days=0)

    with pytest.raises(NotFound):
        await referrals.mine(MEMBER)
    assert not await referrals.came(shop.li, code="NOBODY22")
    assert await referrals.sweep(shop.clock.now()) == 0


async def test_only_members_recommend(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        await opened(shop).mine(Actor(LI, frozenset({Role.GUEST})))
