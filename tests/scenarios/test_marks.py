"""What is seen of members in the group: their tag, and silence in grace until they renew."""

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Chat, Person
from tests.paid import english, paid
from tests.scenarios.test_ending import days_go_by, group_of
from tests.town import Town, living

RIGHTS = {"can_restrict_members": True, "can_invite_users": True, "can_manage_tags": True}


async def worn(town: Town, group: Chat, person: Person, tag: str | None) -> None:
    await town.world.until(lambda: town.world.membership(group, person).tag == tag, timeout=10)


async def test_a_member_wears_the_tier_and_reads_only_in_grace(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await paid(town, member)
        group = await group_of(town)
        town.world.promote(town.owner, group, town.world.bot, RIGHTS)
        town.world.join(member, group)
        await worn(town, group, member, "年度会员")

        await days_go_by(town, 367)
        await town.told(member, "you may read but not write")
        await town.world.until(
            lambda: town.world.membership(group, member).status == "restricted", timeout=10
        )
        await paid(town, member)

        await town.world.until(
            lambda: (town.world.membership(group, member).permissions or {}).get(
                "can_send_messages", True
            ),
            timeout=10,
        )
        await worn(town, group, member, "年度会员")


async def test_a_group_without_the_right_stays_as_it_is_and_nobody_is_troubled(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        mentor = await english(town, "Mo", Role.MENTOR)
        group = await group_of(town, mentor)
        before = town.last(town.owner)

        await days_go_by(town, 1)
        await town.says(mentor, "/start")

        assert town.world.membership(group, mentor).tag is None
        assert town.last(town.owner) is before
