"""What cannot wait for the working hours: plain hours, all called at once, so many a month."""

from datetime import timedelta
from typing import Any

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotFound
from community_bot.storage.unit import Storage
from community_bot.tickets.desk_notices import TicketCard
from community_bot.tickets.escalation_notices import AnswerLate, TicketUrgent
from community_bot.tickets.facts import Ticket
from community_bot.tickets.notices import QuestionCard
from tests.tickets.bureau import AMY, FORUM, KIM, LEO, LI, WANG, Bureau, bureau
from tests.town import TIERS

ONE_URGENT: list[dict[str, Any]] = [TIERS[0], {**TIERS[1], "urgent_per_month": 1}]
TO_THE_NIGHT = timedelta(hours=13)  # from ten in the morning


async def test_an_urgent_question_is_due_in_plain_hours_and_calls_everybody(
    storage: Storage, clock: StandingClock
) -> None:
    town = await at_night(storage, clock)
    ticket = await town.asks("账号被冻结了！")
    await town.post()
    assert own(town, WANG).urgent_left == 1

    pressed_at = clock.now()
    hastened = await hasten(town, ticket)
    await town.post()

    assert hastened.target == timedelta(hours=4)
    assert hastened.due_at == hastened.promised_at == pressed_at + timedelta(hours=4)
    assert [len(town.told(one, TicketUrgent)) for one in (LEO, AMY, KIM)] == [1, 1, 1]
    assert town.told(FORUM, TicketCard)[-1].is_urgent
    card = own(town, WANG)
    assert (card.is_urgent, card.urgent_left) == (True, 0)
    assert card.promised_at == hastened.due_at
    assert await town.tickets.auditor.audit() == []


async def test_an_urgent_question_is_late_when_its_plain_hours_are_over_and_not_before(
    storage: Storage, clock: StandingClock
) -> None:
    town = await at_night(storage, clock)
    ticket = await hasten(town, await town.asks())

    await town.later(hours=1)
    await town.tickets.sweep(clock.now())
    await town.post()
    assert town.told(WANG, AnswerLate) == []

    await town.later(hours=3, minutes=1)
    await town.tickets.sweep(clock.now())
    await town.post()

    assert [one.ticket_id for one in town.told(WANG, AnswerLate)] == [ticket.ticket_id]


async def test_urgent_questions_of_a_month_are_counted_whatever_becomes_of_them(
    storage: Storage, clock: StandingClock
) -> None:
    town = await at_night(storage, clock)
    first, second = await hasten(town, await town.asks()), await town.asks("还有一个问题？")
    await town.tickets.ending.cancel(await town.actor(WANG), ticket_id=first.ticket_id)
    await town.post()

    with pytest.raises(LimitReached):
        await hasten(town, second)

    assert own(town, WANG).urgent_left == 0
    assert (await town.ticket(second)).urgent_at is None


async def test_nobody_calls_urgent_what_is_not_theirs_or_is_taken_or_was_called_so(
    storage: Storage, clock: StandingClock
) -> None:
    town = await at_night(storage, clock)
    ticket = await town.asks()
    with pytest.raises(NotFound):
        await hasten(town, ticket, who=LI)
    await hasten(town, ticket)
    with pytest.raises(AlreadyDone):
        await hasten(town, ticket)
    taken = await town.claimed(who=LI)

    with pytest.raises(Invalid):
        await hasten(town, taken, who=LI)


async def test_in_working_hours_nothing_is_urgent(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock, tiers=ONE_URGENT)
    ticket = await town.asks()
    await town.post()

    with pytest.raises(Invalid):
        await hasten(town, ticket)

    assert own(town, WANG).urgent_left == 0


async def at_night(storage: Storage, clock: StandingClock) -> Bureau:
    clock.pass_(TO_THE_NIGHT)
    return await bureau(storage, clock, tiers=ONE_URGENT)


async def hasten(town: Bureau, ticket: Ticket, *, who: int = WANG) -> Ticket:
    return await town.tickets.urgency.hasten(await town.actor(who), ticket_id=ticket.ticket_id)


def own(town: Bureau, member_id: int) -> QuestionCard:
    """Return what the member's card says now."""
    card: QuestionCard = town.told(member_id, QuestionCard)[-1]
    return card
