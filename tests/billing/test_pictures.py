"""A picture that was shown before is known again, and two receipts are told apart."""

import pytest

from community_bot.billing.pictures import look_alike, look_of
from tests.billing.receipts import receipt, saved_anew
from tests.town import picture


def look(data: bytes) -> str:
    found = look_of(data)
    assert found is not None
    return found


@pytest.mark.parametrize(("quality", "edge"), [(85, 1280), (50, 1280), (40, 900), (30, 640)])
def test_a_picture_that_was_saved_anew_is_known_again(quality: int, edge: int) -> None:
    anew = saved_anew(receipt(), quality=quality, edge=edge)

    assert look_alike(look(receipt()), look(anew))


@pytest.mark.parametrize(
    "other",
    [
        receipt(number="1000502026113077", who="Li Qiang"),
        receipt(amount="-2699.00", number="7316602026113099"),
        receipt(number="4200002026041511", who="Zhao"),
        receipt(number="4200002026030299"),  # the same price and payer, some days later
        receipt(number="4200002099871534"),
    ],
)
@pytest.mark.parametrize(("quality", "edge"), [(50, 1280), (30, 640)])
def test_two_receipts_of_one_app_are_told_apart(other: bytes, quality: int, edge: int) -> None:
    assert not look_alike(look(receipt()), look(saved_anew(other, quality=quality, edge=edge)))


def test_a_look_that_an_earlier_release_kept_is_like_nothing() -> None:
    assert not look_alike("ff00" * 576, look(receipt()))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", picture(170)])
def test_what_has_nothing_on_it_looks_like_nothing(data: bytes) -> None:
    assert look_of(data) is None
