"""The round of courses: who begins, what is released, who is reminded, who has gone silent."""

from datetime import datetime, timedelta

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.resources import choice_queries, course_queries, lesson_queries, quiet_rules
from community_bot.resources.course_facts import Course, Learner, Lesson, Step
from community_bot.resources.course_notices import (
    CourseFinished,
    LearnerSilent,
    LessonReleased,
    LessonReminder,
)
from community_bot.resources.course_rules import (
    LOOK,
    REMIND,
    THEIR_TURN,
    CourseState,
    released_at,
)
from community_bot.resources.lessons import Lessons
from community_bot.resources.quiet_rules import QuietHours
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 200  # learners looked at in one sweep; the others have their turn in the next


class CourseRound:
    """A chore: every step is written down with what is told of it, so it may run twice."""

    def __init__(
        self, storage: Storage, around: Surroundings, *, outbox: Outbox, lessons: Lessons
    ) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._lessons = lessons

    async def sweep(self, now: datetime) -> int:
        """Do what is due; return how many learners were looked at."""
        async with self._storage.read() as session:
            courses = await course_queries.all_(session, CourseState.OPEN)
        for course in courses:
            await self._begin(course, now)
        async with self._storage.read() as session:
            due = await lesson_queries.due(session, now=now, most=AT_ONCE)
        for learner_id in due:
            await self._look(learner_id, now)
        return len(due)

    async def _begin(self, course: Course, now: datetime) -> None:
        """Let those take part whose tier is the course's own."""
        if course.tier_code is None or course.opened_at is None:
            return
        async with self._storage.read() as session:
            new = await lesson_queries.entitled_and_new(
                session, course.course_id, course.tier_code, now=now
            )
        if new:
            async with self._storage.work() as unit:
                joined = {one: max(since, course.opened_at) for one, since in new.items()}
                await lesson_queries.join(unit.session, course.course_id, joined, now=now)
                await unit.commit()

    async def _look(self, learner_id: int, now: datetime) -> None:
        async with self._storage.work() as unit:
            learner = await lesson_queries.one(unit.session, learner_id)
            if learner is None:
                return
            course = await course_queries.one(unit.session, learner.course_id)
            if course is None:
                return
            next_look = now + LOOK
            if await self._may_learn(unit, course, learner, now):
                next_look = await self._go_on(unit, course, learner, now)
            await lesson_queries.note(unit.session, learner_id, look_at=next_look)
            await unit.commit()

    async def _may_learn(self, unit: Unit, course: Course, learner: Learner, now: datetime) -> bool:
        """Say whether somebody's membership still opens the course; they are left alone if not."""
        if course.tier_code is None:
            return True
        level = (await self._around.levels()).get(course.tier_code)
        standing = await self._around.memberships.standing_in(unit.session, learner.member_id, now)
        rank = standing.tier.rank if standing.tier is not None else 0
        return level is not None and level.rank <= rank

    async def _go_on(self, unit: Unit, course: Course, learner: Learner, now: datetime) -> datetime:
        """Release, finish, remind and notice silence; return when to look again."""
        found = await lesson_queries.steps(unit.session, [learner.learner_id])
        steps = {one.lesson_id: one for one in found[learner.learner_id]}
        times = self._times(course, learner, steps)
        due = [
            one for one in course.lessons if one.lesson_id in times and times[one.lesson_id] <= now
        ]
        if due:
            await self._release(unit, course, learner, due, now)
        if not due and await self._finish(unit, course, learner, steps, now):
            return now + LOOK
        open_ = [one for one in course.lessons if _is_open(steps.get(one.lesson_id))]
        if open_ and not due:
            await self._remind(unit, course, learner, open_, steps, now=now)
            await self._notice_silence(unit, course, learner, steps, now)
        later = [at for at in times.values() if at > now]
        later += [_waiting_since(steps[one.lesson_id]) + REMIND for one in open_]
        later.append(learner.active_at + timedelta(days=course.silent_days))
        return min([at for at in later if at > now] + [now + LOOK])

    def _times(
        self, course: Course, learner: Learner, steps: dict[int, Step]
    ) -> dict[int, datetime]:
        """Return when each lesson that is not released yet is, as far as that is known."""
        times: dict[int, datetime] = {}
        before: datetime | None = learner.joined_at
        for lesson in course.lessons:
            step = steps.get(lesson.lesson_id)
            if step is None:
                at = released_at(
                    lesson.release,
                    joined_at=learner.joined_at,
                    before_done_at=before,
                    zone=self._around.zone,
                )
                if at is not None:
                    times[lesson.lesson_id] = at
            before = step.done_at if step is not None else None
        return times

    async def _release(
        self, unit: Unit, course: Course, learner: Learner, due: list[Lesson], now: datetime
    ) -> None:
        """Release what is due, and say so once, for the first of it."""
        await lesson_queries.release(
            unit.session, learner.learner_id, [one.lesson_id for one in due], now=now
        )
        first = due[0]
        notice = LessonReleased(
            first.lesson_id, course.title, first.number, first.title, len(due) - 1
        )
        await self._tell(unit, learner, notice, key=f"lesson:{first.lesson_id}", now=now)

    async def _finish(
        self, unit: Unit, course: Course, learner: Learner, steps: dict[int, Step], now: datetime
    ) -> bool:
        done = [one for one in steps.values() if one.done_at is not None]
        if len(done) < len(course.lessons):
            return False
        await lesson_queries.note(unit.session, learner.learner_id, finished_at=now)
        notice = CourseFinished(course.course_id, course.title, len(course.lessons))
        key = f"course_finished:{course.course_id}:{len(course.lessons)}"
        await self._tell(unit, learner, notice, key=key, now=now)
        return True

    async def _remind(
        self,
        unit: Unit,
        course: Course,
        learner: Learner,
        open_: list[Lesson],
        steps: dict[int, Step],
        *,
        now: datetime,
    ) -> None:
        """Bring the first lesson to mind that has been open for a while; once for each."""
        late = [
            one
            for one in open_
            if steps[one.lesson_id].reminded_at is None
            and _waiting_since(steps[one.lesson_id]) + REMIND <= now
        ]
        for lesson in late:
            step_id = steps[lesson.lesson_id].step_id
            await lesson_queries.note_step(unit.session, step_id, reminded_at=now)
        if late:
            first = late[0]
            notice = LessonReminder(
                first.lesson_id, course.title, first.number, first.title, len(open_)
            )
            key = f"lesson_reminder:{first.lesson_id}:{now:%Y%m%d}"
            await self._tell(unit, learner, notice, key=key, now=now)

    async def _notice_silence(
        self, unit: Unit, course: Course, learner: Learner, steps: dict[int, Step], now: datetime
    ) -> None:
        """Tell a mentor of somebody who has done nothing for as long as the course allows."""
        is_silent = now - learner.active_at >= timedelta(days=course.silent_days)
        if not is_silent or learner.told_silent_at is not None:
            return
        await lesson_queries.note(unit.session, learner.learner_id, told_silent_at=now)
        names = await self._around.people.names_in(unit.session, [learner.member_id])
        notice = LearnerSilent(
            member_id=learner.member_id,
            course_id=course.course_id,
            name=names.get(learner.member_id, "–"),
            course=course.title,
            days=(now - learner.active_at).days,
            done=sum(one.done_at is not None for one in steps.values()),
            lessons=len(course.lessons),
        )
        mentors = await self._lessons.mentors_in(unit.session, course)
        key = f"learner_silent:{learner.learner_id}:{now:%Y%m%d}"
        await tell(self._outbox, unit, mentors, notice, key=key)

    async def _tell(
        self, unit: Unit, learner: Learner, notice: object, *, key: str, now: datetime
    ) -> None:
        """Tell a learner, after their quiet hours if it is quiet now."""
        row = await choice_queries.quiet_hours(unit.session, learner.member_id)
        not_before = None
        if row is not None:
            hours = QuietHours(row.zone, row.from_minute, row.until_minute)
            not_before = quiet_rules.end_of_quiet(hours, now)
        await self._outbox.put(
            unit,
            Promise(
                notice,
                chat_id=learner.member_id,
                member_id=learner.member_id,
                lane=Lane.NOTICE,
                once_key=f"{key}:{learner.learner_id}",
                doubt=Doubt.ONCE_MORE,
                not_before=not_before,
            ),
        )


def _is_open(step: Step | None) -> bool:
    return step is not None and step.state in THEIR_TURN


def _waiting_since(step: Step) -> datetime:
    """Return since when it is the learner's turn."""
    return max(step.released_at, step.looked_at or step.released_at)
