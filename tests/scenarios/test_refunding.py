"""Money goes back: at once in the first days, by a person later, by a second one on appeal."""

from datetime import timedelta

import pytest

from community_bot.billing.facts import Order
from community_bot.billing.refund_facts import Case
from community_bot.billing.refund_rules import CaseState
from community_bot.billing.rules import OrderState
from community_bot.clock import ShiftedClock
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said


def days_pass(town: Town, days: int) -> None:
    clock = town.community.clock
    assert isinstance(clock, ShiftedClock)
    clock.pass_(timedelta(days=days))


async def asks(town: Town, member: Person, order: Order) -> Case:
    """Let somebody ask for their money back, all the way through the screens."""
    await town.says(member, "/refund")
    await town.presses(member, f"refund:quote:{order.order_id}")
    await town.presses(member, "refund:ask")
    await town.says(member, "It is not for me <b>")
    return (await town.community.refunds.mine(await town.community.actor(member.id)))[0]


async def case_of(town: Town, member: Person) -> Case:
    return (await town.community.refunds.mine(await town.community.actor(member.id)))[0]


async def order_of(town: Town, member: Person) -> Order:
    return (await town.community.orders.mine(await town.community.actor(member.id)))[0]


async def forged(town: Town, person: Person, data: str) -> str:
    """Let somebody press what no button of theirs says; return the toast."""
    await town.says(person, "/start")
    message, _ = town.button(person, "join:offers")
    keys_of(message)[0]["callback_data"] = data
    return await town.toast(person, data)


