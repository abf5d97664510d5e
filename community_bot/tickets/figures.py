"""Figures of the desk, reckoned from what happened to its tickets and from nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from community_bot.business_time.rules import Calendar
from community_bot.tickets.clock import HALF, LATE, Beat, Reading, Round, Tick, after
from community_bot.tickets.rules import OPEN, Happening, TicketState, Verdict


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a ticket; `mentor_id` is who took or answered it."""

    at: datetime
    happening: Happening
    to_state: TicketState | None
    mentor_id: int | None
    tick: Tick | None


@dataclass(frozen=True, slots=True)
class Course:
    """A ticket with everything that happened to it, in order, and what its member said of it."""

    ticket_id: int
    events: tuple[Event, ...]
    verdict: Verdict | None = None
    rated_mentor_id: int | None = None
    rated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MentorFigures:
    """What one mentor did; shares are None where there is nothing to share."""

    mentor_id: int
    answered: int
    median: timedelta | None
    praised: float | None
    late: float | None
    taken: int
    taken_late: float | None  # after half of the promise had gone: the easy ones first?
    credits: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened at the desk between two moments, and how it stood at the second of them."""

    since: datetime
    until: datetime
    opened: int
    first_answers: int
    first_median: timedelta | None
    first_p90: timedelta | None
    on_time: float | None
    resolved: int
    escalated: int
    rated: int
    praised: float | None
    waiting: int
    active: int
    overdue: int
    fairness: float | None
    mentors: tuple[MentorFigures, ...]


@dataclass(slots=True)
class _Work:
    """What one mentor did, as it is gathered."""

    tickets: set[int] = field(default_factory=set)
    taken: list[timedelta] = field(default_factory=list)
    late: list[bool] = field(default_factory=list)
    claims: list[bool] = field(default_factory=list)
    verdicts: list[bool] = field(default_factory=list)
    credits: int = 0


@dataclass(slots=True)
class _Sum:
    """What happened to all tickets, as it is gathered."""

    since: datetime
    until: datetime
    opened: int = 0
    firsts: list[tuple[timedelta, bool]] = field(default_factory=list)
    resolved: int = 0
    escalated: int = 0
    verdicts: list[bool] = field(default_factory=list)
    waiting: int = 0
    active: int = 0
    overdue: int = 0
    work: dict[int, _Work] = field(default_factory=lambda: defaultdict(_Work))

    def covers(self, at: datetime) -> bool:
        return self.since <= at < self.until


def reckon(
    courses: Iterable[Course],
    calendar: Calendar,
    *,
    since: datetime,
    until: datetime,
    published: Mapping[int, int] | None = None,
    mentors: Iterable[int] = (),
) -> Figures:
    """Return the figures of a time; what came after it changes nothing.

    `published` are the FAQ entries that came of each mentor's answers, `mentors` everybody who
    could have taken a ticket: who took none belongs to the fairness of it.
    """
    total = _Sum(since, until)
    for mentor_id in mentors:
        total.work[mentor_id].credits = 0
    for course in courses:
        _follow(course, calendar, total)
        _rate(course, total)
    for mentor_id, count in (published or {}).items():
        total.work[mentor_id].credits += count
    return _figures(total)


def fairness(taken: Iterable[int]) -> float | None:
    """Return how evenly work was spread, from nearly 0 to 1 (Jain's index); None without any."""
    counts = list(taken)
    squares = sum(one * one for one in counts)
    return sum(counts) ** 2 / (len(counts) * squares) if squares else None


def _follow(course: Course, calendar: Calendar, total: _Sum) -> None:
    """Go through a ticket's life, and count what falls into the time."""
    reading, state, last_answer = Reading(), None, None
    for event in course.events:
        if event.at >= total.until:
            break
        before = reading
        if event.tick is not None:
            reading = after(reading, event.tick, calendar)
        state = event.to_state or state
        if event.tick is not None and event.tick.beat is Beat.ANSWERED:
            last_answer = event.mentor_id
        if total.covers(event.at):
            _count(course, event, before, total, calendar=calendar, answerer=last_answer)
    _stand(state, reading, total)


def _count(
    course: Course,
    event: Event,
    before: Reading,
    total: _Sum,
    *,
    calendar: Calendar,
    answerer: int | None,
) -> None:
    match event.happening:
        case Happening.OPEN:
            total.opened += 1
        case Happening.ESCALATE:
            total.escalated += 1
        case Happening.RESOLVE:
            total.resolved += 1
            if answerer is not None:
                total.work[answerer].credits += 1
        case Happening.CLAIM if event.mentor_id is not None:
            is_late = _is_past_half(before.current, event.at, calendar)
            total.work[event.mentor_id].claims.append(is_late)
        case Happening.ANSWER | Happening.ASSIST if event.mentor_id is not None:
            work = total.work[event.mentor_id]
            work.tickets.add(course.ticket_id)
            if before.current is not None:
                _answered(before.current, event.at, work, total, calendar)


def _answered(waited: Round, at: datetime, work: _Work, total: _Sum, calendar: Calendar) -> None:
    taken, is_late = waited.taken(at, calendar), waited.is_late(at)
    work.taken.append(taken)
    work.late.append(is_late)
    if waited.is_first:
        total.firsts.append((taken, is_late))


def _is_past_half(waiting: Round | None, at: datetime, calendar: Calendar) -> bool:
    if waiting is None or waiting.target is None:
        return False
    return waiting.taken(at, calendar) > waiting.target * HALF / LATE


def _stand(state: TicketState | None, reading: Reading, total: _Sum) -> None:
    """Note how a ticket stood at the end of the time."""
    if state not in OPEN:
        return
    total.waiting += state is TicketState.QUEUED
    total.active += state is TicketState.ACTIVE
    current = reading.current
    total.overdue += current is not None and current.is_late(total.until)


def _rate(course: Course, total: _Sum) -> None:
    if course.verdict is None or course.rated_at is None or not total.covers(course.rated_at):
        return
    is_good = course.verdict is Verdict.GOOD
    total.verdicts.append(is_good)
    if course.rated_mentor_id is not None:
        total.work[course.rated_mentor_id].verdicts.append(is_good)


def _figures(total: _Sum) -> Figures:
    taken = [one for one, _ in total.firsts]
    return Figures(
        since=total.since,
        until=total.until,
        opened=total.opened,
        first_answers=len(taken),
        first_median=_median(taken),
        first_p90=_p90(taken),
        on_time=_share([not is_late for _, is_late in total.firsts]),
        resolved=total.resolved,
        escalated=total.escalated,
        rated=len(total.verdicts),
        praised=_share(total.verdicts),
        waiting=total.waiting,
        active=total.active,
        overdue=total.overdue,
        fairness=fairness(len(work.claims) for work in total.work.values()),
        mentors=tuple(
            _mentor(mentor_id, work)
            for mentor_id, work in sorted(
                total.work.items(), key=lambda one: (-len(one[1].tickets), one[0])
            )
        ),
    )


def _mentor(mentor_id: int, work: _Work) -> MentorFigures:
    return MentorFigures(
        mentor_id=mentor_id,
        answered=len(work.tickets),
        median=_median(work.taken),
        praised=_share(work.verdicts),
        late=_share(work.late),
        taken=len(work.claims),
        taken_late=_share(work.claims),
        credits=work.credits,
    )


def _share(found: list[bool]) -> float | None:
    return sum(found) / len(found) if found else None


def _median(taken: list[timedelta]) -> timedelta | None:
    ordered = sorted(taken)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2 if ordered else None


def _p90(taken: list[timedelta]) -> timedelta | None:
    """Return what nine of ten took at most: one that really occurred, not a mean of two."""
    if not taken:
        return None
    return sorted(taken)[-(-len(taken) * 9 // 10) - 1]
