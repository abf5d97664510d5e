"""The course of the sample community, made through the services as an admin would make it."""

from community_bot.community import Community
from community_bot.people.roles import Actor
from community_bot.resources.content_rules import Content
from community_bot.resources.course_rules import Check, CourseEvent, release_typed
from community_bot.sandbox.demo_sample import SampleLesson, read_course


async def open_course(community: Community, owner: Actor) -> None:
    """Make the course with its lessons, and open it."""
    sampled, courses = read_course(), community.resources.courses
    course = await courses.make(owner, title=sampled.title)
    number = course.course_id
    await courses.describe(owner, course_id=number, field="about", text=sampled.about)
    await courses.limit_to(owner, course_id=number, tier_code=sampled.tier)
    for lesson in sampled.lessons:
        await _add(community, owner, number, lesson)
    await courses.step(owner, course_id=number, event=CourseEvent.OPEN)


async def _add(community: Community, owner: Actor, course_id: int, sampled: SampleLesson) -> None:
    courses = community.resources.courses
    resource = await community.resources.library.make(owner, content=Content(sampled.text))
    course = await courses.add_lesson(owner, course_id=course_id, resource_id=resource.resource_id)
    lesson_id = course.lessons[-1].lesson_id
    await courses.set_task(owner, lesson_id=lesson_id, task=sampled.task)
    release = release_typed(sampled.release)
    await courses.set_release(owner, lesson_id=lesson_id, release=release)
    if sampled.homework:
        await courses.set_check(owner, lesson_id=lesson_id, check=Check.HOMEWORK)
