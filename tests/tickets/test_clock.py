"""The clock of a ticket: it starts once, stands still in pauses, and nothing resets it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_bot.business_time.rules import CLOSED, Calendar, Hours
from community_bot.tickets.clock import MARKS, Beat, Reading, Round, Tick, read

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE: Hours = ((570, 720), (810, 1110))  # seven and a half hours a day
CALENDAR = Calendar(SHANGHAI, (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FOUR = 4 * HOUR


def at(text: str) -> datetime:
    """Return a moment of the first week of March 2026, which begins on Monday the second."""
    day, clock = text.split()
    number = 2 + ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon2", "tue2"].index(day)
    return datetime.fromisoformat(f"2026-03-{number:02} {clock}").replace(tzinfo=SHANGHAI)


def tick(beat: Beat, when: str, target: timedelta | None = None, due: str | None = None) -> Tick:
    return Tick(beat, at(when), target, at(due) if due else None)


def asked(when: str, target: timedelta | None = FOUR) -> Tick:
    return tick(Beat.ASKED, when, target)


def reading(*ticks: Tick) -> Reading:
    return read(ticks, CALENDAR)


def wait(of: Reading) -> Round:
    assert of.current is not None
    return of.current


def first(of: Reading) -> Round:
    assert of.first is not None
    return of.first


def test_a_question_is_due_after_the_promised_working_time() -> None:
    said = reading(asked("mon 17:00"))

    assert said.due_at == said.promised_at == at("tue 12:00")
    assert said.waiting_since == at("mon 17:00")


def test_what_a_member_adds_does_not_move_the_first_response() -> None:
    said = reading(asked("mon 10:00"), asked("mon 14:00"), asked("mon 15:00", HOUR))

    assert (said.waiting_since, said.due_at) == (at("mon 10:00"), at("mon 15:30"))


def test_an_answer_stops_the_clock() -> None:
    said = reading(asked("mon 10:00"), tick(Beat.ANSWERED, "mon 11:10"))

    assert said.current is None
    assert said.due_at is None
    assert first(said).taken(at("fri 10:00"), CALENDAR) == 70 * MINUTE
    assert not first(said).is_late(at("fri 10:00"))


def test_the_next_response_is_counted_from_the_oldest_message_without_an_answer() -> None:
    said = reading(
        asked("mon 10:00"),
        tick(Beat.ANSWERED, "mon 11:00"),
        asked("mon 15:00"),
        asked("mon 16:00"),
    )

    assert not wait(said).is_first
    assert said.waiting_since == at("mon 15:00")
    assert said.due_at == at("tue 10:00")
    assert first(said).answered_at == at("mon 11:00")


def test_the_end_stops_the_next_response() -> None:
    said = reading(
        asked("mon 10:00"),
        tick(Beat.ANSWERED, "mon 11:00"),
        asked("mon 15:00"),
        tick(Beat.ENDED, "mon 15:30"),
    )

    assert said.due_at is None
    assert said.worked(at("fri 10:00"), CALENDAR) == 90 * MINUTE


def test_opening_a_ticket_again_begins_another_wait() -> None:
    said = reading(
        asked("mon 10:00"),
        tick(Beat.ANSWERED, "mon 11:00"),
        tick(Beat.ENDED, "mon 12:00"),
        asked("wed 10:00"),
    )

    assert (wait(said).is_first, said.due_at) == (False, at("wed 15:30"))


def test_spam_by_mistake_still_waits_for_its_first_response() -> None:
    said = reading(asked("mon 10:00"), tick(Beat.ENDED, "mon 10:05"), asked("mon 10:30"))

    assert wait(said).is_first
    assert said.due_at == at("mon 16:00")


def test_a_pause_over_a_weekend_takes_nothing_and_gives_nothing() -> None:
    paused = (asked("fri 16:30"), tick(Beat.SNOOZED, "fri 18:00"))
    said = reading(*paused)
    assert (said.due_at, wait(said).taken(at("mon2 17:00"), CALENDAR)) == (None, 1.5 * HOUR)

    resumed = reading(*paused, tick(Beat.WOKEN, "mon2 09:00"))

    assert resumed.due_at == resumed.promised_at == at("mon2 12:00")
    assert wait(resumed).taken(at("mon2 10:00"), CALENDAR) == 2 * HOUR


def test_two_pauses_are_over_when_both_are() -> None:
    both = (
        asked("mon 10:00"),
        tick(Beat.SNOOZED, "mon 11:00"),
        tick(Beat.LOST, "mon 14:00"),
        tick(Beat.WOKEN, "tue 10:00"),
    )

    assert reading(*both).due_at is None
    assert reading(*both, tick(Beat.FOUND, "wed 10:00")).due_at == at("wed 14:30")


def test_what_is_asked_in_a_pause_waits_until_it_is_over() -> None:
    said = (
        asked("mon 10:00"),
        tick(Beat.ANSWERED, "mon 10:30"),
        tick(Beat.SNOOZED, "mon 10:40"),
        asked("mon 11:00"),
    )

    assert (reading(*said).due_at, reading(*said).waiting_since) == (None, at("mon 11:00"))
    assert reading(*said, tick(Beat.WOKEN, "tue 09:30")).due_at == at("tue 15:00")


def test_a_breach_before_a_pause_is_one_after_it() -> None:
    said = reading(
        asked("mon 10:00", HOUR), tick(Beat.SNOOZED, "mon 11:30"), tick(Beat.WOKEN, "tue 10:00")
    )

    assert said.due_at == at("mon 11:00")
    assert wait(said).is_late(at("tue 10:00"))


def test_an_answer_in_a_pause_is_late_only_if_the_time_was_used_up_before() -> None:
    pause, answer = tick(Beat.LOST, "mon 11:30"), tick(Beat.ANSWERED, "fri 10:00")

    assert not first(reading(asked("mon 10:00"), pause, answer)).is_late(at("fri 11:00"))
    assert first(reading(asked("mon 10:00", HOUR), pause, answer)).is_late(at("fri 11:00"))


def test_another_tier_is_counted_from_the_same_start() -> None:
    said = reading(asked("mon 10:00"), tick(Beat.RETARGETED, "mon 11:00", 2 * HOUR))

    assert said.due_at == said.promised_at == at("mon 12:00")
    assert wait(said).target == 2 * HOUR


def test_another_tier_holds_for_the_next_response_too() -> None:
    said = reading(
        asked("mon 10:00"),
        tick(Beat.ANSWERED, "mon 10:30"),
        tick(Beat.RETARGETED, "mon 11:00", HOUR),
        asked("mon 14:00", None),
    )

    assert said.due_at == at("mon 15:00")


def test_another_tier_in_a_pause_is_reckoned_when_it_is_over() -> None:
    said = (
        asked("mon 10:00"),
        tick(Beat.SNOOZED, "mon 11:00"),
        tick(Beat.RETARGETED, "mon 14:00", 2 * HOUR),
    )

    assert reading(*said).due_at is None
    assert reading(*said, tick(Beat.WOKEN, "mon 15:00")).due_at == at("mon 16:00")


def test_a_new_promise_leaves_the_breach_in_the_books() -> None:
    said = reading(asked("mon 10:00", HOUR), tick(Beat.PROMISED, "mon 11:00", due="mon 17:00"))

    assert (said.due_at, said.promised_at) == (at("mon 11:00"), at("mon 17:00"))
    answered = reading(
        asked("mon 10:00", HOUR),
        tick(Beat.PROMISED, "mon 11:00", due="mon 17:00"),
        tick(Beat.ANSWERED, "mon 16:00"),
    )
    assert first(answered).is_late(at("mon 16:00"))
    assert answered.promised_at is None


def test_a_calendar_that_is_changed_later_moves_no_promise() -> None:
    told = tick(Beat.ASKED, "mon 17:00", FOUR, "tue 12:00")
    tuesday = at("tue 00:00").date()

    said = read([told], replace(CALENDAR, dates={tuesday: CLOSED}))

    assert said.due_at == at("tue 12:00")


def test_a_tier_without_a_promise_is_never_due_and_never_late() -> None:
    said = reading(asked("mon 10:00", None))

    assert (said.due_at, wait(said).marks(at("fri 10:00"), CALENDAR)) == (None, ())
    assert not wait(said).is_late(at("fri 10:00"))
    assert wait(said).taken(at("mon 11:00"), CALENDAR) == HOUR


@pytest.mark.parametrize(
    ("percent", "when"),
    [
        (40, "mon 18:06"),  # on the day before: never in the night
        (50, "mon 18:30"),
        (70, "tue 10:18"),
        (80, "tue 10:42"),
        (100, "tue 11:30"),
        (150, "tue 15:00"),
    ],
)
def test_marks_are_reckoned_with_the_same_working_hours(percent: int, when: str) -> None:
    said = wait(reading(asked("mon 16:30")))

    assert said.mark(percent, CALENDAR) == at(when)
    assert percent in said.marks(at(when), CALENDAR)
    assert percent not in said.marks(at(when) - MINUTE, CALENDAR)


def test_marks_go_on_after_a_pause_where_they_stood() -> None:
    said = wait(
        reading(asked("mon 09:30"), tick(Beat.SNOOZED, "mon 11:30"), tick(Beat.WOKEN, "wed 09:30"))
    )

    assert said.mark(70, CALENDAR) == at("wed 10:18")
    assert said.marks(at("wed 09:30"), CALENDAR) == (40, 50)


def test_a_paused_ticket_has_no_marks() -> None:
    said = wait(reading(asked("mon 09:30", HOUR), tick(Beat.LOST, "tue 11:30")))

    assert said.marks(at("fri 11:30"), CALENDAR) == ()


BEATS = st.tuples(
    st.sampled_from([beat for beat in Beat if beat is not Beat.PROMISED]), st.integers(1, 3000)
)


@settings(max_examples=300)
@given(st.lists(BEATS, max_size=14), st.integers(1, 900))
def test_whatever_happens_the_clock_counts_what_a_minute_counter_counts(
    beats: list[tuple[Beat, int]], target: int
) -> None:
    moments = accumulate((minutes for _, minutes in beats), initial=0)
    start = at("mon 08:00").astimezone(UTC)
    heard = [
        Tick(beat, start + moment * MINUTE, target * MINUTE)
        for beat, moment in zip([Beat.ASKED, *(beat for beat, _ in beats)], moments, strict=True)
    ]
    now = heard[-1].at + 3000 * MINUTE

    said = read(heard, CALENDAR)

    assert said.worked(now, CALENDAR) == counted(heard, now)
    if said.due_at is not None and wait(said).before <= target * MINUTE:
        assert wait(said).taken(said.due_at, CALENDAR) == target * MINUTE
        reached = [wait(said).mark(percent, CALENDAR) for percent in MARKS]
        assert reached == sorted(one for one in reached if one is not None)


def counted(heard: list[Tick], now: datetime) -> timedelta:
    """Count the open stretches in which a member waited and nothing paused: the naive way."""
    total, is_waiting, pauses = timedelta(), False, set[Beat]()
    ends = [*(one.at for one in heard[1:]), now]
    for one, end in zip(heard, ends, strict=True):
        match one.beat:
            case Beat.ASKED:
                is_waiting = True
            case Beat.ANSWERED | Beat.ENDED:
                is_waiting = False
            case Beat.SNOOZED | Beat.LOST:
                pauses.add(one.beat)
            case Beat.WOKEN:
                pauses.discard(Beat.SNOOZED)
            case Beat.FOUND:
                pauses.discard(Beat.LOST)
        if is_waiting and not pauses:
            total += CALENDAR.between(one.at, end)
    return total
