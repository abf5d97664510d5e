from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.billing.statement_columns import columns
from community_bot.billing.statement_rules import Sheet, read
from community_bot.errors import Invalid
from community_bot.money import Money
from tests.billing import statements
from tests.billing.shop import SHANGHAI

NUMBER = "1000050001202603020211456789012345"


def sheet(data: bytes) -> Sheet:
    return read(data, columns(), currency="CNY", zone=SHANGHAI)


@pytest.mark.parametrize(
    "write", [statements.wechat, statements.alipay, statements.bank], ids=lambda one: one.__name__
)
def test_each_kind_of_statement_is_read(write: object) -> None:
    assert callable(write)

    (one,) = sheet(write((NUMBER, "8,888.00" if write is statements.bank else "8888.00"))).entries

    assert one.reference == NUMBER
    assert one.amount == Money(888800, "CNY")
    assert one.payer in {"王敏", "李强", "张伟"}
    assert one.came_at is not None
    assert one.came_at.date().isoformat() == "2026-03-02"


def test_moments_are_of_the_community_zone() -> None:
    (one,) = sheet(statements.bank((NUMBER, "1.00"))).entries

    assert one.came_at == datetime(2026, 3, 2, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        statements.wechat((NUMBER, "5.00"), direction="支出"),
        statements.wechat((NUMBER, "5.00"), direction="/"),
        statements.wechat((NUMBER, "5.00"), state="已全额退款"),
        statements.wechat(("", "5.00")),
        statements.wechat((NUMBER, "-5.00")),
        statements.wechat((NUMBER, "0.00")),
    ],
)
def test_money_that_did_not_come_is_left_out(data: bytes) -> None:
    assert sheet(data).entries == ()


def test_numbers_that_excel_has_destroyed_are_counted() -> None:
    found = sheet(statements.wechat(("4.20000E+27", "8888.00"), (NUMBER, "1.00")))

    assert found.spoilt == 1
    assert [one.reference for one in found.entries] == [NUMBER]


def test_a_merchants_bill_with_marks_before_numbers_is_read() -> None:
    text = (
        "交易时间,微信订单号,商户订单号,交易状态,应结订单金额\n"
        f"`2026-03-02 10:00:00,`{NUMBER},`A1,`SUCCESS,`8888.00\n"
        "总交易单数,应结订单总金额\n`1,`8888.00\n"
    )

    (one,) = sheet(text.encode()).entries

    assert one.amount.minor == 888800


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04rest", "workbook"),
        ("随便写的一句话".encode(), "columns"),
        (b"", "columns"),
        (b"\xff\xff\xff\x00\x81", "unreadable"),
        ("姓名,金额\n王敏,1\n".encode(), "columns"),
    ],
)
def test_what_is_no_statement_is_said_to_be_none(data: bytes, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        sheet(data)

    assert (refused.value.field, refused.value.reason) == ("statement", reason)


@given(st.binary(max_size=400))
def test_nothing_that_is_sent_breaks_the_reader(data: bytes) -> None:
    for sent in (data, statements.WECHAT_HEAD.encode() + data):
        with suppress(Invalid):
            sheet(sent)
