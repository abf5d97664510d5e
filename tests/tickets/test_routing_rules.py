"""Whom to ask and when: skills, load and fairness; and a queue in which nobody starves."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

import pytest

from community_bot.tickets.clock import MARKS
from community_bot.tickets.mentor_rules import Skills
from community_bot.tickets.routing import (
    Breadth,
    Candidate,
    Case,
    Plan,
    decide,
    eligible,
    urgency,
)

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CASE = Case(ticket_id=1, asker_id=70, topic="fees", market="US", tier="annual")


def mentor(mentor_id: int, **facts: object) -> Candidate:
    standard = Candidate(mentor_id, Skills(), is_on_duty=True, load=0, cap=50)
    return replace(standard, **facts)  # type: ignore[arg-type]


def skilled(mentor_id: int, topic: str, market: str = "US", tier: str = "annual") -> Candidate:
    skills = Skills(frozenset({topic}), frozenset({market}), frozenset({tier}))
    return mentor(mentor_id, skills=skills)


def asked(
    case: Case, *candidates: Candidate, percent: int = 40, is_open: bool = True, seen: int = 0
) -> Plan:
    reached = [mark for mark in MARKS if mark <= percent]
    return decide(
        case,
        candidates,
        reached=reached,
        seen=[mark for mark in MARKS if mark <= seen],
        is_open=is_open,
    )


def ids(found: list[Candidate]) -> list[int]:
    return [one.mentor_id for one in found]


@pytest.mark.parametrize(
    "refused",
    [
        mentor(1, is_on_duty=False),
        mentor(1, load=50),
        mentor(70),  # who asked it
        mentor(9),  # kept apart from the member
        skilled(1, "tax"),
        skilled(1, "fees", market="JP"),
        skilled(1, "fees", tier="course"),
    ],
)
def test_a_ticket_is_for_somebody_who_may_and_can_and_is_there(refused: Candidate) -> None:
    case = replace(CASE, excluded=frozenset({9}))

    assert eligible(case, [refused]) == []


def test_the_least_loaded_is_asked_first_then_who_waited_longest_then_who_had_fewest() -> None:
    found = eligible(
        CASE,
        [
            mentor(1, load=20),
            mentor(2, load=20, cap=100),
            mentor(3, last_at=NOW),
            mentor(4, last_at=NOW - HOUR, lately=9),
            mentor(5, last_at=NOW - HOUR, lately=3),
            mentor(6),
        ],
    )

    assert ids(found) == [6, 5, 4, 3, 2, 1]


def test_the_market_is_dropped_first_and_then_the_topic_but_never_the_tier() -> None:
    jp, tax, other_tier = skilled(1, "fees", "JP"), skilled(2, "tax"), skilled(3, "fees", tier="x")
    everybody = [jp, tax, other_tier]

    assert ids(eligible(CASE, everybody, Breadth.EXACT)) == []
    assert ids(eligible(CASE, everybody, Breadth.ANY_MARKET)) == [1]
    assert ids(eligible(CASE, everybody, Breadth.ANY_TOPIC)) == [1, 2]


def test_nobody_is_asked_before_forty_per_cent() -> None:
    assert asked(CASE, mentor(1), percent=0).is_empty


def test_the_best_is_asked_in_private_at_forty_per_cent() -> None:
    assert asked(CASE, mentor(1, load=10), mentor(2)) == Plan(seen=(40,), offer_to=2)


def test_one_at_a_time_is_asked_and_nobody_twice() -> None:
    assert asked(replace(CASE, is_offered=True), mentor(1), seen=40).is_empty
    assert asked(replace(CASE, asked=frozenset({1})), mentor(1), mentor(2), seen=40).offer_to == 2


def test_after_three_who_do_not_want_it_the_group_alone_sees_it_until_it_is_widened() -> None:
    case = replace(CASE, asked=frozenset({1, 2, 3}))

    assert asked(case, mentor(4), percent=50, seen=50).offer_to is None
    assert asked(case, mentor(4), percent=70, seen=50).offer_to == 4
    everybody = replace(CASE, asked=frozenset(range(1, 7)))
    assert asked(everybody, mentor(7), percent=80, seen=80).offer_to is None


def test_nobody_is_asked_outside_working_hours() -> None:
    assert asked(CASE, mentor(1), is_open=False) == Plan(seen=(40,))


def test_a_ticket_that_found_nobody_is_looked_at_again() -> None:
    assert asked(CASE, percent=50, seen=50).is_empty
    assert asked(CASE, mentor(1), percent=50, seen=50) == Plan(offer_to=1)


def test_at_seventy_per_cent_it_is_widened_and_warned_of_once() -> None:
    jp = skilled(1, "fees", "JP")

    plan = asked(CASE, jp, percent=70, seen=50)

    assert plan == Plan(seen=(70,), offer_to=1, breadth=Breadth.ANY_MARKET, warns=True)
    assert asked(CASE, percent=70, seen=70).is_empty


@pytest.mark.parametrize(
    ("percent", "seen", "level"), [(80, 70, 0), (100, 80, 1), (150, 100, 2), (150, 150, 0)]
)
def test_it_is_escalated_once_at_each_level(percent: int, seen: int, level: int) -> None:
    assert asked(CASE, percent=percent, seen=seen).escalation == level


def test_after_an_outage_only_the_newest_step_is_taken() -> None:
    plan = asked(CASE, percent=150)

    assert (plan.escalation, plan.warns) == (2, False)
    assert plan.seen == MARKS


def test_a_ticket_that_somebody_has_is_offered_to_nobody_else() -> None:
    held = replace(CASE, is_queued=False)

    assert asked(held, mentor(1), percent=70, seen=50) == Plan(seen=(70,), warns=True)


def test_the_earliest_deadline_comes_first_and_no_deadline_last() -> None:
    queue = [(None, 1), (NOW + HOUR, 2), (NOW, 4), (NOW, 3)]

    assert [number for _, number in sorted(queue, key=lambda one: urgency(*one))] == [3, 4, 2, 1]


@pytest.mark.parametrize("seed", range(12))
def test_at_ninety_per_cent_of_what_mentors_can_do_nobody_waits_without_bound(seed: int) -> None:
    """Three tiers with promises of 1, 4 and 8 hours; four mentors pull by deadline, for 60 days.

    A ticket is overtaken only by those that come within its own promise. So nobody waits longer
    than in a queue in order of arrival, and that promise more; where the tier alone decides,
    the lowest starves.
    """
    by_deadline = longest_wait(seed, lambda ticket: urgency(ticket[1], ticket[2]))
    by_arrival = longest_wait(seed, lambda ticket: ticket[2])
    by_tier = longest_wait(seed, lambda ticket: (ticket[3], ticket[2]))

    assert by_deadline <= by_arrival + max(PROMISES)
    assert by_deadline < by_tier


PROMISES = (HOUR, 4 * HOUR, 8 * HOUR)
Ticket = tuple[datetime, datetime, int, int]  # asked, due, number, place of the tier


def longest_wait(seed: int, order: object) -> timedelta:
    """Let mentors work for sixty days, and return the longest time until a ticket was taken."""
    chance = random.Random(seed)
    arriving = arrivals(chance)
    free = [NOW] * 4
    queue: list[tuple[object, Ticket]] = []
    longest = timedelta()
    while arriving or queue:
        begins = heappop(free)
        if not queue:
            begins = max(begins, arriving[0][0])
        while arriving and arriving[0][0] <= begins:
            ticket = arriving.pop(0)
            heappush(queue, (order(ticket), ticket))  # type: ignore[operator]
        taken = heappop(queue)[1]
        longest = max(longest, begins - taken[0])
        heappush(free, begins + chance.uniform(10, 50) * MINUTE)
    return longest


def arrivals(chance: random.Random) -> list[Ticket]:
    """Return tickets as they come: four mentors manage eight an hour, and 7.2 arrive."""
    found: list[Ticket] = []
    now = NOW
    while now < NOW + timedelta(days=60):
        now += timedelta(hours=chance.expovariate(7.2))
        place = chance.choices((0, 1, 2), (3, 5, 2))[0]
        found.append((now, now + PROMISES[place], len(found), place))
    return found
