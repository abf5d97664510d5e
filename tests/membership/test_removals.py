from datetime import timedelta

import pytest

from community_bot.delivery.acts import Remove
from community_bot.errors import NotAllowed
from community_bot.membership import access_queries, space_queries
from community_bot.membership.notices import RemovalAhead, RemovalsStopped
from community_bot.membership.removals import Fate
from tests.billing.shop import ADMIN, LI, WANG, Shop

GROUP = -1001000000001


async def everybody_is_in(_chat_id: int, _member_id: int) -> bool | None:
    return True


async def nobody_knows(_chat_id: int, _member_id: int) -> bool | None:
    return None


async def nobody_is_in(_chat_id: int, _member_id: int) -> bool | None:
    return False


async def in_the_group(shop: Shop, *member_ids: int) -> None:
    await shop.spaces.bind(
        shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
    )
    for member_id in member_ids:
        await shop.doors.seen(chat_id=GROUP, member_id=member_id, is_in=True)


async def days_pass(shop: Shop, days: int) -> None:
    """Every week the chores run, and what they promise arrives."""
    weeks, rest = divmod(days, 7)
    for step in [7] * weeks + [rest]:
        shop.clock.pass_(timedelta(days=step))
        await shop.reminders.sweep(shop.clock.now())
        await shop.delivered()


async def acts(shop: Shop) -> list[object]:
    return await shop.told(GROUP)


async def test_a_member_leaves_only_after_the_end_and_after_grace(shop: Shop) -> None:
    await in_the_group(shop, WANG)
    await shop.bought(shop.wang, "annual")

    await days_pass(shop, 360)
    for _ in range(12):
        await days_pass(shop, 1)
        await shop.removals.sweep(shop.clock.now(), everybody_is_in)
        assert await acts(shop) == []
    await days_pass(shop, 1)
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert await acts(shop) == [Remove(GROUP, WANG)]


async def test_who_comes_back_in_grace_stays(shop: Shop) -> None:
    await in_the_group(shop, WANG)
    await shop.bought(shop.wang, "annual")
    await days_pass(shop, 370)
    await shop.bought(shop.wang, "annual", "4200002027010101")

    await days_pass(shop, 10)
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert await acts(shop) == []


async def test_in_doubt_nobody_is_removed(shop: Shop) -> None:
    await in_the_group(shop, WANG)
    await shop.bought(shop.wang, "annual")
    await days_pass(shop, 380)

    (report,) = await shop.removals.sweep(shop.clock.now(), nobody_knows)

    assert report.fates == {WANG: Fate.UNKNOWN}
    assert await acts(shop) == []


async def test_who_has_left_already_is_not_removed(shop: Shop) -> None:
    await in_the_group(shop, WANG)
    await shop.bought(shop.wang, "annual")
    await days_pass(shop, 380)

    await shop.removals.sweep(shop.clock.now(), nobody_is_in)
    (report,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert report.fates == {}


async def test_who_was_not_warned_is_warned_first(shop: Shop) -> None:
    await in_the_group(shop, LI)

    (report,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)
    await shop.delivered()
    shop.clock.pass_(timedelta(days=1))

    assert report.fates == {LI: Fate.WARN}
    assert [type(word) for word in await shop.told(LI)] == [RemovalAhead]
    (report,) = await shop.removals.plan(shop.clock.now(), everybody_is_in)
    assert report.fates == {LI: Fate.REMOVE}


async def test_a_warning_that_has_not_arrived_is_no_warning(shop: Shop) -> None:
    await in_the_group(shop, LI)
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)
    shop.clock.pass_(timedelta(days=30))

    (report,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert report.fates == {LI: Fate.WARN}
    assert len(await shop.told(LI)) == 1


async def test_staff_are_never_removed(shop: Shop) -> None:
    await in_the_group(shop, ADMIN)
    await days_pass(shop, 3)

    (report,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert report.fates == {}


async def test_nobody_is_removed_while_their_money_is_in_dispute(shop: Shop) -> None:
    await in_the_group(shop, LI)
    async with shop.storage.work() as unit:
        await access_queries.hold(unit.session, LI, "case:1", now=shop.clock.now())
        await unit.commit()

    (report,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert report.fates == {LI: Fate.HELD}


async def test_a_sweep_of_too_many_stops_and_asks(shop: Shop) -> None:
    strangers = range(2001, 2006)
    await in_the_group(shop, *strangers)
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)
    await shop.delivered()
    shop.clock.pass_(timedelta(days=1))

    (report,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)

    assert report.is_stopped
    assert report.removed == []
    assert await acts(shop) == []
    assert RemovalsStopped(GROUP, "年费群", 5, 5) in await shop.told(ADMIN)
    with pytest.raises(NotAllowed):
        await shop.removals.confirm(shop.wang, shop.clock.now(), everybody_is_in, chat_id=GROUP)
    await shop.removals.confirm(shop.admin, shop.clock.now(), everybody_is_in, chat_id=GROUP)
    assert len(await acts(shop)) == 5


async def test_a_dry_run_changes_nothing(shop: Shop) -> None:
    await in_the_group(shop, LI)

    (report,) = await shop.removals.plan(shop.clock.now(), everybody_is_in)

    assert report.fates == {LI: Fate.WARN}
    assert await shop.told(LI) == []


async def test_a_pause_stops_every_sweep(shop: Shop) -> None:
    await in_the_group(shop, LI)
    now = shop.clock.now()
    await shop.nobody_is_removed(until=now + timedelta(days=14))

    assert await shop.removals.sweep(now, everybody_is_in) == []
    assert len(await shop.removals.plan(now + timedelta(days=15), everybody_is_in)) == 1


async def test_a_thousand_who_end_at_once_are_shown_warned_and_taken_out_by_one_yes(
    shop: Shop,
) -> None:
    await in_the_group(shop)
    lines = [f"{number},,annual,2026-03-10," for number in range(5000, 6000)]
    await shop.imports.take_over(
        shop.admin, text="\n".join(["member_id,claim,tier,until,note", *lines, ""])
    )
    async with shop.storage.work() as unit:
        for number in range(5000, 6000):
            await space_queries.save_presence(
                unit.session, GROUP, number, is_in=True, now=shop.clock.now()
            )
        await unit.commit()
    shop.clock.pass_(timedelta(days=60))
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)
    await shop.delivered()
    shop.clock.pass_(timedelta(days=1))

    (dry_run,) = await shop.removals.plan(shop.clock.now(), everybody_is_in)
    (stopped,) = await shop.removals.sweep(shop.clock.now(), everybody_is_in)
    before = await acts(shop)
    await shop.removals.confirm(shop.admin, shop.clock.now(), everybody_is_in, chat_id=GROUP)

    assert len(dry_run.with_fate(Fate.REMOVE)) == 1000
    assert stopped.is_stopped
    assert before == []
    assert RemovalsStopped(GROUP, "年费群", 1000, 1000) in await shop.told(ADMIN)
    assert len(await acts(shop)) == 1000
    assert await shop.auditor.audit() == []
