from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.billing import rules
from community_bot.billing.pricing_rules import Line, LineKind, PaidTerm, credits_for, value_of
from community_bot.billing.rules import OrderState, Verdict
from community_bot.errors import Invalid
from community_bot.money import Money
from tests.billing.shop import SHANGHAI

PAID_AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

MINOR = st.integers(1, 10**9)


@given(due=MINOR, received=st.integers(0, 10**9), amount=MINOR, state=st.sampled_from(OrderState))
def test_nothing_is_granted_for_less_and_no_money_is_ignored(
    due: int, received: int, amount: int, state: OrderState
) -> None:
    decided = rules.verdict(
        state, due=Money(due, "CNY"), received=Money(received, "CNY"), amount=Money(amount, "CNY")
    )

    if decided in (Verdict.PAYS, Verdict.PAYS_LATE):
        assert received + amount >= due
    if state in rules.OPEN and received + amount >= due:
        assert decided is Verdict.PAYS
    if state in rules.LATE and received + amount >= due:
        assert decided is Verdict.PAYS_LATE


@given(due=MINOR, surplus=st.integers(0, 10**6))
def test_every_posting_adds_up_to_nought(due: int, surplus: int) -> None:
    received = Money(due + surplus, "CNY")

    for lines in (
        rules.postings_of_receipt(received),
        rules.postings_of_payment(Money(due, "CNY"), received),
    ):
        assert sum(line.amount.minor for line in lines) == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4200 0020 2603 0211", "4200002026030211"),
        ("４２００００２０２６０３０２１１", "4200002026030211"),
        ("2026-03-02.abc123", "20260302ABC123"),
    ],
)
def test_a_transfers_number_is_compared_without_its_dress(typed: str, kept: str) -> None:
    assert rules.normal_reference(typed) == kept


@pytest.mark.parametrize("typed", ["", "12345", "已经付款了", "ABCDEFGH", "1" * 65])
def test_what_is_no_number_of_a_transfer_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        rules.normal_reference(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "55500000111122223333",
        "7RAWSY 55500000111122223333",
        "55500000111122223333\n7rawsy",
        "订单号 7RAWSY，单号：5550 0000 1111 2222 3333",
    ],
)
def test_an_orders_code_and_words_are_no_part_of_a_transfers_number(typed: str) -> None:
    assert rules.reference_for("7RAWSY", typed) == "55500000111122223333"


@pytest.mark.parametrize("typed", ["7RAWSY", "订单号：7RAWSY", "我转了 8888"])
def test_an_orders_own_code_is_no_transfer(typed: str) -> None:
    with pytest.raises(Invalid):
        rules.reference_for("7RAWSY", typed)


def test_another_currency_is_always_seen_by_two() -> None:
    assert rules.needs_two_people(Money(100, "USD"), Money(500000, "CNY"))
    assert rules.needs_two_people(Money(500000, "CNY"), Money(500000, "CNY"))
    assert not rules.needs_two_people(Money(499999, "CNY"), Money(500000, "CNY"))


@given(value=MINOR, days=st.integers(1, 1000), used=st.integers(0, 1200))
def test_a_credit_is_never_more_than_was_paid(value: int, days: int, used: int) -> None:
    term = PaidTerm(1, "monthly", Money(value, "CNY"), PAID_AT, PAID_AT + timedelta(days=days))
    now = PAID_AT + timedelta(days=used)

    lines = credits_for([term], Money(10**9, "CNY"), now=now, zone=SHANGHAI)

    credited = -sum(line.amount.minor for line in lines)
    assert 0 <= credited <= value
    if used >= days:
        assert lines == ()


def test_nothing_paid_is_lost_in_an_upgrade() -> None:
    term = PaidTerm(1, "dear", Money(1000, "CNY"), PAID_AT, PAID_AT + timedelta(days=30))

    with pytest.raises(Invalid):
        credits_for([term], Money(999, "CNY"), now=PAID_AT, zone=SHANGHAI)


def test_a_second_upgrade_credits_all_that_was_paid_for_the_term() -> None:
    lines = (
        Line(LineKind.PRICE, Money(888800, "CNY")),
        Line(LineKind.CREDIT, Money(-58000, "CNY")),
        Line(LineKind.COUPON, Money(-100000, "CNY")),
    )

    assert value_of(Money(730800, "CNY"), lines) == Money(788800, "CNY")
