"""Mentors: their hours, what they may be given, and what they say of themselves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.storage import journal
from community_bot.storage.unit import Storage
from community_bot.tickets.mentor_rules import (
    OFFER,
    Attendance,
    Carried,
    Duty,
    OfferState,
    Skills,
    for_span,
    load,
    until_time,
)
from community_bot.tickets.mentors import Mentors
from tests.tickets.staffing import ADMIN, AMY, LEO, OWNER, staffed

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
HOUR = timedelta(hours=1)


@pytest.fixture
async def mentors(storage: Storage, clock: StandingClock) -> Mentors:
    return (await staffed(storage, clock)).mentors


def attendance(duty: Duty, **said: object) -> Attendance:
    facts = {"on_until": None, "away_until": None, "week": {}, "zone": SHANGHAI, **said}
    return Attendance(duty, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "is_on"),
    [
        (attendance(Duty.ON), True),
        (attendance(Duty.ON, on_until=MONDAY), False),
        (attendance(Duty.ON, on_until=MONDAY + HOUR), True),
        (attendance(Duty.OFF), False),
        (attendance(Duty.ON, away_until=MONDAY + HOUR), False),
        (attendance(Duty.ON, away_until=MONDAY), True),
        (attendance(Duty.ON, is_paused=True), False),
        (attendance(Duty.WEEKLY), False),
        (attendance(Duty.WEEKLY, week={"mon": ((600, 660),)}), True),
        (attendance(Duty.WEEKLY, week={"mon": ((540, 600),)}), False),
        (attendance(Duty.WEEKLY, week={"mon": ((600, 660),)}, zone=NEW_YORK), False),
        (attendance(Duty.WEEKLY, week={"sun": ((1200, 1440),)}, zone=NEW_YORK), True),
        (attendance(Duty.OFF, week={"mon": ((600, 660),)}), False),
        (attendance(Duty.ON, on_until=MONDAY - HOUR, week={"mon": ((600, 660),)}), True),
    ],
)
def test_a_mentor_is_on_duty_when_they_said_so(given: Attendance, *, is_on: bool) -> None:
    assert given.is_on(MONDAY) is is_on


def test_skills_that_are_not_named_fit_everything() -> None:
    skills = Skills(topics=frozenset({"fees"}), markets=frozenset({"US"}))

    assert skills.fit_topic("fees")
    assert skills.fit_topic(None)
    assert not skills.fit_topic("tax")
    assert not skills.fit_market("JP")
    assert skills.fit_tier("annual")


def test_a_hard_ticket_weighs_two_and_one_that_waits_for_its_member_little() -> None:
    carried = [
        Carried(is_hard=False, is_answered=False),
        Carried(is_hard=True, is_answered=False),
        Carried(is_hard=True, is_answered=True),
    ]

    assert load(carried) == 10 + 20 + 3


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("18:30", "2026-03-02 18:30"),
        ("18：30", "2026-03-02 18:30"),
        ("9.15", "2026-03-03 09:15"),
        ("10:00", "2026-03-03 10:00"),
        ("24:00", "2026-03-03 00:00"),
    ],
)
def test_until_is_the_next_time_the_clock_shows_that(text: str, when: str) -> None:
    wanted = datetime.fromisoformat(when).replace(tzinfo=SHANGHAI)

    assert until_time(text, MONDAY, SHANGHAI) == wanted


@pytest.mark.parametrize("text", ["", "half past six", "25:00", "18:60", "18"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="time"):
        until_time(text, MONDAY, SHANGHAI)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2h", 2 * HOUR),
        ("2", 2 * HOUR),
        ("30 min", HOUR / 2),
        ("3D", 72 * HOUR),
        ("９0m", 1.5 * HOUR),
    ],
)
def test_away_is_said_in_minutes_hours_or_days(text: str, span: timedelta) -> None:
    assert for_span(text) == span


@pytest.mark.parametrize("text", ["", "0", "soon", "-2h", "31d", "9999h"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="span"):
        for_span(text)


def test_every_state_of_an_offer_can_be_reached() -> None:
    assert OFFER.reachable() == frozenset(OfferState)


async def test_who_is_given_the_role_is_on_duty_and_answers_everything(mentors: Mentors) -> None:
    leo = await mentors.card(LEO, mentor_id=LEO.member_id)

    assert (leo.name, leo.is_on_duty, leo.cap, leo.load) == ("Leo", True, 50, 0)
    assert leo.skills == Skills()
    assert [one.name for one in await mentors.all(ADMIN)] == ["Amy", "Leo"]


async def test_admins_set_skills_and_caps_and_the_journal_knows(
    mentors: Mentors, storage: Storage
) -> None:
    await mentors.set_skills(
        ADMIN, mentor_id=LEO.member_id, topics=["fees", " tax "], markets=["us"], tiers=["annual"]
    )
    await mentors.set_cap(ADMIN, mentor_id=LEO.member_id, cap=2)
    leo = await mentors.rename(LEO, mentor_id=LEO.member_id, stage_name=" 小  李 ")

    assert leo.skills == Skills(
        frozenset({"fees", "tax"}), frozenset({"US"}), frozenset({"annual"})
    )
    assert (leo.cap, leo.shown_name) == (20, "小 李")
    async with storage.read() as session:
        entries = await journal.entries_of(session, "mentor", LEO.member_id)
    assert [entry.action for entry in entries] == ["set_skills", "set_cap", "rename_mentor"]


async def test_a_mentor_looks_after_their_own_name_only(mentors: Mentors) -> None:
    with pytest.raises(NotAllowed):
        await mentors.set_cap(LEO, mentor_id=LEO.member_id, cap=1)
    with pytest.raises(NotAllowed):
        await mentors.rename(LEO, mentor_id=AMY.member_id, stage_name="x")
    with pytest.raises(NotAllowed):
        await mentors.card(LEO, mentor_id=AMY.member_id)


async def test_odd_wishes_are_refused(mentors: Mentors, clock: StandingClock) -> None:
    for cap in (0, 101):
        with pytest.raises(Invalid, match="cap"):
            await mentors.set_cap(ADMIN, mentor_id=LEO.member_id, cap=cap)
    with pytest.raises(Invalid, match="skills"):
        await mentors.set_skills(ADMIN, mentor_id=LEO.member_id, topics=[str(n) for n in range(31)])
    with pytest.raises(Invalid, match="stage_name"):
        await mentors.rename(LEO, mentor_id=LEO.member_id, stage_name="x" * 65)
    with pytest.raises(Invalid, match="past"):
        await mentors.go_on(LEO, until=clock.now())
    with pytest.raises(Invalid, match="span"):
        await mentors.go_away(LEO, span=timedelta())
    with pytest.raises(Invalid, match="order"):
        await mentors.keep_hours(LEO, week={"mon": ["12:00-09:00"]})
    with pytest.raises(NotFound):
        await mentors.set_cap(ADMIN, mentor_id=999, cap=1)


async def test_an_owner_without_the_role_has_no_duty(mentors: Mentors) -> None:
    with pytest.raises(NotAllowed):
        await mentors.go_on(OWNER)


async def test_duty_is_said_in_a_word(mentors: Mentors, clock: StandingClock) -> None:
    until = clock.now() + 8 * HOUR

    assert (await mentors.go_on(LEO, until=until)).is_on_duty
    assert not (await mentors.go_away(LEO, span=2 * HOUR)).is_on_duty
    clock.pass_(2 * HOUR)
    assert (await mentors.card(LEO, mentor_id=LEO.member_id)).is_on_duty
    clock.pass_(6 * HOUR)
    assert not (await mentors.card(LEO, mentor_id=LEO.member_id)).is_on_duty
    assert (await mentors.go_on(LEO)).is_on_duty
    assert not (await mentors.go_off(LEO)).is_on_duty


async def test_weekly_hours_hold_until_they_are_taken_back(
    mentors: Mentors, clock: StandingClock
) -> None:
    week = {"mon": ["10:00-12:00"], "tue": []}

    kept = await mentors.keep_hours(LEO, week=week)

    assert (kept.is_on_duty, kept.week) == (True, {"mon": ((600, 720),)})
    clock.pass_(2 * HOUR)
    assert not (await mentors.card(LEO, mentor_id=LEO.member_id)).is_on_duty
    assert (await mentors.keep_hours(LEO, week={})).is_on_duty


async def test_a_paused_mentor_is_given_nothing(mentors: Mentors) -> None:
    assert not (await mentors.pause(ADMIN, mentor_id=LEO.member_id)).is_on_duty
    assert (await mentors.bring_back(ADMIN, mentor_id=LEO.member_id)).is_on_duty


async def test_a_member_can_keep_their_questions_from_a_mentor(mentors: Mentors) -> None:
    wang = Actor(70, frozenset({Role.MEMBER}))

    await mentors.exclude(wang, member_id=70, mentor_id=LEO.member_id)

    with pytest.raises(AlreadyDone):
        await mentors.exclude(ADMIN, member_id=70, mentor_id=LEO.member_id)
    with pytest.raises(NotAllowed):
        await mentors.exclude(LEO, member_id=70, mentor_id=AMY.member_id)
    with pytest.raises(NotAllowed):
        await mentors.allow(LEO, member_id=70, mentor_id=LEO.member_id)
    await mentors.allow(wang, member_id=70, mentor_id=LEO.member_id)
    with pytest.raises(NotFound):
        await mentors.allow(wang, member_id=70, mentor_id=LEO.member_id)


async def test_who_lost_the_role_is_no_mentor_any_more(
    storage: Storage, clock: StandingClock
) -> None:
    desk = await staffed(storage, clock)
    await desk.mentors.all(ADMIN)

    await desk.people.take_role(OWNER, member_id=AMY.member_id, role=Role.MENTOR)
    await desk.people.meet(Person(AMY.member_id, "Amy", None, "zh"))

    assert [one.name for one in await desk.mentors.all(ADMIN)] == ["Leo"]
