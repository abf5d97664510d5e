from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from community_bot.billing.refund_rules import CASE, REFUND, Bought, CaseState, Ground, quote
from community_bot.billing.rules import ORDER, PAYMENT, PROOF
from community_bot.membership.rules import Period, PeriodKind, end_of
from community_bot.money import Money

SHANGHAI = ZoneInfo("Asia/Shanghai")
PAID_AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Policy:
    full_within_days: int = 7
    afterwards: Literal["unused_days", "unused_lessons", "nothing"] = "unused_days"
    within_days: int | None = None
    lessons: int | None = 9
    kept_percent: int = 0


POLICIES = st.builds(
    Policy,
    full_within_days=st.integers(0, 30),
    afterwards=st.sampled_from(["unused_days", "unused_lessons", "nothing"]),
    within_days=st.none() | st.integers(1, 400),
    kept_percent=st.integers(0, 100),
)


def a_year(paid: int = 888800, refunded: int = 0, lessons_used: int = 0) -> Bought:
    return Bought(
        paid=Money(paid, "CNY"),
        refunded=Money(refunded, "CNY"),
        paid_at=PAID_AT,
        starts_at=PAID_AT,
        ends_at=end_of(Period(PeriodKind.YEARS, 1), PAID_AT, SHANGHAI),
        lessons_used=lessons_used,
    )


@given(
    policy=POLICIES,
    paid=st.integers(0, 10**9),
    share=st.integers(0, 100),
    days=st.integers(0, 800),
    used=st.integers(0, 20),
)
def test_a_quote_adds_up_and_is_never_more_than_is_left(
    policy: Policy, paid: int, share: int, days: int, used: int
) -> None:
    bought = a_year(paid, paid * share // 100, used)

    given_back = quote(policy, bought, now=PAID_AT + timedelta(days=days), zone=SHANGHAI)

    assert 0 <= given_back.amount.minor <= paid - bought.refunded.minor
    assert given_back.amount.minor == max(sum(line.amount.minor for line in given_back.lines), 0)


@given(policy=POLICIES, day=st.integers(0, 700))
def test_waiting_never_makes_a_quote_larger(policy: Policy, day: int) -> None:
    early = quote(policy, a_year(), now=PAID_AT + timedelta(days=day), zone=SHANGHAI)
    late = quote(policy, a_year(), now=PAID_AT + timedelta(days=day + 1), zone=SHANGHAI)

    assert late.amount <= early.amount


def test_everything_goes_back_until_the_last_second_of_the_last_day() -> None:
    last = datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai

    assert quote(Policy(), a_year(), now=last, zone=SHANGHAI).is_full
    after = quote(Policy(), a_year(), now=last + timedelta(seconds=1), zone=SHANGHAI)
    assert after.ground is Ground.UNUSED_DAYS


def test_what_begins_later_is_wholly_unused() -> None:
    bought = Bought(
        paid=Money(888800, "CNY"),
        refunded=Money(0, "CNY"),
        paid_at=PAID_AT,
        starts_at=PAID_AT + timedelta(days=200),
        ends_at=PAID_AT + timedelta(days=565),
    )

    later = quote(Policy(), bought, now=PAID_AT + timedelta(days=100), zone=SHANGHAI)

    assert later.amount == bought.paid


def test_every_state_of_every_machine_can_be_reached() -> None:
    for machine in (ORDER, PAYMENT, PROOF, CASE, REFUND):
        assert machine.reachable() == frozenset(type(machine.start))
    assert CaseState.APPEALED in CASE.reachable()
