"""Figures are reckoned from what happened: fast, well, fairly; and they can be reckoned again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from community_bot.business_time.rules import Calendar
from community_bot.clock import StandingClock
from community_bot.faq.rows import EntryRow
from community_bot.faq.rules import EntryState
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage
from community_bot.tickets import figures_queries
from community_bot.tickets.figures import Course, Event, Figures, fairness, reckon
from community_bot.tickets.rows import RatingRow
from community_bot.tickets.rules import Happening, TicketEvent, Verdict
from tests.tickets.staffing import AMY, LEO, WANG, Staffed, staffed

MONDAY = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
TUESDAY, NEXT_MONDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)
MINUTE = timedelta(minutes=1)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
async def desk(storage: Storage, clock: StandingClock) -> Staffed:
    return await staffed(storage, clock)


async def figures(
    desk: Staffed, since: datetime = MONDAY, until: datetime = NEXT_MONDAY
) -> Figures:
    async with desk.storage.read() as session:
        return reckon(
            await figures_queries.courses(session, since, until),
            await desk.community.business_time.calendar_in(session),
            since=since,
            until=until,
            published=await figures_queries.published(session, since, until),
            mentors=[LEO.member_id, AMY.member_id],
        )


async def solved(desk: Staffed, actor: Actor, *, claimed: int, answered: int) -> int:
    """Let a question be asked now, taken and answered after so many minutes, and be settled."""
    number = await desk.asks()
    desk.clock.pass_(claimed * MINUTE)
    await desk.claiming.claim(actor, ticket_id=number)
    desk.clock.pass_((answered - claimed) * MINUTE)
    await desk.answers(actor, number)
    async with desk.storage.work() as unit:
        ticket = await desk.casebook.hold(unit, number)
        await desk.casebook.step(unit, ticket, TicketEvent.RESOLVE, actor_id=WANG)
        await unit.commit()
    return number


async def rates(desk: Staffed, number: int, actor: Actor, verdict: Verdict) -> None:
    async with desk.storage.work() as unit:
        unit.session.add(
            RatingRow(
                ticket_id=number,
                member_id=WANG,
                mentor_id=actor.member_id,
                verdict=verdict,
                rated_at=desk.clock.now(),
            )
        )
        await unit.session.flush()
        await unit.commit()


async def test_a_week_in_figures(desk: Staffed) -> None:
    first = await solved(desk, LEO, claimed=10, answered=20)
    await rates(desk, first, LEO, Verdict.GOOD)
    second = await solved(desk, LEO, claimed=30, answered=40)
    await rates(desk, second, LEO, Verdict.POOR)
    await solved(desk, AMY, claimed=220, answered=360)  # over lunch: 4.5 working hours, late
    await desk.asks()
    held = await desk.asks()
    await desk.claiming.claim(AMY, ticket_id=held)

    found = await figures(desk)

    assert (found.opened, found.first_answers, found.resolved) == (5, 3, 3)
    assert (found.first_median, found.first_p90) == (40 * MINUTE, 270 * MINUTE)
    assert found.on_time == pytest.approx(2 / 3)
    assert (found.rated, found.praised) == (2, 0.5)
    assert (found.waiting, found.active, found.overdue) == (1, 1, 2)
    assert found.fairness == 1.0
    leo, amy = found.mentors
    assert (leo.mentor_id, leo.answered, leo.median, leo.late) == (11, 2, 30 * MINUTE, 0)
    assert (leo.praised, leo.taken, leo.taken_late, leo.credits) == (0.5, 2, 0, 2)
    assert (amy.answered, amy.late, amy.taken, amy.taken_late) == (1, 1.0, 2, 0.5)
    assert (amy.praised, amy.credits) == (None, 1)


async def test_what_comes_later_changes_no_figure(desk: Staffed) -> None:
    number = await desk.asks()
    desk.clock.pass_(timedelta(hours=20))
    monday = await figures(desk, MONDAY, TUESDAY)
    assert (monday.opened, monday.waiting, monday.overdue) == (1, 1, 1)

    await desk.claiming.claim(LEO, ticket_id=number)
    await desk.answers(LEO, number)

    assert await figures(desk, MONDAY, TUESDAY) == monday
    tuesday = await figures(desk, TUESDAY, TUESDAY + timedelta(days=1))
    assert (tuesday.opened, tuesday.first_answers, tuesday.on_time) == (0, 1, 0.0)


async def test_an_escalation_is_counted_and_the_breach_stays(desk: Staffed) -> None:
    number = await desk.asks()
    await desk.later(hours=6)
    await desk.claiming.claim(LEO, ticket_id=number)
    await desk.answers(LEO, number)

    found = await figures(desk)

    assert (found.escalated, found.on_time) == (1, 0.0)


async def test_a_transfer_hides_nothing(desk: Staffed) -> None:
    number = await desk.asks()
    await desk.claiming.claim(LEO, ticket_id=number)
    desk.clock.pass_(timedelta(hours=6))
    await desk.claiming.transfer(LEO, ticket_id=number, to=AMY.member_id, note="需要 EU 经验")
    await desk.answers(AMY, number)

    found = await figures(desk)

    assert found.first_median == 270 * MINUTE
    assert {one.mentor_id: one.answered for one in found.mentors} == {12: 1, 11: 0}


async def test_an_answer_that_became_an_entry_is_to_its_mentors_credit(desk: Staffed) -> None:
    number = await solved(desk, LEO, claimed=1, answered=2)
    async with desk.storage.work() as unit:
        await unit.session.execute(
            sa.insert(EntryRow).values(
                state=EntryState.PUBLISHED,
                version=1,
                kind="answer",
                question="佣金",
                body="百分之六",
                aliases=[],
                topics=[],
                markets=[],
                media=[],
                reminders=0,
                published_at=desk.clock.now(),
                made_by=AMY.member_id,
                made_at=desk.clock.now(),
                source_ticket_id=number,
                reads=0,
                revision=1,
            )
        )
        await unit.commit()

    found = await figures(desk)

    assert {one.mentor_id: one.credits for one in found.mentors} == {11: 2, 12: 0}


async def test_a_quiet_week_has_no_shares(desk: Staffed) -> None:
    found = await figures(desk)

    assert (found.opened, found.first_median, found.first_p90) == (0, None, None)
    assert (found.on_time, found.praised, found.fairness) == (None, None, None)
    assert [one.taken_late for one in found.mentors] == [None, None]


@pytest.mark.parametrize(
    ("taken", "index"), [([], None), ([0, 0], None), ([4, 4], 1.0), ([8, 0], 0.5), ([3], 1.0)]
)
def test_fairness_is_one_when_all_take_as_many(taken: list[int], index: float | None) -> None:
    assert fairness(taken) == index


def test_a_tier_without_a_promise_is_never_taken_late() -> None:
    always = Calendar(TOKYO, (((0, 1440),),) * 7)
    taken = Event(TUESDAY, Happening.CLAIM, None, 11, None)

    found = reckon([Course(1, (taken,))], always, since=MONDAY, until=NEXT_MONDAY)

    assert found.mentors[0].taken_late == 0
