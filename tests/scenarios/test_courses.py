"""A course in chat: an admin makes it, a learner takes it, a mentor looks at the homework."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.scenarios.test_lessons import COURSE
from tests.scenarios.test_library import kept, labels
from tests.town import TIERS, Town, living, said


async def made(town: Town, admin: Person, *releases: str) -> int:
    """Let an admin make a course of these lessons, the last with homework, and open it."""
    for number in range(1, len(releases) + 1):
        await kept(town, admin, f"Part {number}\nwatch this")
    await town.says(admin, "/library")
    await town.presses(admin, "courses:list")
    await town.presses(admin, "teaching:home")
    await town.presses(admin, "teaching:new")
    card = said(await town.says(admin, "Nine lessons"))
    course_id = int(card.split("#")[1].split(" ")[0])
    await town.presses(admin, "teaching:tiers")
    await town.presses(admin, f"teaching:tier:{course_id}:course")
    await town.presses(admin, "teaching:home")
    for number, release in enumerate(releases, start=1):
        await town.presses(admin, f"teaching:course:{course_id}")
        await town.presses(admin, f"teaching:add:{course_id}")
        await town.presses(admin, f"teaching:put:{course_id}:{number}")
        await town.presses(admin, f"teaching:ask:{number}:release")
        await town.says(admin, release)
        await town.presses(admin, f"teaching:ask:{number}:task")
        await town.says(admin, f"Write {number} lines")
    await town.presses(admin, f"teaching:check:{len(releases)}:homework")
    await town.presses(admin, f"teaching:course:{course_id}")
    await town.presses(admin, "teaching:step")
    return course_id


async def sweep(town: Town) -> None:
    await town.community.resources.course_round.sweep(town.community.clock.now())


async def hands_in_until_it_passes(town: Town, member: Person, mentor: Person) -> None:
    """Let a learner hand in twice, and a mentor first ask for more."""
    await town.presses(member, "courses:homework:2")
    await town.says(member, "My two lines")
    await town.told(mentor, "Homework from Lin")
    await town.presses(mentor, "teaching:work")
    await town.told(mentor, "Homework of Lin")
    await town.presses(mentor, "teaching:return")
    await town.says(mentor, "Please add a third")
    await town.told(member, "Please add a third")
    await town.presses(member, "courses:homework:2")
    await town.says(member, "Three lines now")
    await town.presses(mentor, "teaching:waiting")
    await town.presses(mentor, "teaching:work")
    await town.told(mentor, "Three lines now")
    await town.presses(mentor, "teaching:pass")
    await town.told(member, "Your homework passed")


async def test_a_course_from_the_first_lesson_to_the_end(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=[*TIERS, COURSE]) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        order = await paid(town, member, "nine")
        await made(town, admin, "day 0", "after")

        await sweep(town)
        await town.told(member, "Lesson 1 is there")
        await town.presses(member, "courses:open")
        task = said(await town.told(member, "Write 1 lines"))
        progress = said(await town.presses(member, "courses:done"))
        await sweep(town)
        await town.told(member, "Lesson 2 is there")
        await town.presses(member, "courses:open:2")
        await town.told(member, "Write 2 lines")
        await hands_in_until_it_passes(town, member, admin)
        await sweep(town)
        end = said(await town.told(member, "You have finished"))
        async with town.community.storage.read() as session:
            used = await town.community.lessons.used(session, order)

        assert "what to do" in task
        assert "1/2" in progress
        assert "All 2 lessons" in end
        assert used == 2


async def test_who_is_below_sees_the_way_up_and_mentors_hear_of_silence(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=[*TIERS, COURSE]) as town:
        admin = await english(town, "Ada", Role.ADMIN)
        guest, member = await english(town, "Gus"), await english(town, "Lin")
        await paid(town, member, "nine")
        await made(town, admin, "0")
        await sweep(town)
        clock = town.community.clock
        assert isinstance(clock, ShiftedClock)

        await town.says(guest, "/start courses")
        locked = await town.presses(guest, "courses:show")
        ways, words = labels(locked), said(locked)
        clock.pass_(timedelta(days=8))
        await sweep(town)
        silent = said(await town.told(admin, "has been silent for 8 days"))
        await town.told(member, "waits for you")
        learners = said(await town.presses(admin, "teaching:learners"))

        assert "Nine lessons and above" in words
        assert any("Plans" in way for way in ways)
        assert "Lin" in silent
        assert "🔕 Lin" in learners
