"""Looking after learners: their homework, how far each is, who has gone silent."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, NotAllowed, NotFound
from community_bot.people.roles import Actor
from community_bot.resources import course_queries, lesson_queries
from community_bot.resources.content_rules import from_facts, parts_of
from community_bot.resources.course_facts import Course, Learner, LearnerLine, Step, Work
from community_bot.resources.course_notices import HomeworkLookedAt, HomeworkShown
from community_bot.resources.course_rules import TASK_SIGNS, StepEvent, StepState, checked_text
from community_bot.resources.courses import TEACHERS
from community_bot.resources.lending import Lending
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage


class LessonChecking:
    """What mentors do with those who take a course."""

    def __init__(
        self, storage: Storage, around: Surroundings, *, outbox: Outbox, lending: Lending
    ) -> None:
        self._lending = lending
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def waiting(self, actor: Actor) -> list[Work]:
        """Return the homework that waits for a look, the oldest first."""
        actor.require(*TEACHERS)
        async with self._storage.read() as session:
            numbers = await lesson_queries.handed_in(session)
            return [await self._work(session, number) for number in numbers]

    async def one(self, actor: Actor, *, step_id: int) -> Work:
        """Return what somebody handed in; raises NotFound."""
        actor.require(*TEACHERS)
        async with self._storage.read() as session:
            return await self._work(session, step_id)

    async def show(self, actor: Actor, *, step_id: int) -> Work:
        """Send a mentor what somebody handed in, and below it what can be said of it."""
        actor.require(*TEACHERS)
        async with self._storage.work(actor.cause) as unit:
            work = await self._work(unit.session, step_id)
            await self._lending.lend(
                unit, actor.member_id, resource_id=0, parts=parts_of(work.content)
            )
            lesson = work.lesson
            notice = HomeworkShown(
                step_id=step_id,
                name=work.name,
                course=work.course_title,
                number=lesson.number,
                title=lesson.title,
                task=lesson.task,
                is_waiting=work.state is StepState.HANDED_IN,
            )
            me = actor.member_id
            promise = Promise(notice, chat_id=me, member_id=me, lane=Lane.REPLY)
            await self._outbox.put(unit, promise)
            await unit.commit()
        return work

    async def approve(self, actor: Actor, *, step_id: int) -> Work:
        """Let homework pass; the lesson after it may be released by that."""
        now = self._around.clock.now()
        return await self._look(actor, step_id, StepEvent.PASS, None, done_at=now)

    async def send_back(self, actor: Actor, *, step_id: int, words: str) -> Work:
        """Ask for changes, in words."""
        words = checked_text(words, "words", TASK_SIGNS)
        return await self._look(actor, step_id, StepEvent.RETURN, words, reminded_at=None)

    async def learners(self, actor: Actor, *, course_id: int) -> tuple[Course, list[LearnerLine]]:
        """Return how far everybody is, whoever has been silent longest first."""
        actor.require(*TEACHERS)
        now = self._around.clock.now()
        async with self._storage.read() as session:
            course = await course_queries.one(session, course_id)
            if course is None:
                raise NotFound("course", course_id)
            found = await lesson_queries.all_(session, course_id)
            steps = await lesson_queries.steps(session, [one.learner_id for one in found])
            names = await self._around.people.names_in(session, [one.member_id for one in found])
        lines = [
            _line(course, one, names.get(one.member_id, "–"), steps[one.learner_id], now)
            for one in found
        ]
        return course, sorted(lines, key=_by_need)

    async def _look(
        self, actor: Actor, step_id: int, event: StepEvent, words: str | None, **columns: object
    ) -> Work:
        actor.require(*TEACHERS)
        now = self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            before = await self._work(unit.session, step_id)
            if before.member_id == actor.member_id:
                raise NotAllowed("somebody_else")
            if not await lesson_queries.move(
                unit.session,
                step_id,
                event,
                looked_at=now,
                looked_by=actor.member_id,
                words=words,
                **columns,
            ):
                raise AlreadyDone("homework")
            found = await lesson_queries.work(unit.session, step_id)
            if found is not None:
                await lesson_queries.note(unit.session, found[1].learner_id, look_at=now)
            names = await self._around.people.names_in(unit.session, [actor.member_id])
            notice = HomeworkLookedAt(
                lesson_id=before.lesson.lesson_id,
                number=before.lesson.number,
                title=before.lesson.title,
                by_name=names.get(actor.member_id, "–"),
                is_passed=event is StepEvent.PASS,
                words=words,
            )
            key = f"homework_looked_at:{step_id}:{event}:{now:%Y%m%d%H%M%S}"
            await tell(self._outbox, unit, [before.member_id], notice, key=key)
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action=f"{event}_homework",
                subject="lesson_step",
                subject_key=step_id,
                reason=words,
            )
            looked_at = await self._work(unit.session, step_id)
            await unit.commit()
        return looked_at

    async def _work(self, session: AsyncSession, step_id: int) -> Work:
        found = await lesson_queries.work(session, step_id)
        step, learner = found if found is not None else (None, None)
        course = (
            await course_queries.of_lesson(session, step.lesson_id) if step is not None else None
        )
        if (
            step is None
            or learner is None
            or course is None
            or step.homework is None
            or step.handed_in_at is None
        ):
            raise NotFound("homework", step_id)
        names = await self._around.people.names_in(session, [learner.member_id])
        return Work(
            step_id=step_id,
            state=step.state,
            member_id=learner.member_id,
            name=names.get(learner.member_id, "–"),
            course_title=course.title,
            lesson=next(one for one in course.lessons if one.lesson_id == step.lesson_id),
            content=from_facts(step.homework),
            handed_in_at=step.handed_in_at,
            words=step.words,
        )


def _line(
    course: Course, learner: Learner, name: str, steps: list[Step], now: datetime
) -> LearnerLine:
    is_silent = learner.finished_at is None and now - learner.active_at >= timedelta(
        days=course.silent_days
    )
    done = sum(one.done_at is not None for one in steps)
    return LearnerLine(learner, name, done, len(steps), is_silent)


def _by_need(line: LearnerLine) -> tuple[bool, bool, datetime]:
    learner = line.learner
    return learner.finished_at is not None, not line.is_silent, learner.active_at
