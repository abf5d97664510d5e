"""Sounds of characters, pinyin typed for them, and slips in Latin words."""

import pytest

from community_bot.faq.characters import simplified, spoken
from community_bot.faq.pinyin import sound, sounds, typed_sounds
from community_bot.faq.spelling import nearest


def test_the_tables_know_everyday_characters() -> None:
    assert len(spoken()) > 20_000
    assert simplified()[1]["賬"] == "账"


@pytest.mark.parametrize(("one", "other"), [("保", "宝"), ("是", "四"), ("证", "阵"), ("绿", "路")])
def test_characters_that_are_mistyped_for_each_other_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_words_and_digits_have_no_sound_of_their_own() -> None:
    assert (sound("fba"), sound("3"), sound("の")) == (None, None, None)


def test_pinyin_is_heard_as_the_characters_it_spells() -> None:
    assert typed_sounds("baozhengjin") == sounds("保证金")
    assert typed_sounds("lvse") == sounds("绿色")


@pytest.mark.parametrize("letters", ["listing", "x", "zh", "", "保", "a1", "b" * 40])
def test_what_is_no_pinyin_is_not_heard(letters: str) -> None:
    assert typed_sounds(letters) == ()


def test_a_known_word_is_never_taken_for_pinyin() -> None:
    assert sounds(("women", "账"), known={"women"}) == ("women", *sounds("账"))
    assert sounds(("women",), known=set()) == sounds("我们")


@pytest.mark.parametrize("slip", ["invetory", "inventroy", "inventorry", "inventary"])
def test_one_slip_is_mended(slip: str) -> None:
    known = {"inventory": 2.0, "invention": 1.0}

    assert nearest(slip, known, known.__getitem__) == "inventory"


def test_the_commoner_of_two_neighbours_is_meant() -> None:
    known = {"cart": 3.0, "card": 1.0}

    assert nearest("carx", known, known.__getitem__) == "card"


@pytest.mark.parametrize("word", ["fab", "保证金保", "1234", "x" * 50])
def test_what_has_too_many_neighbours_or_is_no_word_is_left(word: str) -> None:
    assert nearest(word, {"fba": 1.0}, lambda _: 1.0) is None
