from datetime import timedelta

from community_bot.membership.notices import GraceBegan, MembershipEnding
from community_bot.membership.rules import Phase
from tests.billing.shop import WANG, Shop


async def reminders_of(shop: Shop) -> list[object]:
    return [
        word for word in await shop.told(WANG) if isinstance(word, MembershipEnding | GraceBegan)
    ]


async def test_a_year_is_reminded_of_six_times_and_then_of_grace(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")

    shop.clock.pass_(timedelta(days=330))
    for _ in range(50):
        shop.clock.pass_(timedelta(days=1))
        await shop.reminders.sweep(shop.clock.now())

    words = await reminders_of(shop)
    assert [word.days_left for word in words if isinstance(word, MembershipEnding)] == [
        30,
        14,
        7,
        3,
        1,
        0,
    ]
    assert isinstance(words[-1], GraceBegan)
    assert len(words) == 7


async def test_a_sweep_that_runs_twice_tells_once(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=335))

    await shop.reminders.sweep(shop.clock.now())
    await shop.reminders.sweep(shop.clock.now())

    assert len(await reminders_of(shop)) == 1


async def test_a_reminder_that_was_missed_says_how_many_days_are_left(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=360))

    await shop.reminders.sweep(shop.clock.now())

    (word,) = await reminders_of(shop)
    assert isinstance(word, MembershipEnding)
    assert word.days_left == 5


async def test_who_has_renewed_is_not_reminded(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=330))
    await shop.bought(shop.wang, "annual", "4200002027010101")

    shop.clock.pass_(timedelta(days=34))
    await shop.reminders.sweep(shop.clock.now())

    assert await reminders_of(shop) == []
    assert (await shop.memberships.standing(WANG)).phase is Phase.ACTIVE


async def test_a_week_on_trial_is_reminded_of_within_the_week(shop: Shop) -> None:
    await shop.orders.place(shop.wang, plan_code="trial")

    await shop.reminders.sweep(shop.clock.now())
    shop.clock.pass_(timedelta(days=4))
    await shop.reminders.sweep(shop.clock.now())

    (word,) = await reminders_of(shop)
    assert isinstance(word, MembershipEnding)
    assert word.days_left == 3


async def test_a_higher_membership_has_its_grace_beside_a_lower_one_for_life(shop: Shop) -> None:
    await shop.bought(shop.wang, "course", "4200002026030201")
    await shop.bought(shop.wang, "annual", "4200002026030202")
    shop.clock.pass_(timedelta(days=366))

    await shop.reminders.sweep(shop.clock.now())

    standing = await shop.memberships.standing(WANG)
    assert standing.phase is Phase.GRACE
    assert {"members", "course"} <= standing.opens
    assert isinstance((await reminders_of(shop))[-1], GraceBegan)

    shop.clock.pass_(timedelta(days=7))
    after = await shop.memberships.standing(WANG)
    assert (after.phase, after.until) == (Phase.ACTIVE, None)
    assert "course" in after.opens
    assert "members" not in after.opens
