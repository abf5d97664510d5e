"""Making courses: their lessons, for whom they are, who looks after the learners."""

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import content_rules, course_queries, course_rules, library_queries
from community_bot.resources.course_facts import Course, Lesson
from community_bot.resources.course_rules import (
    ABOUT_SIGNS,
    LESSONS,
    SILENT_DAYS,
    TASK_SIGNS,
    Check,
    CourseEvent,
    CourseState,
    Release,
    checked_text,
)
from community_bot.resources.surroundings import Surroundings
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

TEACHERS = (Role.ADMIN, Role.MENTOR)


class Courses:
    """What admins do with courses; mentors may look."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        self._storage = storage
        self._around = around

    async def all(self, actor: Actor) -> list[Course]:
        """Return every course, the oldest first."""
        actor.require(*TEACHERS)
        async with self._storage.read() as session:
            return await course_queries.all_(session, *CourseState)

    async def one(self, actor: Actor, *, course_id: int) -> Course:
        """Return a course with its lessons; raises NotFound."""
        actor.require(*TEACHERS)
        async with self._storage.read() as session:
            return await _one(session, course_id)

    async def lesson(self, actor: Actor, *, lesson_id: int) -> tuple[Course, Lesson]:
        """Return a lesson with its course; raises NotFound."""
        actor.require(*TEACHERS)
        async with self._storage.read() as session:
            return await _lesson(session, lesson_id)

    async def make(self, actor: Actor, *, title: str) -> Course:
        """Begin a course; nobody sees it before it is opened."""
        actor.require(Role.ADMIN)
        title = content_rules.checked_title(title)
        async with self._storage.work(actor.cause) as unit:
            course_id = await course_queries.add(
                unit.session,
                title=title,
                silent_days=SILENT_DAYS,
                made_by=actor.member_id,
                made_at=self._around.clock.now(),
                opened_at=None,
            )
            return await self._done(unit, actor, course_id, "make_course", title)

    async def describe(self, actor: Actor, *, course_id: int, field: str, text: str) -> Course:
        """Say what a course is called, what it is about, or how long silence is long."""
        changed: dict[str, object]
        match field:
            case "title":
                changed = {"title": content_rules.checked_title(text)}
            case "about":
                changed = {"about": checked_text(text, "about", ABOUT_SIGNS)}
            case "silence":
                changed = {"silent_days": course_rules.silence_typed(text)}
            case _:
                raise Invalid("button", "broken")
        return await self._change(actor, course_id, **changed)

    async def limit_to(self, actor: Actor, *, course_id: int, tier_code: str | None) -> Course:
        """Say whose course it is: who has exactly this tier takes part, who is above may."""
        if tier_code is not None and tier_code not in await self._around.levels():
            raise Invalid("tier", "unknown")
        return await self._change(actor, course_id, tier_code=tier_code)

    async def entrust(self, actor: Actor, *, course_id: int, mentor_id: int | None) -> Course:
        """Say which mentor looks after the learners; without one all admins are told."""
        if mentor_id is not None:
            roles = await self._around.people.given_roles(mentor_id)
            if not Actor(mentor_id, roles).has(*TEACHERS):
                raise NotFound("mentor", mentor_id)
        return await self._change(actor, course_id, mentor_id=mentor_id)

    async def add_lesson(self, actor: Actor, *, course_id: int, resource_id: int) -> Course:
        """Put a resource behind the lessons that are there."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            course = await _one(unit.session, course_id)
            if await library_queries.one(unit.session, resource_id) is None:
                raise NotFound("resource", resource_id)
            if len(course.lessons) >= LESSONS:
                raise Invalid("lessons", "full", limit=LESSONS)
            number = max((one.number for one in course.lessons), default=0) + 1
            await course_queries.add_lesson(
                unit.session,
                course_id=course_id,
                number=number,
                resource_id=resource_id,
                task="",
                checked_by=Check.DONE,
                **_columns(Release()),
            )
            await course_queries.begin_again(unit.session, course_id)
            return await self._done(unit, actor, course_id, "add_lesson", str(number))

    async def set_task(self, actor: Actor, *, lesson_id: int, task: str) -> Course:
        """Say what there is to do in a lesson."""
        return await self._lesson(actor, lesson_id, task=checked_text(task, "task", TASK_SIGNS))

    async def set_check(self, actor: Actor, *, lesson_id: int, check: Check) -> Course:
        """Say how it is seen that somebody did a lesson."""
        return await self._lesson(actor, lesson_id, checked_by=check)

    async def set_release(self, actor: Actor, *, lesson_id: int, release: Release) -> Course:
        """Say when a lesson is released; what was released stays open."""
        return await self._lesson(actor, lesson_id, **_columns(release))

    async def remove_lesson(self, actor: Actor, *, lesson_id: int) -> Course:
        """Take a lesson out that nobody has begun."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            course, lesson = await _lesson(unit.session, lesson_id)
            if await course_queries.is_under_way(unit.session, lesson_id):
                raise Invalid("lessons", "under_way")
            await course_queries.remove_lesson(unit.session, lesson_id)
            number = str(lesson.number)
            return await self._done(unit, actor, course.course_id, "remove_lesson", number)

    async def step(self, actor: Actor, *, course_id: int, event: CourseEvent) -> Course:
        """Open a course that has lessons, or close it: nothing more is released then."""
        actor.require(Role.ADMIN)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            course = await _one(unit.session, course_id)
            if event is CourseEvent.OPEN and not course.lessons:
                raise Invalid("lessons", "none")
            if not await course_queries.step(unit.session, course_id, event, now=now):
                raise AlreadyDone("course")
            return await self._done(unit, actor, course_id, f"{event}_course", None)

    async def _change(self, actor: Actor, course_id: int, **columns: object) -> Course:
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            await _one(unit.session, course_id)
            await course_queries.change(unit.session, course_id, **columns)
            return await self._done(unit, actor, course_id, "change_course", str(columns))

    async def _lesson(self, actor: Actor, lesson_id: int, **columns: object) -> Course:
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            course, _ = await _lesson(unit.session, lesson_id)
            await course_queries.change_lesson(unit.session, lesson_id, **columns)
            return await self._done(unit, actor, course.course_id, "change_lesson", str(lesson_id))

    async def _done(
        self, unit: Unit, actor: Actor, course_id: int, action: str, what: str | None
    ) -> Course:
        """Write down who did it, have the learners looked at, and commit."""
        now = self._around.clock.now()
        await course_queries.look_again(unit.session, course_id, now=now)
        await journal.record(
            unit,
            at=now,
            actor_id=actor.member_id,
            action=action,
            subject="course",
            subject_key=course_id,
            after=None if what is None else {"said": what},
        )
        course = await _one(unit.session, course_id)
        await unit.commit()
        return course


def _columns(release: Release) -> dict[str, object]:
    return {"release": release.kind, "release_day": release.day, "release_on": release.on}


async def _one(session: AsyncSession, course_id: int) -> Course:
    found = await course_queries.one(session, course_id)
    if found is None:
        raise NotFound("course", course_id)
    return found


async def _lesson(session: AsyncSession, lesson_id: int) -> tuple[Course, Lesson]:
    course = await course_queries.of_lesson(session, lesson_id)
    if course is None:
        raise NotFound("lesson", lesson_id)
    return course, next(one for one in course.lessons if one.lesson_id == lesson_id)
