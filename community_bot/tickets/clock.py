"""The clock of a ticket: first and next response, pauses and marks, read from what happened.

It knows no claims, transfers, releases or escalations, so none of them can reset it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from community_bot.business_time.rules import Calendar

# Per cent of the promised working time at which something is done about a waiting ticket.
OFFER, HALF, WIDEN, URGENT, LATE, VERY_LATE = 40, 50, 70, 80, 100, 150
MARKS = (OFFER, HALF, WIDEN, URGENT, LATE, VERY_LATE)


class Beat(StrEnum):
    """What the clock hears of a ticket's life."""

    ASKED = "asked"  # the member wrote what wants an answer; the first one opens the clock
    ANSWERED = "answered"  # a mentor's public answer; the FAQ's and automatic ones do not count
    RETARGETED = "retargeted"  # another tier or topic: another working time from the same start
    PROMISED = "promised"  # staff named a new time; the breach of the old one stays
    SNOOZED = "snoozed"
    WOKEN = "woken"
    LOST = "lost"  # the member cannot be reached
    FOUND = "found"
    ENDED = "ended"  # resolved, closed, cancelled, merged, spam


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing that the clock heard.

    `target` is the promised working time, with ASKED and RETARGETED; None promises nothing.
    `due_at` is the time that was told: with ASKED, RETARGETED, WOKEN and FOUND the deadline as it
    was reckoned then (a calendar that is changed later moves no promise), with PROMISED the new
    one.
    """

    beat: Beat
    at: datetime
    target: timedelta | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One wait of the member's: from the oldest message without an answer to the answer.

    `before` is what counted before the last pause; `since` is where the count began again, and
    None while it stands.
    """

    is_first: bool
    asked_at: datetime
    target: timedelta | None
    due_at: datetime | None
    before: timedelta
    since: datetime | None
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.ended_at is None

    def taken(self, now: datetime, calendar: Calendar) -> timedelta:
        """Return the business time that has counted so far, or until it was over."""
        if self.since is None:
            return self.before
        return self.before + calendar.between(self.since, self.answered_at or self.ended_at or now)

    def is_late(self, now: datetime) -> bool:
        """Say whether the time that was told had passed before the answer came."""
        if self.target is None or self.due_at is None:
            return False
        if self.since is None:
            return self.before > self.target
        return (self.answered_at or self.ended_at or now) > self.due_at

    def mark(self, percent: int, calendar: Calendar) -> datetime | None:
        """Return when so many per cent of the promise are used up; None while the count stands."""
        if self.target is None or self.since is None or self.due_at is None:
            return None
        if percent == LATE:
            return self.due_at
        if percent > LATE:
            return calendar.add(self.due_at, self.target * (percent - LATE) / 100)
        ahead = max(self.target * percent / 100 - self.before, timedelta())
        return min(calendar.add(self.since, ahead), self.due_at)

    def marks(self, now: datetime, calendar: Calendar) -> tuple[int, ...]:
        """Return every mark that has been reached, lowest first."""
        if self.target is None or self.since is None or self.due_at is None:
            return ()
        return reached(self.due_at, self.target, now, calendar)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock says after everything that happened."""

    rounds: tuple[Round, ...] = ()
    pauses: frozenset[Beat] = frozenset()
    target: timedelta | None = None
    promised_at: datetime | None = None  # the newest time that the member was told

    @property
    def current(self) -> Round | None:
        """Return the wait that is going on; None where nobody waits for us."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].is_open else None

    @property
    def first(self) -> Round | None:
        """Return the wait for the first response: the one that was answered, else the newest."""
        firsts = [one for one in self.rounds if one.is_first]
        return firsts[-1] if firsts else None

    @property
    def waiting_since(self) -> datetime | None:
        """Return when the oldest message without an answer was written."""
        return self.current.asked_at if self.current else None

    @property
    def due_at(self) -> datetime | None:
        """Return the deadline that holds now; None while the count stands or nobody waits."""
        current = self.current
        return current.due_at if current and current.since is not None else None

    def worked(self, now: datetime, calendar: Calendar) -> timedelta:
        """Return the business time in which it was our turn: the time to the resolution."""
        return sum((one.taken(now, calendar) for one in self.rounds), timedelta())


