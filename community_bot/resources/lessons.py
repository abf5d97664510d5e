"""Taking a course: joining, opening lessons, saying that they are done, handing in homework."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import content_rules, course_queries, lesson_queries
from community_bot.resources.content_rules import Content
from community_bot.resources.course_facts import Course, Learner, Lesson, Progress, Step
from community_bot.resources.course_notices import HomeworkWaiting, LessonTask
from community_bot.resources.course_rules import Check, CourseState, StepEvent
from community_bot.resources.lending import Lending
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage.unit import Storage, Unit


class _Tier(Protocol):
    @property
    def code(self) -> str: ...


class Bought(Protocol):
    """An order as far as lessons have to know it."""

    @property
    def member_id(self) -> int: ...

    @property
    def tier(self) -> _Tier: ...

    @property
    def placed_at(self) -> datetime: ...


class Lessons:
    """What members do with courses."""

    def __init__(
        self, storage: Storage, around: Surroundings, *, outbox: Outbox, lending: Lending
    ) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._lending = lending

    async def courses(self, actor: Actor) -> list[Progress]:
        """Return the open courses, with how far the member is with each."""
        async with self._storage.read() as session:
            courses = await course_queries.all_(session, CourseState.OPEN)
            return [await self._progress(session, actor, course) for course in courses]

    async def course(self, actor: Actor, *, course_id: int) -> Progress:
        """Return one course as the member sees it; raises NotFound."""
        async with self._storage.read() as session:
            course = await course_queries.one(session, course_id)
            if course is None or course.state is not CourseState.OPEN:
                raise NotFound("course", course_id)
            return await self._progress(session, actor, course)

    async def join(self, actor: Actor, *, course_id: int) -> Progress:
        """Take a course that the member's tier opens; the first lessons come at once."""
        progress = await self.course(actor, course_id=course_id)
        if not progress.may_join:
            raise NotAllowed("course")
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            await lesson_queries.join(unit.session, course_id, {actor.member_id: now}, now=now)
            joined = await self._progress(unit.session, actor, progress.course)
            await unit.commit()
        return joined

    async def lesson(self, actor: Actor, *, lesson_id: int) -> Lesson:
        """Return a lesson that was released to the member; raises Invalid before that."""
        async with self._storage.read() as session:
            lesson, _, _ = await self._released(session, actor, lesson_id)
        return lesson

    async def open(self, actor: Actor, *, lesson_id: int) -> Lesson:
        """Send a lesson that was released, with what to do below it."""
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            lesson, learner, step = await self._released(unit.session, actor, lesson_id)
            if step.opened_at is None:
                await lesson_queries.note_step(unit.session, step.step_id, opened_at=now)
            await self._was_active(unit, learner)
            await self._lending.lend_by_number(
                unit, actor.member_id, resource_id=lesson.resource_id
            )
            task = LessonTask(
                lesson_id=lesson_id,
                number=lesson.number,
                title=lesson.title,
                task=lesson.task,
                is_homework=lesson.check is Check.HOMEWORK,
                is_done=step.done_at is not None,
            )
            promise = Promise(
                task,
                chat_id=actor.member_id,
                member_id=actor.member_id,
                lane=Lane.REPLY,
                doubt=Doubt.ONCE_MORE,
            )
            await self._outbox.put(unit, promise)
            await unit.commit()
        return lesson

    async def finish(self, actor: Actor, *, lesson_id: int) -> Progress:
        """Take the member's word that a lesson is done; homework is looked at by a mentor."""
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            lesson, learner, step = await self._released(unit.session, actor, lesson_id)
            if lesson.check is Check.HOMEWORK:
                raise Invalid("homework", "wanted")
            if not await lesson_queries.move(
                unit.session, step.step_id, StepEvent.FINISH, done_at=now
            ):
                raise AlreadyDone("lesson")
            return await self._went_on(unit, actor, learner)

    async def hand_in(self, actor: Actor, *, lesson_id: int, content: Content) -> Progress:
        """Hand in homework, or a better one while nobody has looked at the first."""
        content = content_rules.checked(content)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            lesson, learner, step = await self._released(unit.session, actor, lesson_id)
            if not await lesson_queries.move(
                unit.session,
                step.step_id,
                StepEvent.HAND_IN,
                homework=content_rules.as_facts(content),
                handed_in_at=now,
            ):
                raise AlreadyDone("lesson")
            course = await course_queries.of_lesson(unit.session, lesson_id)
            await self._tell_mentor(unit, actor, course, lesson, step)
            return await self._went_on(unit, actor, learner)

    async def used(self, session: AsyncSession, order: Bought) -> int | None:
        """Count the lessons that somebody opened since an order; None without a course."""
        return await lesson_queries.opened(
            session, order.member_id, order.tier.code, since=order.placed_at
        )

    async def mentors_in(self, session: AsyncSession, course: Course) -> list[int]:
        """Return who is told of the learners of a course."""
        if course.mentor_id is not None:
            return [course.mentor_id]
        return await self._around.people.with_roles_in(session, Role.ADMIN, Role.OWNER)

    async def _tell_mentor(
        self, unit: Unit, actor: Actor, course: Course | None, lesson: Lesson, step: Step
    ) -> None:
        if course is None:
            return
        names = await self._around.people.names_in(unit.session, [actor.member_id])
        now = self._around.clock.now()
        notice = HomeworkWaiting(
            step_id=step.step_id,
            name=names.get(actor.member_id, "–"),
            course=course.title,
            number=lesson.number,
            title=lesson.title,
        )
        mentors = await self.mentors_in(unit.session, course)
        key = f"homework:{step.step_id}:{now:%Y%m%d%H%M%S}"
        await tell(self._outbox, unit, mentors, notice, key=key)

    async def _released(
        self, session: AsyncSession, actor: Actor, lesson_id: int
    ) -> tuple[Lesson, Learner, Step]:
        """Return a lesson that was released to a learner who still has the right to it."""
        course = await course_queries.of_lesson(session, lesson_id)
        if course is None:
            raise NotFound("lesson", lesson_id)
        progress = await self._progress(session, actor, course)
        if not progress.may_join:
            raise NotAllowed("course")
        step = progress.steps.get(lesson_id)
        if progress.learner is None or step is None:
            raise Invalid("lesson", "not_yet")
        lesson = next(one for one in course.lessons if one.lesson_id == lesson_id)
        return lesson, progress.learner, step

    async def _progress(self, session: AsyncSession, actor: Actor, course: Course) -> Progress:
        learner = await lesson_queries.learner(session, course.course_id, actor.member_id)
        number = learner.learner_id if learner is not None else 0
        steps = (await lesson_queries.steps(session, [number]))[number]
        level = (await self._around.levels()).get(course.tier_code or "")
        now = self._around.clock.now()
        standing = await self._around.memberships.standing_in(session, actor.member_id, now)
        rank = standing.tier.rank if standing.tier is not None else 0
        is_open = course.tier_code is None or (level is not None and level.rank <= rank)
        return Progress(course, learner, {one.lesson_id: one for one in steps}, is_open, level)

    async def _was_active(self, unit: Unit, learner: Learner) -> None:
        now = self._around.clock.now()
        await lesson_queries.note(
            unit.session, learner.learner_id, active_at=now, told_silent_at=None, look_at=now
        )

    async def _went_on(self, unit: Unit, actor: Actor, learner: Learner) -> Progress:
        """Note that a learner did something, commit, and return how far they are."""
        await self._was_active(unit, learner)
        course = await course_queries.one(unit.session, learner.course_id)
        if course is None:
            raise NotFound("course", learner.course_id)
        progress = await self._progress(unit.session, actor, course)
        await unit.commit()
        return progress
