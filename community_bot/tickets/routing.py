"""Who is asked next, and what is due to a waiting ticket: pure decisions, pull before push."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from community_bot.tickets.clock import LATE, OFFER, VERY_LATE, WIDEN
from community_bot.tickets.mentor_rules import Skills

OFFERED_AT_ONCE = 3  # mentors who are asked in private, one after the other, before it is widened
OFFERED_AT_ALL = 6


class Breadth(IntEnum):
    """How much of the skills has to fit; the tier and the exclusions always do."""

    EXACT = 0
    ANY_MARKET = 1
    ANY_TOPIC = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor who may be asked; `load` and `cap` are in tenths of a ticket."""

    mentor_id: int
    skills: Skills
    is_on_duty: bool
    load: int
    cap: int
    last_at: datetime | None = None  # when they last took a ticket
    lately: int = 0  # tickets taken this week


@dataclass(frozen=True, slots=True)
class Case:
    """What routing knows of a waiting ticket."""

    ticket_id: int
    asker_id: int
    topic: str | None
    market: str | None
    tier: str
    is_queued: bool = True
    excluded: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()  # who was offered it already
    is_offered: bool = False  # an offer waits for an answer


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about a ticket now; `seen` are the marks that are then seen to."""

    seen: tuple[int, ...] = ()
    offer_to: int | None = None
    breadth: Breadth = Breadth.EXACT
    warns: bool = False
    escalation: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.seen and self.offer_to is None


def eligible(
    case: Case, candidates: Iterable[Candidate], breadth: Breadth = Breadth.EXACT
) -> list[Candidate]:
    """Return who may be given a ticket, whoever is to be asked first before the others.

    The least loaded comes first, then who has waited longest for a ticket, then who had fewest
    this week.
    """
    return sorted(
        (one for one in candidates if _may(case, one, breadth)),
        key=lambda one: (
            one.load / one.cap,
            one.last_at is not None,
            one.last_at.timestamp() if one.last_at else 0,
            one.lately,
            one.mentor_id,
        ),
    )


def urgency(due_at: datetime | None, ticket_id: int) -> tuple[bool, float, int]:
    """Order a queue: the earliest deadline first, whatever the tier; none at all comes last."""
    return due_at is None, due_at.timestamp() if due_at else 0, ticket_id


def decide(
    case: Case,
    candidates: Collection[Candidate],
    *,
    reached: Collection[int],
    seen: Collection[int],
    is_open: bool,
) -> Plan:
    """Decide what is due: an offer, a warning, an escalation, or nothing.

    `reached` are the marks of the clock, `seen` those that were seen to before; in hours that do
    not count nobody is offered anything.
    """
    fresh = tuple(mark for mark in reached if mark not in seen)
    breadth, mentor_id = Breadth.EXACT, None
    if case.is_queued and not case.is_offered and is_open and OFFER in reached:
        breadth, mentor_id = _next(case, candidates, is_wide=WIDEN in reached)
    return Plan(
        seen=fresh,
        offer_to=mentor_id,
        breadth=breadth,
        warns=WIDEN in fresh and LATE not in fresh,
        escalation=2 if VERY_LATE in fresh else 1 if LATE in fresh else 0,
    )


def _next(
    case: Case, candidates: Collection[Candidate], *, is_wide: bool
) -> tuple[Breadth, int | None]:
    """Return whom to offer it to, and what had to be dropped for that."""
    if len(case.asked) >= (OFFERED_AT_ALL if is_wide else OFFERED_AT_ONCE):
        return Breadth.EXACT, None
    for breadth in Breadth if is_wide else (Breadth.EXACT,):
        for one in eligible(case, candidates, breadth):
            if one.mentor_id not in case.asked:
                return breadth, one.mentor_id
    return Breadth.EXACT, None


def _may(case: Case, one: Candidate, breadth: Breadth) -> bool:
    return (
        one.is_on_duty
        and one.load < one.cap
        and one.mentor_id != case.asker_id
        and one.mentor_id not in case.excluded
        and one.skills.fit_tier(case.tier)
        and (breadth >= Breadth.ANY_TOPIC or one.skills.fit_topic(case.topic))
        and (breadth >= Breadth.ANY_MARKET or one.skills.fit_market(case.market))
    )
