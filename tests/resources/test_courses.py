"""Courses: lessons that come when they should, homework that is looked at, silence noticed."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.resources.content_rules import Content
from community_bot.resources.course_facts import Course
from community_bot.resources.course_rules import (
    Check,
    CourseEvent,
    Release,
    ReleaseKind,
    StepState,
    release_typed,
    released_at,
)
from tests.resources.house import ADMIN, House

SHANGHAI = ZoneInfo("Asia/Shanghai")
AFTER = Release()
FIRST = 1000


def day(number: int) -> Release:
    return Release(ReleaseKind.DAY, day=number)


async def course(house: House, *releases: Release, check: Check = Check.DONE) -> Course:
    """Let an admin make a course of the course tier, and open it."""
    courses = house.resources.courses
    made = await courses.make(house.admin, title="九节课")
    await courses.limit_to(house.admin, course_id=made.course_id, tier_code="course")
    for number, release in enumerate(releases, start=1):
        resource = await house.resources.library.make(
            house.admin, content=Content(f"第 {number} 节"), least_tier="annual"
        )
        made = await courses.add_lesson(
            house.admin, course_id=made.course_id, resource_id=resource.resource_id
        )
        lesson_id = made.lessons[-1].lesson_id
        await courses.set_release(house.admin, lesson_id=lesson_id, release=release)
        await courses.set_check(house.admin, lesson_id=lesson_id, check=check)
    return await courses.step(house.admin, course_id=made.course_id, event=CourseEvent.OPEN)


async def sweep(house: House) -> None:
    await house.resources.course_round.sweep(house.clock.now())


async def released(house: House, member: int, of: Course) -> list[int]:
    progress = await house.resources.lessons.course(house.actor(member), course_id=of.course_id)
    return [one.number for one in of.lessons if one.lesson_id in progress.steps]


async def told(house: House, kind: str) -> int:
    return len(await house.letters(kind))


async def test_lessons_come_by_day_and_after_the_one_before(both: House) -> None:
    await both.people(1, tier="course")
    made = await course(both, day(0), day(2), AFTER)
    lessons, actor = both.resources.lessons, both.actor(FIRST)

    await sweep(both)
    await sweep(both)
    first = await released(both, FIRST, made)
    both.clock.pass_(timedelta(days=3))
    await sweep(both)
    second = await released(both, FIRST, made)
    await lessons.finish(actor, lesson_id=made.lessons[1].lesson_id)
    await sweep(both)
    third = await released(both, FIRST, made)

    assert (first, second, third) == ([1], [1, 2], [1, 2, 3])
    assert await told(both, "lesson_released") == 3


async def test_a_lesson_opens_for_learners_alone_and_counts_as_used(both: House) -> None:
    await both.people(1, tier="course")
    await both.people(1, tier=None, first=2000)
    made = await course(both, day(0), day(5))
    await sweep(both)
    lessons, first = both.resources.lessons, made.lessons[0].lesson_id

    await lessons.open(both.actor(FIRST), lesson_id=first)
    await lessons.open(both.actor(FIRST), lesson_id=first)
    with pytest.raises(Invalid, match="not_yet"):
        await lessons.open(both.actor(FIRST), lesson_id=made.lessons[1].lesson_id)
    with pytest.raises(NotAllowed):
        await lessons.open(both.actor(2000), lesson_id=first)

    assert await told(both, "resource") == 2
    assert await told(both, "lesson_task") == 2


async def test_who_is_above_the_tier_joins_with_one_tap_and_catches_up(both: House) -> None:
    await both.people(1, tier="annual")
    made = await course(both, day(0), Release(ReleaseKind.DATE, on=date(2020, 1, 1)), day(9))
    await sweep(both)
    before = await released(both, FIRST, made)

    await both.resources.lessons.join(both.actor(FIRST), course_id=made.course_id)
    await sweep(both)

    (letter,) = await both.letters("lesson_released")
    assert before == []
    assert await released(both, FIRST, made) == [1, 2]
    assert letter.facts["more"] == 1


async def test_homework_goes_to_the_mentor_and_back_until_it_passes(both: House) -> None:
    await both.people(1, tier="course")
    made = await course(both, day(0), AFTER, check=Check.HOMEWORK)
    await sweep(both)
    lessons, checking = both.resources.lessons, both.resources.lesson_checking
    actor, first = both.actor(FIRST), made.lessons[0].lesson_id

    with pytest.raises(Invalid):
        await lessons.finish(actor, lesson_id=first)
    await lessons.hand_in(actor, lesson_id=first, content=Content("我的选品表"))
    (work,) = await checking.waiting(both.admin)
    back = await checking.send_back(both.admin, step_id=work.step_id, words="请补毛利")
    await lessons.hand_in(actor, lesson_id=first, content=Content("补好了"))
    passed = await checking.approve(both.other, step_id=work.step_id)
    with pytest.raises(AlreadyDone):
        await checking.approve(both.admin, step_id=work.step_id)
    await sweep(both)

    assert (work.content.text, back.state) == ("我的选品表", StepState.RETURNED)
    assert (passed.content.text, passed.state) == ("补好了", StepState.PASSED)
    assert await released(both, FIRST, made) == [1, 2]
    assert await told(both, "homework_looked_at") == 2


async def test_an_open_lesson_is_brought_to_mind_once_and_silence_is_noticed(both: House) -> None:
    await both.people(1, tier="course")
    made = await course(both, day(0))
    mentor = Person(7, "李老师", None, "zh-hans")
    await both.community.people.meet(mentor)
    owner = Actor(1, frozenset({Role.OWNER}))
    await both.community.people.give_role(owner, member_id=7, role=Role.MENTOR)
    courses = both.resources.courses
    await courses.entrust(both.admin, course_id=made.course_id, mentor_id=7)

    for _ in range(12):
        await sweep(both)
        both.clock.pass_(timedelta(days=1))

    (silent,) = await both.letters("learner_silent")
    assert await told(both, "lesson_reminder") == 1
    assert (silent.chat_id, silent.facts["days"]) == (7, 7)


async def test_the_end_is_celebrated_once_and_mentors_see_how_far_everybody_is(
    both: House,
) -> None:
    await both.people(2, tier="course")
    made = await course(both, day(0))
    await sweep(both)
    lesson_id = made.lessons[0].lesson_id

    progress = await both.resources.lessons.finish(both.actor(FIRST), lesson_id=lesson_id)
    with pytest.raises(AlreadyDone):
        await both.resources.lessons.finish(both.actor(FIRST), lesson_id=lesson_id)
    await sweep(both)
    await sweep(both)
    both.clock.pass_(timedelta(days=8))
    _, lines = await both.resources.lesson_checking.learners(both.admin, course_id=made.course_id)

    assert progress.done == 1
    assert await told(both, "course_finished") == 1
    assert [(one.learner.member_id, one.done, one.is_silent) for one in lines] == [
        (1001, 0, True),
        (1000, 1, False),
    ]


async def test_who_has_no_membership_any_more_is_left_alone(both: House) -> None:
    await both.people(1, tier="course", days=2)
    made = await course(both, day(0), day(5))
    await sweep(both)
    both.clock.pass_(timedelta(days=40))

    await sweep(both)

    assert await told(both, "lesson_released") == 1
    assert await told(both, "lesson_reminder") == 0
    with pytest.raises(NotAllowed):
        await both.resources.lessons.open(both.actor(FIRST), lesson_id=made.lessons[0].lesson_id)


async def test_only_admins_make_courses_and_an_empty_one_is_not_opened(house: House) -> None:
    mentor = Actor(ADMIN, frozenset({Role.MENTOR}))
    with pytest.raises(NotAllowed):
        await house.resources.courses.make(mentor, title="x")
    made = await house.resources.courses.make(house.admin, title="空课程")

    with pytest.raises(Invalid, match="none"):
        await house.resources.courses.step(
            house.admin, course_id=made.course_id, event=CourseEvent.OPEN
        )


@pytest.mark.parametrize(
    ("typed", "release"),
    [
        ("3", day(3)),
        ("第3天", day(3)),
        ("day 0", day(0)),
        ("2026-12-01", Release(ReleaseKind.DATE, on=date(2026, 12, 1))),
        ("2026年12月1日", Release(ReleaseKind.DATE, on=date(2026, 12, 1))),
        ("after", AFTER),
        ("完成上一节后", AFTER),
    ],
)
def test_when_a_lesson_comes_is_read_as_people_type_it(typed: str, release: Release) -> None:
    assert release_typed(typed) == release


@pytest.mark.parametrize("typed", ["", "2026-02-31", "someday", "9999", "-1"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        release_typed(typed)


def test_a_lesson_of_a_day_comes_in_the_morning_by_the_communitys_clock(
    clock: StandingClock,
) -> None:
    joined = clock.now()

    at = released_at(day(2), joined_at=joined, before_done_at=None, zone=SHANGHAI)

    assert at is not None
    local = at.astimezone(SHANGHAI)
    assert (local.hour, local.date()) == (
        9,
        joined.astimezone(SHANGHAI).date() + timedelta(days=2),
    )
