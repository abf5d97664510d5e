"""Staff find a member, read their card, and give, end and move memberships with a reason."""

import pytest

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said


async def pressing(town: Town, person: Person, data: str) -> str:
    await town.says(person, "/start")
    message, _ = town.button(person, "join:offers")
    keys_of(message)[0]["callback_data"] = data
    return await town.toast(person, data)


async def is_member(town: Town, person: Person) -> bool:
    return (await town.community.memberships.standing(person.id)).is_member


@pytest.mark.parametrize("by", ["name", "number", "order"])
async def test_a_member_is_found_and_their_card_shows_everything(sqlite_url: str, by: str) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin <b>")
        order = await paid(town, member)

        await town.says(admin, "/members")
        await town.says(admin, {"name": "lin", "number": str(member.id), "order": order.code}[by])
        card = said(await town.presses(admin, f"members:card:{member.id}"))

        assert order.code in card
        assert "8,888.00" in card
        assert "active" in card


async def test_a_membership_is_given_and_ended_with_a_reason(database_url: str) -> None:
    async with living(database_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await town.says(admin, "/members")
        await town.says(admin, "Lin")
        await town.presses(admin, "members:card")

        await town.presses(admin, "members:give")
        asked = said(await town.presses(admin, "members:plan"))
        sure = said(await town.says(admin, "Speaks at our meeting"))
        was_given = await is_member(town, member)
        await town.presses(admin, "members:yesgive")
        await town.told(member, "Speaks at our meeting")
        given = await is_member(town, member)
        await town.presses(admin, "members:card")
        await town.presses(admin, "members:end")
        await town.says(admin, "The meeting was cancelled")
        await town.presses(admin, "members:yesend")
        await town.told(member, "The meeting was cancelled")

        assert "annual_year" not in asked
        assert str(member.id) in sure
        assert "Annual" in sure
        assert [was_given, given] == [False, True]
        assert not await is_member(town, member)


async def test_a_membership_moves_to_the_new_account_of_its_member(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin, old = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        new = await english(town, "Lin again")
        await paid(town, old)
        await town.says(admin, "/members")
        await town.says(admin, str(old.id))
        await town.presses(admin, "members:card")

        await town.presses(admin, "members:move")
        refused = said(await town.says(admin, "the new one"))
        sure = said(await town.says(admin, f"{new.id} lost their phone"))
        done = said(await town.presses(admin, "members:yesmove"))

        assert [str(one.id) in sure for one in (old, new)] == [True, True]
        assert "number of the new account" in refused
        assert "1 right" in done
        assert [await is_member(town, one) for one in (old, new)] == [False, True]


@pytest.mark.parametrize("word", ["nobody of that name", "%", "_", "999", "9" * 40, "ZZZZZZ"])
async def test_who_is_not_there_is_not_found(sqlite_url: str, word: str) -> None:
    async with living(sqlite_url) as town:
        admin = await english(town, "Ada", Role.ADMIN)
        await town.says(admin, "/members")

        answer = await town.says(admin, word)

        assert not [
            key for key in keys_of(answer) if "members:card" in str(key.get("callback_data"))
        ]


@pytest.mark.parametrize(
    "data",
    [
        "members:search",
        "members:card:1",
        "members:give:1",
        "members:plan:1:annual_year",
        "members:end:1:1",
        "members:move:1",
        "members:yesgive:ABCDEF",
    ],
)
async def test_members_do_not_see_the_cards_of_others(sqlite_url: str, data: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")

        assert await pressing(town, member, data) in {
            "Only admins can do that.",
            "Only finance staff and admins can do that.",
        }
