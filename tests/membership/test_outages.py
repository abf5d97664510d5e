"""After a long outage nobody is removed for a day; after a short one nothing changes."""

from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock
from community_bot.config.payments import Payments, Stars
from community_bot.delivery.acts import Remove
from community_bot.errors import Invalid, NotAllowed
from community_bot.membership import access_queries
from community_bot.membership.notices import RemovalsLocked
from community_bot.membership.outages import Outages, mark_restored
from community_bot.people.roles import Actor, Role
from community_bot.storage import leases
from community_bot.storage.unit import Storage
from tests.billing.shop import ADMIN, OWNER, Shop
from tests.living import living, telegram

HOUR = timedelta(hours=1)


async def everybody(_chat_id: int, _member_id: int) -> bool | None:
    return True


def outages(shop: Shop, *, takes_stars: bool = False) -> Outages:
    return Outages(
        shop.storage,
        shop.clock,
        outbox=shop.outbox,
        people=shop.people,
        removals=shop.removals,
        rails=Payments(stars=Stars(enabled=takes_stars)),
    )


async def worked(storage: Storage, shop: Shop) -> None:
    """Let a program work, and be stopped cleanly."""
    now = shop.clock.now()
    lease = await leases.take(storage, name="inbox", owner="here|1|t", now=now)
    assert lease is not None
    await leases.give_back(storage, lease, now=now)


async def waiting_removals_of(storage: Storage) -> set[int]:
    async with storage.read() as session:
        return await access_queries.waiting_removals(session)


@pytest.fixture
async def stranger(shop: Shop) -> None:
    """Let somebody without a membership be in the members' group."""
    await shop.spaces.bind(shop.owner, chat_id=-1, role="members", title="群", is_forum=False)
    await shop.doors.seen(chat_id=-1, member_id=4004, is_in=True)


async def test_after_a_long_outage_nobody_is_removed_for_a_day(
    shop: Shop, storage: Storage, stranger: None
) -> None:
    await worked(storage, shop)
    shop.clock.pass_(25 * HOUR)

    away = await outages(shop).look_back()

    now = shop.clock.now()
    assert away == 25 * HOUR
    assert await shop.removals.plan(now, everybody) == []
    assert await shop.removals.plan(now + 23 * HOUR, everybody) == []
    assert len(await shop.removals.plan(now + 25 * HOUR, everybody)) == 1


async def test_a_short_outage_changes_nothing(shop: Shop, storage: Storage, stranger: None) -> None:
    await worked(storage, shop)
    shop.clock.pass_(23 * HOUR)

    away = await outages(shop).look_back()

    assert away is None
    assert len(await shop.removals.plan(shop.clock.now(), everybody)) == 1


async def test_the_first_start_is_no_outage(shop: Shop, storage: Storage) -> None:
    assert await outages(shop).look_back() is None


async def test_after_a_restore_nobody_is_removed_until_an_admin_says_so(
    shop: Shop, storage: Storage, stranger: None
) -> None:
    restored_at = shop.clock.now()
    await mark_restored(storage, now=restored_at)
    shop.clock.pass_(HOUR)
    await outages(shop).look_back()
    await shop.reminders.sweep(shop.clock.now())

    shop.clock.pass_(400 * 24 * HOUR)
    await shop.removals.sweep(shop.clock.now(), everybody)
    locked = await shop.told(-1)
    seen = await outages(shop).lock(shop.admin, everybody)
    waiting = await outages(shop).unlock(shop.admin)
    again = await outages(shop).unlock(shop.admin)
    await shop.removals.sweep(shop.clock.now(), everybody)
    await shop.delivered()
    shop.clock.pass_(25 * HOUR)
    await shop.removals.sweep(shop.clock.now(), everybody)

    assert locked == []
    assert seen.restored_at == restored_at
    assert [sorted(report.fates) for report in seen.reports] == [[4004]]
    assert (waiting, again) == (None, None)
    assert await shop.told(-1) == [Remove(-1, 4004)]


