"""The digest of the week: reckoned from what happened, told once on Monday morning."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.community import Community
from community_bot.delivery.letters import Promise
from community_bot.insight.notices import DayFigures, DeskDigest, MentorLine
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Unit
from community_bot.tickets import figures_queries
from community_bot.tickets.figures import Course, Figures, MentorFigures, reckon

AT = time(9, 0)  # on Mondays, in the community's time zone
WEEK, DAY = timedelta(days=7), timedelta(days=1)
FARTHEST = timedelta(days=400)


class Digests:
    """Looks back: over a week for the digest, over any time for whoever asks."""

    def __init__(self, community: Community) -> None:
        self._community = community
        self._zone = community.config.community.zone

    async def figures(self, actor: Actor, *, since: datetime, until: datetime) -> Figures:
        """Return the desk's figures between two moments, for an admin."""
        actor.require(Role.ADMIN)
        return await self.reckoned(since=since, until=until)

    async def reckoned(self, *, since: datetime, until: datetime) -> Figures:
        """Return the same for a caller who has asked whether it may be seen."""
        begin = max(since, until - FARTHEST)
        async with self._community.storage.read() as session:
            courses = await figures_queries.courses(session, begin, until)
            return await self._reckon(session, courses, begin, until)

    async def week(self, actor: Actor) -> DeskDigest:
        """Return the digest of the seven days that end today, for an admin."""
        actor.require(Role.ADMIN)
        tomorrow = self._community.clock.now().astimezone(self._zone).date() + DAY
        async with self._community.storage.read() as session:
            return await self._digest(session, tomorrow - WEEK)

    async def weekly(self, now: datetime) -> DeskDigest | None:
        """Tell the digest of last week once; None where it was told, and where nothing was asked.

        It is told as soon as the program runs again, should it have been away on Monday morning.
        """
        monday = monday_of(now.astimezone(self._zone))
        async with self._community.storage.read() as session:
            if await journal.entries_of(session, "digest", monday.isoformat()):
                return None
            digest = await self._digest(session, monday - WEEK)
        async with self._community.storage.work() as unit:
            is_worth_it = bool(digest.opened or digest.first_answers or digest.waiting)
            if is_worth_it:
                await self._tell(unit, digest, monday)
            await self._community.faq.gaps.report(
                unit,
                since=self._midnight(monday - WEEK),
                until=self._midnight(monday),
                once_key=monday.isoformat(),
            )
            await journal.record(
                unit,
                at=now,
                actor_id=None,
                action="digest",
                subject="digest",
                subject_key=monday.isoformat(),
            )
            await unit.commit()
        return digest if is_worth_it else None

    async def _tell(self, unit: Unit, digest: DeskDigest, monday: date) -> None:
        told = await self._community.people.with_roles_in(unit.session, Role.ADMIN)
        await self._community.outbox.put(
            unit,
            *(
                Promise(
                    digest,
                    chat_id=member_id,
                    member_id=member_id,
                    once_key=f"digest:{monday.isoformat()}:{member_id}",
                )
                for member_id in told
            ),
        )

    async def _digest(self, session: AsyncSession, first_day: date) -> DeskDigest:
        edges = [self._midnight(first_day + DAY * number) for number in range(8)]
        earlier = self._midnight(first_day - WEEK)
        courses = await figures_queries.courses(session, earlier, edges[7])
        week = await self._reckon(session, courses, edges[0], edges[7])
        before = await self._reckon(session, courses, earlier, edges[0])
        days = [await self._reckon(session, courses, begin, end) for begin, end in pairwise(edges)]
        names = await self._community.people.names_in(
            session, [mentor.mentor_id for mentor in week.mentors]
        )
        return _told(week, before, days, names=names, first_day=first_day)

    async def _reckon(
        self, session: AsyncSession, courses: Sequence[Course], since: datetime, until: datetime
    ) -> Figures:
        staff = await self._community.people.staff_in(session)
        return reckon(
            courses,
            await self._community.business_time.calendar_in(session),
            since=since,
            until=until,
            published=await figures_queries.published(session, since, until),
            mentors=[member_id for member_id, role in staff if role is Role.MENTOR],
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)


def monday_of(local: datetime) -> date:
    """Return the Monday whose digest was due last."""
    monday = local.date() - DAY * local.weekday()
    is_due = local.date() > monday or local.time() >= AT
    return monday if is_due else monday - WEEK


def _told(
    week: Figures,
    before: Figures,
    days: Sequence[Figures],
    *,
    names: dict[int, str],
    first_day: date,
) -> DeskDigest:
    return DeskDigest(
        first_day=first_day,
        last_day=first_day + WEEK - DAY,
        opened=week.opened,
        opened_before=before.opened,
        first_answers=week.first_answers,
        first_median=week.first_median,
        first_p90=week.first_p90,
        on_time=week.on_time,
        on_time_before=before.on_time,
        resolved=week.resolved,
        escalated=week.escalated,
        rated=week.rated,
        praised=week.praised,
        waiting=week.waiting,
        overdue=week.overdue,
        fairness=week.fairness,
        days=tuple(
            DayFigures(first_day + DAY * number, day.opened, day.first_answers)
            for number, day in enumerate(days)
        ),
        mentors=tuple(_line(mentor, names) for mentor in week.mentors),
    )


def _line(mentor: MentorFigures, names: dict[int, str]) -> MentorLine:
    return MentorLine(
        name=names.get(mentor.mentor_id, str(mentor.mentor_id)),
        answered=mentor.answered,
        median=mentor.median,
        praised=mentor.praised,
        late=mentor.late,
        taken_late=mentor.taken_late,
        credits=mentor.credits,
    )
