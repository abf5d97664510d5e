"""How a membership ends: reminders, grace, the place in the group, and one tap back."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from community_bot.membership.outages import mark_restored
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Chat, Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said

DAY = timedelta(days=1)
RIGHTS = {"can_invite_users": True, "can_restrict_members": True, "can_delete_messages": True}


async def group_of(town: Town, *people: Person) -> Chat:
    """Let the owner make the members' group with these people in it."""
    await town.says(town.owner, "/start")
    group = town.world.add_supergroup("Members", town.owner)
    town.world.add_bot(town.owner, group, RIGHTS)
    await town.told(town.owner, "Members")
    await town.presses(town.owner, f"places:bind:{group.id}:members")
    for person in people:
        town.world.join(person, group)
        await town.community.doors.seen(chat_id=group.id, member_id=person.id, is_in=True)
    return group


async def days_go_by(town: Town, days: int) -> None:
    clock = town.community.clock
    assert isinstance(clock, ShiftedClock)
    clock.pass_(DAY * days)
    await town.program.ticker.once()


async def test_a_member_is_reminded_and_one_tap_shows_how_to_renew(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await paid(town, member)

        await days_go_by(town, 352)
        await town.told(member, "Your membership ends in")
        renewing = await town.presses(member, "me:renew")

        assert "join:plan:annual_year" in [key.get("callback_data") for key in keys_of(renewing)]


async def test_who_does_not_renew_is_warned_removed_and_told_how_to_come_back(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await paid(town, member)
        group = await group_of(town, member)

        await days_go_by(town, 367)
        await town.told(member, "Your membership has ended")
        still_there = town.world.membership(group, member).is_present
        await days_go_by(town, 9)
        await town.told(member, "You are no longer in Members")

        assert still_there
        await town.world.until(
            lambda: not town.world.membership(group, member).is_present, timeout=10
        )


async def test_a_sweep_that_would_take_many_asks_an_admin_first(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin = await english(town, "Ada", Role.ADMIN)
        members = [await english(town, f"Member {number}") for number in range(5)]
        for member in members:
            await paid(town, member)
        group = await group_of(town, *members)

        await days_go_by(town, 367)
        await town.told(members[-1], "Your membership has ended")
        await days_go_by(town, 9)
        await town.told(admin, "I have removed nobody")
        plan = said(await town.presses(admin, "removals:plan"))
        still_there = [town.world.membership(group, one).is_present for one in members]
        done = await town.presses(admin, "removals:confirm")

        assert "Member 4" in plan
        assert still_there == [True] * 5
        assert "5" in said(done)
        await town.told(members[0], "You are no longer in Members")


async def test_after_a_restored_backup_an_admin_sees_who_it_would_be_and_lets_removals_go_on(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await paid(town, member)
        group = await group_of(town, member)
        await mark_restored(town.community.storage, now=town.community.clock.now())

        await days_go_by(town, 367)
        await days_go_by(town, 9)
        await town.told(admin, "A backup was put back")
        seen = said(await town.presses(admin, "removals:lock"))
        still_there = town.world.membership(group, member).is_present
        done = said(await town.presses(admin, "removals:unlock"))
        await days_go_by(town, 1)
        await town.told(member, "You are no longer in Members")

        assert "Lin" in seen
        assert still_there
        assert "Removals go on" in done


async def test_a_member_cannot_say_yes_to_a_sweep(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        group = await group_of(town, member)
        message, _ = town.button(member, "join:offers")
        keys_of(message)[0]["callback_data"] = f"removals:confirm:{group.id}"

        toast = await town.toast(member, "removals:confirm")

        assert toast == "Only admins can do that."
        assert town.world.membership(group, member).is_present
