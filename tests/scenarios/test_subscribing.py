"""A plan that Telegram charges Stars for every thirty days: begun, renewed, stopped."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Message, Person
from tests.paid import english
from tests.town import MANUAL, TIERS, Town, keys_of, living, said

RENEWING = {"code": "month", "price": "199.00", "days": 30, "stars": 1500, "stars_renew": True}
PAYMENTS = {"manual": MANUAL, "stars": {"enabled": True}}


def link_of(message: Message) -> str:
    return next(str(key["url"]) for key in keys_of(message) if "url" in key)


async def subscribed(town: Town, person: Person) -> None:
    await town.says(person, "/join")
    plan = said(await town.presses(person, "join:plan:month"))
    await town.presses(person, "join:order:month")
    await town.presses(person, "pay:stars")
    shown = await town.presses(person, "pay:invoice")
    assert "1500 every 30 days" in plan
    assert "every 30 days, until you stop it" in said(shown)
    town.world.pay(person, town.chat(person), link_of(shown))
    await town.told(person, "Your membership has begun")


async def days_of(town: Town, person: Person) -> int:
    rights = await town.community.memberships.of(person.id)
    return len(rights) * 30


async def test_a_subscription_is_renewed_until_its_owner_stops_it(database_url: str) -> None:
    clock = ShiftedClock()
    tiers = [TIERS[0], {**TIERS[1], "plans": [RENEWING]}]
    async with living(database_url, clock=clock, tiers=tiers, payments=PAYMENTS) as town:
        member = await english(town, "Lin")
        await subscribed(town, member)

        clock.pass_(timedelta(days=30, minutes=1))
        town.world.renew_what_is_due()
        await town.told(member, "Your membership goes on")
        mine = said(await town.presses(member, "me:show"))
        order = said(await town.presses(member, "order:show"))
        state = said(await town.presses(member, "renewal:show"))
        await town.presses(member, "renewal:stop")
        await town.told(member, "is stopped")
        clock.pass_(timedelta(days=60))
        town.world.renew_what_is_due()

        assert all("renews by itself: ⭐ 1500 on" in text for text in (mine, order, state))
        assert await days_of(town, member) == 60
        assert member.stars == 1_000_000 - 2 * 1500
        assert await town.community.auditor.audit() == []


async def test_who_has_too_few_stars_is_told_and_loses_nothing_paid(sqlite_url: str) -> None:
    clock = ShiftedClock()
    tiers = [TIERS[0], {**TIERS[1], "plans": [RENEWING]}]
    async with living(sqlite_url, clock=clock, tiers=tiers, payments=PAYMENTS) as town:
        member = await english(town, "Lin")
        await subscribed(town, member)
        member.stars = 0

        clock.pass_(timedelta(days=30, minutes=1))
        town.world.renew_what_is_due()

        assert "Paid through" in said(await town.told(member, "could not be renewed"))
        assert await days_of(town, member) == 30


async def test_after_the_cooling_off_days_the_quote_says_what_stars_allow(sqlite_url: str) -> None:
    clock = ShiftedClock()
    tiers = [TIERS[0], {**TIERS[1], "plans": [RENEWING]}]
    async with living(sqlite_url, clock=clock, tiers=tiers, payments=PAYMENTS) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await subscribed(town, member)
        clock.pass_(timedelta(days=15))

        await town.says(member, "/refund")
        quoted = said(await town.presses(member, "refund:quote"))
        await town.presses(member, "refund:ask")
        await town.says(member, "I sell something else now.")
        await town.told(admin, "A refund to decide")
        card = await town.presses(admin, "refunds:case")
        sure = said(await town.presses(admin, "refunds:sure"))
        await town.presses(admin, "refunds:give")
        agreed = said(await town.told(member, "Your refund is agreed"))

        assert "back whole or not at all" in quoted
        assert "You get back" not in quoted
        assert "1500" in sure
        assert not [key for key in keys_of(card) if "amount" in str(key.get("callback_data"))]
        assert "1500" in agreed
