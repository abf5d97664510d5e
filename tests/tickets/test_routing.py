"""Routing over a database: offers, warnings, escalation, absence; each of them once."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.delivery.rows import DeliveryRow
from community_bot.errors import NotFound
from community_bot.people.roles import Role
from community_bot.people.service import Person
from community_bot.storage.unit import Storage
from community_bot.tickets.escalation_notices import (
    AnswerLate,
    DeadlineNear,
    ShiftOver,
    TicketEscalated,
    TicketHandedBack,
    TicketOffered,
    Tried,
)
from community_bot.tickets.mentor_rules import OfferState
from community_bot.tickets.rules import Happening, TicketState
from tests.tickets.staffing import ADMIN, AMY, LEO, OWNER, WANG, Staffed, staffed

KIM, LEO_ID, AMY_ID = ADMIN.member_id, LEO.member_id, AMY.member_id


@pytest.fixture
async def desk(storage: Storage, clock: StandingClock) -> Staffed:
    """Everybody is there; it is Monday, ten in the morning."""
    return await staffed(storage, clock)


@pytest.fixture
async def small_desk(sqlite_storage: Storage, clock: StandingClock) -> Staffed:
    return await staffed(sqlite_storage, clock)


async def test_a_ticket_is_offered_then_passed_on_then_widened_and_escalated(
    desk: Staffed,
) -> None:
    await desk.mentors.set_skills(ADMIN, mentor_id=AMY_ID, topics=["tax"])
    number = await desk.asks()

    await desk.later(hours=1)
    assert await desk.told(LEO_ID, TicketOffered) == []
    await desk.later(minutes=36)  # forty per cent
    offered = await desk.told(LEO_ID, TicketOffered)
    assert [(one.waiting.ticket_id, one.expires_at) for one in offered] == [
        (number, datetime(2026, 3, 2, 3, 51, tzinfo=UTC))
    ]
    await desk.later(minutes=14)
    assert await desk.told(AMY_ID, TicketOffered) == []  # the topic is not hers
    await desk.later(hours=2, minutes=28)  # over lunch: seventy per cent
    assert len(await desk.told(AMY_ID, TicketOffered)) == 1  # now it is
    assert [one.mentor_name for one in await desk.told(KIM, DeadlineNear)] == [None]

    await desk.later(hours=1, minutes=12)  # a hundred
    late = await desk.told(KIM, TicketEscalated)
    assert [(one.level, one.tried) for one in late] == [
        (1, (Tried("Leo", OfferState.EXPIRED), Tried("Amy", OfferState.EXPIRED)))
    ]
    promised_at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert await desk.told(WANG, AnswerLate) == [AnswerLate(number, 1, promised_at)]
    assert await desk.told(OWNER.member_id, TicketEscalated) == []
    ticket = await desk.ticket(number)
    assert (ticket.due_at, ticket.promised_at, ticket.escalation) == (
        datetime(2026, 3, 2, 7, 30, tzinfo=UTC),
        promised_at,
        1,
    )

    await desk.later(hours=2)
    assert [one.level for one in await desk.told(OWNER.member_id, TicketEscalated)] == [2]
    assert [one.level for one in await desk.told(WANG, AnswerLate)] == [1, 2]
    assert await desk.happened(number) == [
        Happening.OPEN,
        Happening.OFFER,
        Happening.OFFER,
        Happening.WIDEN,
        Happening.ESCALATE,
        Happening.PROMISE,
        Happening.ESCALATE,
        Happening.PROMISE,
    ]


async def test_sweeping_again_does_nothing_again(desk: Staffed) -> None:
    number = await desk.asks()
    for _ in range(3):
        await desk.later(hours=6)
        happened = await desk.happened(number)

        await desk.routing.sweep(desk.clock.now())
        await desk.routing.sweep(desk.clock.now())

        assert await desk.happened(number) == happened


async def test_who_skips_lets_the_next_one_be_asked_at_once(desk: Staffed) -> None:
    number = await desk.asks()
    await desk.later(minutes=96)
    first, second = (LEO, AMY_ID) if await desk.told(LEO_ID, TicketOffered) else (AMY, LEO_ID)

    await desk.routing.skip(first, ticket_id=number)

    assert len(await desk.told(second, TicketOffered)) == 1
    with pytest.raises(NotFound):
        await desk.routing.skip(first, ticket_id=number)
    tried = await desk.routing.tried(ticket_id=number)
    assert [one.state for one in tried] == [OfferState.SKIPPED, OfferState.WAITING]


async def test_an_offer_is_taken_by_claiming(desk: Staffed) -> None:
    await desk.mentors.go_off(AMY)
    number = await desk.asks()
    await desk.later(minutes=96)

    await desk.claiming.claim(LEO, ticket_id=number)
    await desk.later(minutes=1)

    assert await desk.routing.tried(ticket_id=number) == (Tried("Leo", OfferState.TAKEN),)
    with pytest.raises(NotFound):
        await desk.routing.skip(LEO, ticket_id=number)


async def test_a_ticket_for_which_nobody_was_free_is_offered_when_somebody_is(
    desk: Staffed,
) -> None:
    await desk.mentors.set_cap(ADMIN, mentor_id=LEO_ID, cap=1)
    await desk.mentors.go_off(AMY)
    held, waiting = await desk.asks(), await desk.asks()
    await desk.claiming.claim(LEO, ticket_id=held)
    await desk.later(minutes=96)
    assert await desk.told(LEO_ID, TicketOffered) == []

    await desk.answers(LEO, held)  # the member's turn: it weighs little now
    await desk.later(minutes=1)

    offered = await desk.told(LEO_ID, TicketOffered)
    assert [one.waiting.ticket_id for one in offered] == [waiting]


async def test_two_tickets_are_spread_over_two_mentors(small_desk: Staffed) -> None:
    for _ in range(2):
        await small_desk.asks()

    await small_desk.later(minutes=96)

    assert len(await small_desk.told(LEO_ID, TicketOffered)) == 1
    assert len(await small_desk.told(AMY_ID, TicketOffered)) == 1


async def test_who_asked_and_who_is_kept_apart_is_not_asked(small_desk: Staffed) -> None:
    await small_desk.asks(member_id=LEO_ID)
    await small_desk.mentors.exclude(ADMIN, member_id=LEO_ID, mentor_id=AMY_ID)

    await small_desk.later(hours=5)

    assert await small_desk.told(LEO_ID, TicketOffered, TicketEscalated) == []
    assert await small_desk.told(AMY_ID, TicketOffered) == []
    assert (
        len(await small_desk.told(LEO_ID, AnswerLate)) == 0
    )  # lunch: it is due at half past three
    await small_desk.later(minutes=30)
    assert len(await small_desk.told(LEO_ID, AnswerLate)) == 1


async def test_staff_are_called_in_working_hours_only(small_desk: Staffed) -> None:
    small_desk.clock.pass_(timedelta(hours=5, minutes=30))
    number = await small_desk.asks(target_minutes=180)  # half past three; due at half past six

    await small_desk.later(hours=3, minutes=1)  # just after closing

    async with small_desk.storage.read() as session:
        rows = {
            row.kind: row
            for row in await session.scalars(
                sa.select(DeliveryRow).where(DeliveryRow.about == f"ticket:{number}")
            )
        }
    assert rows["ticket_escalated"].not_before == datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
    assert rows["answer_late"].not_before is None
    assert await small_desk.told(LEO_ID, TicketOffered) == []
    await small_desk.later(hours=15)
    assert len(await small_desk.told(LEO_ID, TicketOffered)) == 1


async def test_who_has_a_ticket_is_warned_and_named_when_it_is_late(desk: Staffed) -> None:
    number = await desk.asks()
    await desk.claiming.claim(LEO, ticket_id=number)

    await desk.later(hours=4, minutes=18)
    assert [one.mentor_name for one in await desk.told(LEO_ID, DeadlineNear)] == ["Leo"]
    assert await desk.told(KIM, DeadlineNear) == []
    await desk.later(hours=2)

    assert [one.mentor_name for one in await desk.told(KIM, TicketEscalated)] == ["Leo"]


async def test_a_ticket_that_was_put_off_is_left_in_peace(small_desk: Staffed) -> None:
    number = await small_desk.asks()
    await small_desk.claiming.claim(LEO, ticket_id=number)
    await small_desk.notes(number, Happening.SNOOZE)

    await small_desk.later(days=3)

    assert await small_desk.told(KIM, TicketEscalated) == []
    await small_desk.notes(number, Happening.WAKE)
    await small_desk.later(hours=8)
    assert len(await small_desk.told(KIM, TicketEscalated)) == 1


async def test_without_an_admin_the_owners_lead(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    desk = await staffed(sqlite_storage, clock)
    await desk.people.take_role(OWNER, member_id=KIM, role=Role.ADMIN)
    await desk.asks()

    await desk.later(hours=6)

    assert len(await desk.told(OWNER.member_id, TicketEscalated)) == 1


async def test_the_next_response_has_marks_of_its_own(small_desk: Staffed) -> None:
    number = await small_desk.asks()
    await small_desk.claiming.claim(LEO, ticket_id=number)
    await small_desk.later(hours=6)
    await small_desk.answers(LEO, number)
    await small_desk.later(days=1)
    await small_desk.follows_up(number)

    await small_desk.later(hours=20)

    assert len(await small_desk.told(WANG, AnswerLate)) == 2


async def test_what_waits_for_an_absent_mentor_comes_back_with_its_deadline(
    desk: Staffed,
) -> None:
    number = await desk.asks()
    await desk.claiming.claim(LEO, ticket_id=number)
    await desk.answers(LEO, number)
    await desk.mentors.go_off(LEO)
    await desk.later(minutes=10)
    await desk.follows_up(number)
    due_at = (await desk.ticket(number)).due_at

    await desk.later(minutes=29)
    assert (await desk.ticket(number)).state is TicketState.ACTIVE
    await desk.later(minutes=1)

    ticket = await desk.ticket(number)
    assert (ticket.state, ticket.assignee_id, ticket.due_at) == (TicketState.QUEUED, None, due_at)
    assert [one.ticket_id for one in await desk.told(LEO_ID, TicketHandedBack)] == [number]


async def test_without_a_promise_it_comes_back_too_but_not_while_it_is_put_off(
    small_desk: Staffed,
) -> None:
    waiting, put_off = [await small_desk.asks(target_minutes=None) for _ in range(2)]
    for number in (waiting, put_off):
        await small_desk.claiming.claim(LEO, ticket_id=number)
    tomorrow = small_desk.clock.now() + timedelta(days=1)
    await small_desk.notes(put_off, Happening.SNOOZE, snoozed_until=tomorrow)
    await small_desk.mentors.go_off(LEO)

    await small_desk.later(minutes=1)
    await small_desk.later(minutes=30)

    assert (await small_desk.ticket(waiting)).assignee_id is None
    assert (await small_desk.ticket(put_off)).assignee_id == LEO_ID


async def test_who_is_no_mentor_has_no_shift_to_go_on_with(small_desk: Staffed) -> None:
    with pytest.raises(NotFound):
        await small_desk.absences.keep(OWNER)


async def test_a_night_is_no_absence(small_desk: Staffed) -> None:
    number = await small_desk.asks()
    await small_desk.claiming.claim(LEO, ticket_id=number)
    small_desk.clock.pass_(timedelta(hours=8, minutes=20))  # ten minutes to closing time
    await small_desk.mentors.go_off(LEO)

    await small_desk.later(minutes=1)
    await small_desk.later(hours=15)  # nine minutes have counted
    assert (await small_desk.ticket(number)).state is TicketState.ACTIVE
    await small_desk.later(minutes=30)

    assert (await small_desk.ticket(number)).state is TicketState.QUEUED


async def test_at_the_end_of_a_shift_a_mentor_says_what_becomes_of_their_tickets(
    desk: Staffed,
) -> None:
    first, second, third = [await desk.asks() for _ in range(3)]
    for number in (first, second, third):
        await desk.claiming.claim(LEO, ticket_id=number)
    await desk.answers(LEO, third)
    await desk.mentors.go_on(LEO, until=desk.clock.now() + timedelta(minutes=30))
    await desk.later(minutes=29)

    await desk.later(minutes=1)
    await desk.later(minutes=1)

    assert await desk.told(LEO_ID, ShiftOver) == [ShiftOver(2, 1, 30)]
    assert await desk.absences.hand_over(LEO) == 2
    states = [(await desk.ticket(number)).state for number in (first, second, third)]
    assert states == [TicketState.QUEUED, TicketState.QUEUED, TicketState.ANSWERED]


async def test_who_goes_on_keeps_their_tickets_until_the_next_shift(
    small_desk: Staffed,
) -> None:
    number = await small_desk.asks()
    await small_desk.claiming.claim(LEO, ticket_id=number)
    await small_desk.mentors.go_off(LEO)
    await small_desk.later(minutes=1)

    await small_desk.absences.keep(LEO)
    await small_desk.later(hours=2)

    assert (await small_desk.ticket(number)).assignee_id == LEO_ID
    await small_desk.mentors.go_on(LEO)
    await small_desk.later(minutes=1)
    await small_desk.mentors.go_off(LEO)
    await small_desk.later(minutes=1)
    await small_desk.later(hours=3)
    assert (await small_desk.ticket(number)).assignee_id is None


async def test_who_takes_a_ticket_off_duty_keeps_it(small_desk: Staffed) -> None:
    await small_desk.mentors.go_off(LEO)
    number = await small_desk.asks()
    await small_desk.later(minutes=5)
    await small_desk.claiming.claim(LEO, ticket_id=number)

    await small_desk.later(hours=1)

    assert (await small_desk.ticket(number)).assignee_id == LEO_ID


async def test_who_is_away_for_a_while_is_asked_nothing(small_desk: Staffed) -> None:
    number = await small_desk.asks()
    await small_desk.claiming.claim(LEO, ticket_id=number)
    await small_desk.mentors.go_away(LEO, span=timedelta(minutes=20))

    await small_desk.later(minutes=1)
    await small_desk.later(minutes=25)

    assert await small_desk.told(LEO_ID, ShiftOver) == []
    assert (await small_desk.ticket(number)).assignee_id == LEO_ID


async def test_the_tickets_of_who_is_no_mentor_any_more_come_back(small_desk: Staffed) -> None:
    number = await small_desk.asks()
    await small_desk.claiming.claim(LEO, ticket_id=number)
    await small_desk.people.take_role(OWNER, member_id=LEO_ID, role=Role.MENTOR)
    await small_desk.people.meet(Person(LEO_ID, "Leo", None, "zh"))

    await small_desk.later(minutes=31)

    assert (await small_desk.ticket(number)).assignee_id is None


async def test_every_waiting_ticket_is_looked_at_however_many_there_are(
    small_desk: Staffed,
) -> None:
    numbers = [await small_desk.asks() for _ in range(12)]

    await small_desk.later(hours=6)

    told = {one.ticket_id for one in await small_desk.told(WANG, AnswerLate)}
    assert told == set(numbers)