async def test_the_lock_is_not_lifted_before_the_stars_that_came_since_were_looked_for(
    shop: Shop, storage: Storage, stranger: None
) -> None:
    await mark_restored(storage, now=shop.clock.now())
    town = outages(shop, takes_stars=True)

    before = await town.lock(shop.admin, everybody)
    with pytest.raises(Invalid, match="stars_unseen"):
        await town.unlock(shop.admin)
    await town.stars_seen()
    after = await town.lock(shop.admin, everybody)
    still_locked = await shop.removals.plan(shop.clock.now(), everybody)
    await town.unlock(shop.admin)

    assert (before.stars_are_unseen, after.stars_are_unseen) == (True, False)
    assert (before.paused_until, still_locked) == (None, [])
    assert [sorted(report.fates) for report in before.reports] == [[4004]]
    assert len(await shop.removals.plan(shop.clock.now(), everybody)) == 1


async def test_owners_and_admins_are_told_of_the_lock_at_start_and_weekly_until_it_is_lifted(
    shop: Shop, storage: Storage
) -> None:
    await mark_restored(storage, now=shop.clock.now())
    await outages(shop).look_back()
    await outages(shop).look_back()
    shop.clock.pass_(8 * 24 * HOUR)
    await outages(shop).remind(shop.clock.now())
    await outages(shop).unlock(shop.admin)
    shop.clock.pass_(8 * 24 * HOUR)
    await outages(shop).remind(shop.clock.now())

    told = [await shop.told(member_id) for member_id in (OWNER, ADMIN)]
    assert [[type(one) for one in some] for some in told] == [[RemovalsLocked] * 2] * 2


async def test_a_removal_that_the_copy_still_promised_does_not_leave(
    shop: Shop, storage: Storage, stranger: None
) -> None:
    await shop.removals.sweep(shop.clock.now(), everybody)
    await shop.delivered()
    shop.clock.pass_(25 * HOUR)
    await shop.removals.sweep(shop.clock.now(), everybody)
    promised = await waiting_removals_of(storage)
    await mark_restored(storage, now=shop.clock.now())

    await outages(shop).look_back()

    assert promised == {4004}
    assert await waiting_removals_of(storage) == set()


async def test_finance_does_not_lift_the_lock(shop: Shop, storage: Storage) -> None:
    await mark_restored(storage, now=shop.clock.now())

    with pytest.raises(NotAllowed):
        await outages(shop).unlock(shop.finance)

    assert (await outages(shop).lock(shop.admin, everybody)).restored_at is not None


async def test_a_bot_that_comes_back_after_two_days_removes_nobody_at_first(
    sqlite_url: str,
) -> None:
    clock = ShiftedClock()
    tiers = [
        {"code": "guest", "name": {"zh": "访客", "en": "Guest"}, "rank": 0},
        {
            "code": "annual",
            "name": {"zh": "年费", "en": "Annual"},
            "rank": 20,
            "opens": ["members"],
            "plans": [{"code": "annual", "price": "8888.00", "years": 1}],
        },
    ]
    async with telegram(clock) as sandbox:
        async with living(sqlite_url, sandbox=sandbox, tiers=tiers) as town:
            spaces, owner = town.community.spaces, Actor(town.owner.id, frozenset({Role.OWNER}))
            await spaces.bind(owner, chat_id=-1, role="members", title="群", is_forum=False)
            await town.community.doors.seen(chat_id=-1, member_id=4004, is_in=True)
        clock.pass_(48 * HOUR)

        async with living(sqlite_url, sandbox=sandbox, tiers=tiers) as town:
            removals = town.community.removals
            first = await removals.plan(clock.now(), everybody)
            later = await removals.plan(clock.now() + 25 * HOUR, everybody)

        async with living(sqlite_url, sandbox=sandbox, tiers=tiers) as town:
            clock.pass_(25 * HOUR)
            again = await town.community.removals.plan(clock.now(), everybody)

    assert (len(first), len(later), len(again)) == (0, 1, 1)
