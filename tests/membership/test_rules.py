from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.membership import rules
from community_bot.membership.rules import Period, PeriodKind, Phase, Source

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from(
    [SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("UTC")]
)
MOMENTS = st.integers(0, 16 * 365 * 86400).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
LENGTHS = st.one_of(
    st.builds(Period, st.just(PeriodKind.MONTHS), st.integers(1, 36)),
    st.builds(Period, st.just(PeriodKind.YEARS), st.integers(1, 5)),
    st.builds(Period, st.just(PeriodKind.TRIAL), st.integers(1, 60)),
)


@dataclass(frozen=True)
class Right:
    starts_at: datetime
    ends_at: datetime | None
    tier_code: str = "annual"
    rank: int = 20
    source: Source = Source.ORDER
    revoked_at: datetime | None = None
    is_dated: bool = False


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("period", "begins", "ends"),
    [
        (Period(PeriodKind.YEARS, 1), "2026-03-02 10:00", "2027-03-02 23:59:59"),
        (Period(PeriodKind.YEARS, 1), "2028-02-29 10:00", "2029-02-28 23:59:59"),
        (Period(PeriodKind.MONTHS, 1), "2026-01-31 10:00", "2026-02-28 23:59:59"),
        (Period(PeriodKind.MONTHS, 12), "2026-12-31 23:30", "2027-12-31 23:59:59"),
        (Period(PeriodKind.TRIAL, 7), "2026-03-02 10:00", "2026-03-09 23:59:59"),
        (
            Period(PeriodKind.UNTIL, ends_on=date(2026, 6, 30)),
            "2026-03-02 10:00",
            "2026-06-30 23:59:59",
        ),
    ],
)
def test_a_period_ends_with_the_last_second_of_a_day(
    period: Period, begins: str, ends: str
) -> None:
    assert rules.end_of(period, at(begins), SHANGHAI) == at(ends)


def test_what_is_for_life_never_ends() -> None:
    assert rules.end_of(Period(PeriodKind.LIFETIME), at("2026-03-02"), SHANGHAI) is None


@given(period=LENGTHS, begins=MOMENTS, zone=ZONES)
def test_a_period_gives_at_least_what_was_promised(
    period: Period, begins: datetime, zone: ZoneInfo
) -> None:
    end = rules.end_of(period, begins, zone)

    assert end is not None
    assert end.astimezone(zone).strftime("%H:%M:%S") == "23:59:59"
    days = {PeriodKind.MONTHS: 28, PeriodKind.YEARS: 365, PeriodKind.TRIAL: 1}[period.kind]
    local_days = (end.astimezone(zone).date() - begins.astimezone(zone).date()).days
    assert local_days >= days * period.length


@given(period=LENGTHS, begins=MOMENTS, early=st.integers(0, 400), zone=ZONES)
def test_renewing_early_never_loses_a_day(
    period: Period, begins: datetime, early: int, zone: ZoneInfo
) -> None:
    end = rules.end_of(period, begins, zone)
    assert end is not None
    now = max(begins, end - timedelta(days=early))

    further = rules.begin_of([Right(begins, end)], "annual", now)

    assert further == end
    renewed = rules.end_of(period, further, zone)
    at_the_last_moment = rules.end_of(period, end, zone)
    assert renewed == at_the_last_moment


@given(period=LENGTHS, begins=MOMENTS, late=st.integers(1, 400))
def test_renewing_late_begins_now(period: Period, begins: datetime, late: int) -> None:
    end = rules.end_of(period, begins, SHANGHAI)
    assert end is not None
    now = end + timedelta(days=late)

    assert rules.begin_of([Right(begins, end)], "annual", now) == now


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        ("2026-03-01 09:00", Phase.GUEST),
        ("2026-03-02 10:00", Phase.ACTIVE),
        ("2027-02-20 10:00", Phase.EXPIRING),
        ("2027-03-02 23:59:59", Phase.EXPIRING),
        ("2027-03-03 00:00:00", Phase.GRACE),
        ("2027-03-09 23:59:59", Phase.GRACE),
        ("2027-03-10 00:00:00", Phase.LAPSED),
    ],
)
def test_a_membership_goes_through_its_phases(now: str, phase: Phase) -> None:
    right = Right(at("2026-03-02 10:00"), at("2027-03-02 23:59:59"))

    assert rules.phase_of([right], at(now)) is phase


def test_a_trial_has_no_grace() -> None:
    right = Right(at("2026-03-02 10:00"), at("2026-03-09 23:59:59"), source=Source.TRIAL)

    assert rules.phase_of([right], at("2026-03-05 10:00")) is Phase.TRIAL
    assert rules.phase_of([right], at("2026-03-10 00:00")) is Phase.LAPSED


def test_what_was_given_back_has_no_grace() -> None:
    right = Right(
        at("2026-03-02 10:00"), at("2027-03-02 23:59:59"), revoked_at=at("2026-03-05 10:00")
    )

    assert rules.phase_of([right], at("2026-03-06 10:00")) is Phase.LAPSED


def test_the_end_shown_is_the_end_of_the_whole_chain() -> None:
    first = Right(at("2026-03-02 10:00"), at("2027-03-02 23:59:59"))
    second = Right(at("2027-03-02 23:59:59"), at("2028-03-02 23:59:59"))

    assert rules.until([second, first], "annual", at("2026-06-01")) == at("2028-03-02 23:59:59")
    assert rules.phase_of([first, second], at("2027-03-01")) is Phase.ACTIVE


@given(ended_after=st.integers(0, 364))
def test_no_day_is_lost_when_a_right_in_between_ends(ended_after: int) -> None:
    first = Right(at("2026-03-02 10:00"), at("2027-03-02 23:59:59"))
    second = Right(at("2027-03-02 23:59:59"), at("2028-03-02 23:59:59"))
    now = at("2026-03-02 10:00") + timedelta(days=ended_after)

    ((moved, starts_at, ends_at),) = rules.moved_up([first, second], first, now, SHANGHAI)

    assert moved is second
    assert starts_at == now
    assert ends_at is not None
    assert (ends_at.astimezone(SHANGHAI).date() - now.date()).days == 366
