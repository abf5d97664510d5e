"""Amounts are read as people type them, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.money import Money, parse_amount


@pytest.mark.parametrize(
    "typed",
    [
        "8888",
        "8888.00",
        "8,888",
        "￥8,888.00元",
        "¥ 8888",
        "８８８８",
        "8888元整",
        "RMB8888",
        "8888人民币",
    ],
)
def test_a_price_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_amount(typed, "CNY") == Money(888_800, "CNY")


@pytest.mark.parametrize(
    "typed",
    [
        "$8888",
        "8888 USD",
        "€8888",
        "8888,00",
        "1e9",
        "-1",
        "0",
        "",
        "🙂",
        "8888.001",
        "八千",
        "9" * 30,
    ],
)
def test_what_is_no_amount_of_this_currency_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="amount"):
        parse_amount(typed, "CNY")


@given(st.integers(min_value=1, max_value=10**11))
def test_every_amount_comes_back(minor: int) -> None:
    assert parse_amount(f"{minor // 100}.{minor % 100:02d}", "CNY") == Money(minor, "CNY")


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        amount = parse_amount(text, "CNY")
    except Invalid:
        return
    assert amount.minor > 0
