"""What becomes of a text before it is compared."""

import pytest

from community_bot.faq.folding import LONGEST, plain
from community_bot.faq.normalising import Normaliser, units
from community_bot.faq.stemming import stem
from community_bot.faq.vocabulary import Vocabulary, shipped


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ＴＫ小店", "tk小店"),
        ("關聯賬號", "关联账号"),
        ("保　证 金", "保证金"),
        ("  FBA 头程？！ ", "fba 头程"),
        ("退\u200b款\x00多久", "退款多久"),
        ("🙏🙏", ""),
        ("don't", "dont"),
    ],
)
def test_width_case_script_and_invisible_signs_are_folded(typed: str, expected: str) -> None:
    assert plain(typed) == expected


def test_a_text_is_cut_before_it_can_cost_time() -> None:
    assert len(plain("ﷺ" * 10_000)) <= LONGEST


def test_characters_stand_alone_and_letters_form_words() -> None:
    assert units("fba头程 3.5kg a类") == ("fba", "头", "程", "3.5", "kg", "a", "类")


@pytest.mark.parametrize(
    ("one", "other"),
    [("refunds", "refunded"), ("shipping", "shipped"), ("policies", "policy"), ("fees", "fee")],
)
def test_forms_of_an_english_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["fba", "status", "access", "保证金", "2024"])
def test_what_is_no_plural_keeps_its_end(word: str) -> None:
    assert stem(word) == word


def test_courtesy_goes_from_both_ends_but_never_leaves_nothing() -> None:
    normaliser = Normaliser(shipped())

    assert normaliser.units("老师您好，请问保证金怎么退？谢谢，在线等") == normaliser.units(
        "保证金怎么退"
    )
    assert normaliser.units("谢谢老师") != ()


def test_what_may_be_pinyin_keeps_its_ending_when_it_is_asked() -> None:
    normaliser = Normaliser(shipped())

    assert normaliser.asked("tingche refunded", known=()) == ("tingche", "refund")
    assert normaliser.asked("managed", known={"manag"}) == ("manag",)


def test_courtesy_inside_a_question_stays() -> None:
    vocabulary = Vocabulary(courtesies=["谢谢", "hi"])

    assert vocabulary.without_courtesy("回复谢谢的模板") == "回复谢谢的模板"
    assert vocabulary.without_courtesy("history") == "history"
