from datetime import timedelta

import pytest

from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotAllowed
from community_bot.membership.rules import Phase
from tests.billing.shop import ADMIN, LI, WANG, Shop


async def test_staff_give_a_membership_with_a_reason(shop: Shop) -> None:
    await shop.grants.give(shop.admin, member_id=WANG, plan_code="annual", reason="嘉宾")

    assert (await shop.memberships.standing(WANG)).phase is Phase.ACTIVE
    with pytest.raises(AlreadyDone):
        await shop.grants.give(shop.admin, member_id=WANG, plan_code="annual", reason="嘉宾")
    with pytest.raises(Invalid):
        await shop.grants.give(shop.admin, member_id=LI, plan_code="annual", reason=" ")
    with pytest.raises(NotAllowed):
        await shop.grants.give(shop.admin, member_id=ADMIN, plan_code="annual", reason="自己")
    with pytest.raises(NotAllowed):
        await shop.grants.give(shop.wang, member_id=LI, plan_code="annual", reason="朋友")
    assert await shop.auditor.audit() == []


async def test_staff_end_a_membership_once(shop: Shop) -> None:
    right = await shop.grants.give(shop.admin, member_id=WANG, plan_code="annual", reason="嘉宾")

    await shop.grants.end(
        shop.admin, member_id=WANG, entitlement_id=right.entitlement_id, reason="违规"
    )

    assert (await shop.memberships.standing(WANG)).phase is Phase.LAPSED
    with pytest.raises(AlreadyDone):
        await shop.grants.end(
            shop.admin, member_id=WANG, entitlement_id=right.entitlement_id, reason="违规"
        )


async def test_a_new_account_takes_over_every_day(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")
    await shop.bought(shop.wang, "annual", "4200002026030299")
    before = await shop.memberships.standing(WANG)

    moved = await shop.grants.move(shop.admin, from_id=WANG, to_id=LI, reason="换号，已核实")

    after = await shop.memberships.standing(LI)
    assert (moved, after.until) == (2, before.until)
    assert (await shop.memberships.standing(WANG)).phase is Phase.LAPSED
    assert await shop.auditor.audit() == []


async def test_an_account_is_moved_once_in_ninety_days(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")
    await shop.grants.move(shop.admin, from_id=WANG, to_id=LI, reason="换号")

    with pytest.raises(LimitReached):
        await shop.grants.move(shop.admin, from_id=LI, to_id=WANG, reason="换回")
    shop.clock.pass_(timedelta(days=91))
    await shop.grants.move(shop.admin, from_id=LI, to_id=WANG, reason="换回")

    assert (await shop.memberships.standing(WANG)).is_member