def reached(
    due_at: datetime, target: timedelta, now: datetime, calendar: Calendar
) -> tuple[int, ...]:
    """Return the marks that a deadline has reached: what is left of the promise says it alone."""
    left = calendar.between(now, due_at)
    return tuple(percent for percent in MARKS if left <= target * (LATE - percent) / 100)


def read(ticks: Iterable[Tick], calendar: Calendar) -> Reading:
    """Return what the clock says after these, which are in order of time."""
    reading = Reading()
    for tick in ticks:
        reading = after(reading, tick, calendar)
    return reading


def after(reading: Reading, tick: Tick, calendar: Calendar) -> Reading:
    """Return what the clock says after one thing more."""
    match tick.beat:
        case Beat.ASKED:
            return _asked(reading, tick, calendar)
        case Beat.ANSWERED:
            answered = _closed(reading, answered_at=tick.at)
            return replace(answered, promised_at=None)
        case Beat.ENDED:
            return replace(_closed(reading, ended_at=tick.at), promised_at=None)
        case Beat.RETARGETED:
            return _retargeted(reading, tick, calendar)
        case Beat.PROMISED:
            return replace(reading, promised_at=tick.due_at)
        case Beat.SNOOZED | Beat.LOST:
            return _paused(reading, tick, calendar)
        case Beat.WOKEN | Beat.FOUND:
            return _resumed(reading, tick, calendar)


def _asked(reading: Reading, tick: Tick, calendar: Calendar) -> Reading:
    """Begin a round, unless an older message waits already: the oldest one counts."""
    if reading.current is not None:
        return reading
    target = tick.target or reading.target
    is_first = not any(one.answered_at for one in reading.rounds)
    begun = Round(is_first, tick.at, target, tick.due_at, timedelta(), None)
    if not reading.pauses:
        begun = _running(begun, tick, calendar)
    told = begun.due_at if begun.since is not None else None
    return replace(reading, rounds=(*reading.rounds, begun), target=target, promised_at=told)


def _closed(
    reading: Reading, *, answered_at: datetime | None = None, ended_at: datetime | None = None
) -> Reading:
    current = reading.current
    if current is None:
        return reading
    return _with(reading, replace(current, answered_at=answered_at, ended_at=ended_at))


def _retargeted(reading: Reading, tick: Tick, calendar: Calendar) -> Reading:
    current, changed = reading.current, replace(reading, target=tick.target)
    if current is None:
        return changed
    current = replace(current, target=tick.target)
    if current.since is not None:
        due_at = tick.due_at or _due(current, current.since, calendar)
        return replace(_with(changed, replace(current, due_at=due_at)), promised_at=due_at)
    return _with(changed, replace(current, due_at=None))


def _paused(reading: Reading, tick: Tick, calendar: Calendar) -> Reading:
    paused = replace(reading, pauses=reading.pauses | {tick.beat})
    current = reading.current
    if current is None or current.since is None:
        return paused
    counted = current.taken(tick.at, calendar)
    return _with(paused, replace(current, before=counted, since=None))


def _resumed(reading: Reading, tick: Tick, calendar: Calendar) -> Reading:
    """Count on, unless something else keeps the clock standing still."""
    over = Beat.SNOOZED if tick.beat is Beat.WOKEN else Beat.LOST
    resumed = replace(reading, pauses=reading.pauses - {over})
    current = reading.current
    if resumed.pauses or current is None or current.since is not None:
        return resumed
    running = _running(current, tick, calendar)
    return replace(_with(resumed, running), promised_at=running.due_at)


def _running(one: Round, tick: Tick, calendar: Calendar) -> Round:
    """Count from a moment on. A breach before the pause is still one after it."""
    is_breached = one.due_at is not None and one.target is not None and one.before > one.target
    due_at = one.due_at if is_breached else tick.due_at or _due(one, tick.at, calendar)
    return replace(one, since=tick.at, due_at=due_at)


def _due(one: Round, since: datetime, calendar: Calendar) -> datetime | None:
    if one.target is None:
        return None
    return calendar.add(since, max(one.target - one.before, timedelta()))


def _with(reading: Reading, current: Round) -> Reading:
    return replace(reading, rounds=(*reading.rounds[:-1], current))