async def test_in_the_first_days_everything_goes_back_without_a_person(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        member = await english(town, "Lin")
        order = await paid(town, member)

        case = await asks(town, member, order)
        await town.told(finance, "Please transfer money back")
        await town.presses(finance, "refunds:returned")
        waits = said(await town.says(finance, "稍等，明天转"))
        await town.says(finance, "20260302-778899")
        told = said(await town.told(member, "Your money has gone back"))

        assert case.state is CaseState.APPROVED
        assert "transaction number" in waits
        assert "8,888.00" in told
        assert (await order_of(town, member)).state is OrderState.REFUNDED
        assert not (await town.community.memberships.standing(member.id)).is_member


async def test_later_a_person_sees_everything_and_gives_back_the_days_not_used(
    database_url: str,
) -> None:
    async with living(database_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        member = await english(town, "Lin")
        order = await paid(town, member)
        days_pass(town, 100)

        case = await asks(town, member, order)
        await town.told(finance, "A refund to decide")
        whole = said(await town.presses(finance, "refunds:case"))
        await town.presses(finance, "refunds:sure")
        await town.presses(finance, "refunds:give")
        await town.told(member, "Your refund is agreed")

        assert case.state is CaseState.NEEDS_ADMIN
        assert "It is not for me &lt;b&gt;" in whole or "It is not for me <b>" in whole
        assert "100 of 365 days used" in whole
        assert (await case_of(town, member)).state is CaseState.APPROVED
        assert (await order_of(town, member)).refunded == case.quote.amount


async def test_another_amount_may_be_typed_and_the_membership_kept(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        member = await english(town, "Lin")
        order = await paid(town, member)
        days_pass(town, 100)
        await asks(town, member, order)
        await town.told(finance, "A refund to decide")

        await town.presses(finance, "refunds:case")
        await town.presses(finance, "refunds:amount")
        await town.says(finance, "一千")
        too_much = await town.says(finance, "99999")
        await town.says(finance, "1000")
        await town.presses(finance, "refunds:give:1:keep")

        assert "more than was paid" in said(too_much)
        assert keys_of(too_much)[0]["callback_data"] == "refunds:case:1"
        assert (await order_of(town, member)).refunded.minor == 100_000
        assert (await town.community.memberships.standing(member.id)).is_member


async def test_what_is_denied_goes_to_a_second_person_once(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        first = await english(town, "First", Role.FINANCE)
        second = await english(town, "Second", Role.FINANCE)
        member = await english(town, "Lin")
        order = await paid(town, member)
        days_pass(town, 100)
        await asks(town, member, order)

        await town.told(first, "A refund to decide")
        await town.presses(first, "refunds:case")
        await town.presses(first, "refunds:deny")
        await town.says(first, "You used it a lot")
        await town.told(member, "You used it a lot")
        await town.presses(member, "refund:appeal")
        await town.says(member, "I was ill")
        await town.told(second, "A refund needs a second person")
        by_first = await forged(town, first, "refunds:overrule:1:end:quoted")
        await town.presses(second, "refunds:case")
        await town.presses(second, "refunds:sure")
        await town.presses(second, "refunds:overrule")
        await town.told(member, "Your refund is agreed")

        assert by_first == "Somebody else has to do this: nobody approves what is their own."
        assert (await case_of(town, member)).state is CaseState.DECIDED


async def test_a_question_is_asked_and_answered_before_anything_is_decided(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        member = await english(town, "Lin")
        order = await paid(town, member)
        days_pass(town, 100)
        await asks(town, member, order)

        await town.told(finance, "A refund to decide")
        await town.presses(finance, "refunds:case")
        await town.presses(finance, "refunds:question")
        await town.says(finance, "What was missing?")
        await town.told(member, "What was missing?")
        await town.presses(member, "refund:answer")
        town.world.send_sticker(member, town.chat(member), b"sticker" * 9)
        await town.told(member, "Please type it as text")
        still = await case_of(town, member)
        await town.says(member, "Answers in time")

        assert still.state is CaseState.NEEDS_MEMBER
        case = await case_of(town, member)
        assert case.state is CaseState.NEEDS_ADMIN
        assert [one.text for one in case.said] == ["What was missing?", "Answers in time"]


async def test_a_request_is_taken_back_after_asking_once_more(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        order = await paid(town, member)
        days_pass(town, 100)
        await asks(town, member, order)

        await town.presses(member, "refund:drop")
        await town.presses(member, "refund:withdraw")
        again = await forged(town, member, "refund:withdraw:1")

        assert (await case_of(town, member)).state is CaseState.WITHDRAWN
        assert again.startswith("That is no longer possible")


async def test_money_is_noted_as_returned_once(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        member = await english(town, "Lin")
        await asks(town, member, await paid(town, member))

        await town.told(finance, "Please transfer money back")
        await town.presses(finance, "refunds:returned")
        await town.presses(finance, "refunds:done")
        again = await forged(town, finance, "refunds:done:1")

        assert again == "That has been done already; nothing was changed."
        owner = await town.community.actor(finance.id)
        assert [one.state for one in await town.community.payback.due(owner)] == []


@pytest.mark.parametrize(
    "data",
    [
        "refund:quote:1",
        "refund:ask:1",
        "refund:case:1",
        "refund:answer:1",
        "refund:appeal:1",
        "refund:withdraw:1",
        "refund:case:x",
        "refund:case:99999999999999999999",
        "refunds:give:1:end:quoted",
        "refunds:done:1",
        "refunds:waiting",
    ],
)
async def test_somebody_elses_request_does_not_exist_for_a_stranger(
    sqlite_url: str, data: str
) -> None:
    async with living(sqlite_url) as town:
        member, stranger = await english(town, "Lin"), await english(town, "Chen")
        order = await paid(town, member)
        days_pass(town, 100)
        before = await asks(town, member, order)

        toast = await forged(town, stranger, data)

        assert toast
        assert await case_of(town, member) == before


async def test_nobody_decides_their_own_request(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        order = await paid(town, finance)
        days_pass(town, 100)
        before = await asks(town, finance, order)

        toast = await forged(town, finance, "refunds:give:1:end:quoted")

        assert toast == "Somebody else has to do this: nobody approves what is their own."
        assert await case_of(town, finance) == before
