"""Coupons, gifts and codes: a lower price, a present, and a membership that was paid elsewhere."""

import pytest

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said


async def is_member(town: Town, person: Person) -> bool:
    return (await town.community.memberships.standing(person.id)).is_member


async def test_a_coupon_lowers_the_price_before_anybody_pays(database_url: str) -> None:
    async with living(database_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await town.says(finance, "/admin")
        await town.presses(finance, "coupons:list")
        await town.presses(finance, "coupons:new")
        await town.says(finance, "SPRING 10% 50")

        await town.says(member, "/join")
        await town.presses(member, "join:plan:annual_year")
        await town.presses(member, "join:coupon")
        order = said(await town.says(member, "spring"))

        assert "Coupon SPRING" in order
        assert "7,999.20" in order


async def test_a_coupon_for_an_order_that_is_being_checked_is_answered(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await town.says(finance, "/admin")
        await town.presses(finance, "coupons:list")
        await town.presses(finance, "coupons:new")
        await town.says(finance, "SPRING 10% 50")
        await town.presses(finance, "coupons:list")
        await town.presses(finance, "coupons:new")
        assert "coupon with this code already" in said(await town.says(finance, "spring 20% 5"))

        await town.says(member, "/join")
        await town.presses(member, "join:plan:annual_year")
        await town.presses(member, "join:order")
        await town.presses(member, "order:proof")
        await town.says(member, "4200002026030299")
        await town.says(member, "/join")
        await town.presses(member, "join:plan:annual_year")
        await town.presses(member, "join:coupon")

        assert "is being checked already" in said(await town.says(member, "spring"))


@pytest.mark.parametrize("typed", ["SPRING", "SPRING ten%", "SPRING 101%", "SPRING 10% x", "?? 5%"])
async def test_a_coupon_that_is_none_is_not_made(sqlite_url: str, typed: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        await town.says(finance, "/admin")
        await town.presses(finance, "coupons:list")
        await town.presses(finance, "coupons:new")

        await town.says(finance, typed)

        assert await town.community.coupons.all(await town.community.actor(finance.id)) == []


async def test_an_order_says_that_it_is_a_gift(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        giver = await english(town, "Lin")
        await town.presses(giver, "join:offers")
        await town.presses(giver, "join:plan:annual_year")

        order = said(await town.presses(giver, "join:gift:annual_year"))

        assert "As a gift: when it is paid you get a code to pass on." in order


async def test_a_gift_is_passed_on_by_a_link_and_used_once(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        giver, friend = await english(town, "Lin"), await english(town, "Chen")
        third = await english(town, "Wang")
        order = await paid(town, giver, as_gift=True)
        code = await town.community.access_codes.of_order(
            await town.community.actor(giver.id), order_id=order.order_id
        )

        shown = said(await town.presses(giver, "gift:link"))
        for person in (friend, third):
            await town.says(person, f"/start c_{code.code}")
        welcome = said(await town.presses(friend, "code:redeem"))
        refused = await town.toast(third, "code:redeem")

        assert f"?start=c_{code.code}" in shown
        assert "Annual" in welcome
        assert refused.startswith("This code has been used already")
        assert [await is_member(town, one) for one in (giver, friend, third)] == [
            False,
            True,
            False,
        ]


async def test_codes_are_made_in_a_batch_and_typed_by_who_has_one(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await town.says(finance, "/admin")
        await town.presses(finance, "coupons:list")
        await town.presses(finance, "codes:plans")
        await town.presses(finance, "codes:make")
        sent = await town.says(finance, "2 sold in our shop")
        content = town.world.files.find(sent.content["document"]["file_id"]).data.decode()

        await town.says(member, "/join")
        await town.presses(member, "code:ask")
        wrong = said(await town.says(member, "NOSUCHCODE"))
        await town.says(member, content.split()[0].lower())

        assert len(content.splitlines()) == 2
        assert "no such code" in wrong
        assert await is_member(town, member)


@pytest.mark.parametrize(
    "data", ["coupons:list", "coupons:off:1", "codes:make:annual_year", "gift:link:1"]
)
async def test_members_make_no_codes_and_see_none_of_others(sqlite_url: str, data: str) -> None:
    async with living(sqlite_url) as town:
        giver, stranger = await english(town, "Lin"), await english(town, "Chen")
        await paid(town, giver, as_gift=True)
        await town.says(stranger, "/start")
        message, _ = town.button(stranger, "join:offers")
        keys_of(message)[0]["callback_data"] = data

        toast = await town.toast(stranger, data)

        assert toast in {
            "Only finance staff can do that.",
            "Only finance staff and admins can do that.",
            "There is no such code, or it is no longer valid. Please check it.",
        }
