"""What stands in a button is short, ours, and never believed."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from handlers.callbacks import MOST_BYTES, Press, decode, encode, under_record

PART = st.text(alphabet="abcXYZ019_.-", max_size=8)


@given(area=PART, verb=PART, args=st.lists(PART, max_size=3))
def test_what_goes_in_comes_out(area: str, verb: str, args: list[str]) -> None:
    data = encode(area, verb, *args)

    assert decode(data) == Press(area, verb, tuple(args))
    assert decode(under_record(data)) == Press(area, verb, tuple(args), is_under_record=True)


@given(st.text(max_size=80))
def test_whatever_is_forged_is_read_or_refused(data: str) -> None:
    with contextlib.suppress(Invalid):
        assert decode(data).area in data


@pytest.mark.parametrize("forged", ["order:show", "order:show:", "order:show:x", f"o:s:{2**70}"])
def test_a_number_that_is_none_is_refused(forged: str) -> None:
    with pytest.raises(Invalid, match="button"):
        decode(forged).number(0)


def test_data_that_telegram_would_refuse_is_a_mistake_in_the_code() -> None:
    with pytest.raises(ValueError, match="not fit"):
        encode("area", "verb", "9" * MOST_BYTES)
    with pytest.raises(ValueError, match="not fit"):
        encode("area", "verb", "a:b")
