"""A member's link brings a friend; when the friend stays, the member is given days."""

from tests.paid import english, paid
from tests.scenarios.test_ending import days_go_by
from tests.town import keys_of, living, said


async def test_a_friend_comes_by_a_link_and_stays(sqlite_url: str) -> None:
    async with living(sqlite_url, referral={"reward_days": 30}) as town:
        member = await english(town, "Lin")
        await paid(town, member)
        await town.says(member, "/me")
        link = said(await town.presses(member, "invite:show")).split("start=")[1].split()[0]
        friend = town.person("Wu", language="en")

        welcome = said(await town.says(friend, f"/start {link}"))
        await paid(town, friend)
        await days_go_by(town, 8)

        assert "recommended us" in welcome
        await town.told(member, "30 days were added")


async def test_where_it_is_off_nobody_sees_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await paid(town, member)

        mine = await town.says(member, "/me")
        told = said(await town.says(member, "/invite"))

        assert not any("invite" in str(key.get("callback_data")) for key in keys_of(mine))
        assert told == "Recommendations are not rewarded here at the moment."
