"""What staff are asked for is not asked any more once they turn to something else."""

from community_bot.billing.rules import OrderState
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, shown
from tests.town import Town, keys_of, living, said


async def test_an_amount_is_not_taken_for_an_order_that_was_left(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        order = await shown(town, member)
        await town.told(finance, "A payment to check")
        await town.presses(finance, "orders:review")
        await town.presses(finance, "orders:amount")

        await town.presses(finance, "orders:waiting")
        await town.says(finance, "8888")

        actor = await town.community.actor(member.id)
        found = await town.community.orders.one(actor, order_id=order.order_id)
        assert found.state is OrderState.PROOF_SUBMITTED


async def test_a_command_leaves_the_question_too(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await shown(town, member)
        await town.told(finance, "A payment to check")
        await town.presses(finance, "orders:review")
        await town.presses(finance, "orders:amount")

        await town.says(finance, "/me")

        assert await town.community.drafts.current(finance.id) is None


async def test_a_role_is_given_after_name_and_number_were_confirmed(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        mentor = await english(town, "Mia")
        await asked_for_a_mentor(town, mentor)
        sure = said(await town.told(town.owner, "Mia"))
        before = await town.community.people.given_roles(mentor.id)

        await pressing(town, "team:yesgive")
        await town.told(town.owner, "✅")

        assert str(mentor.id) in sure
        assert before == frozenset()
        assert await town.community.people.given_roles(mentor.id) == {Role.MENTOR}


async def test_an_old_yes_does_nothing_after_another_question(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        one, other = await english(town, "Mia"), await english(town, "Ben")
        await asked_for_a_mentor(town, one)
        await town.told(town.owner, "Mia")
        _, old_yes = town.button(town.owner, "team:yesgive")
        await asked_for_a_mentor(town, other)
        sure = await town.told(town.owner, "Ben")
        keys_of(sure)[0]["callback_data"] = old_yes

        await pressing(town, old_yes)

        for somebody in (one, other):
            assert await town.community.people.given_roles(somebody.id) == frozenset()


async def asked_for_a_mentor(town: Town, somebody: Person) -> None:
    """Let the owner name who is to be a mentor."""
    town.world.send_text(town.owner, town.chat(town.owner), "/admin")
    await pressing(town, "team:list")
    await pressing(town, "team:ask:mentor")
    await town.told(town.owner, "@")
    town.world.send_text(town.owner, town.chat(town.owner), str(somebody.id))


async def pressing(town: Town, data: str) -> None:
    """Let the owner press a button as soon as it is there, whatever else they are told."""
    await town.world.until(lambda: sees(town, data), timeout=10)
    await town.toast(town.owner, data)


def sees(town: Town, data: str) -> bool:
    keys = [key for one in town.world.history(town.chat(town.owner)) for key in keys_of(one)]
    return any(str(key.get("callback_data", "")).startswith(data) for key in keys)
