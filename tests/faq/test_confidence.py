"""What may be said of a hit."""

from dataclasses import replace

from community_bot.faq.confidence import ANSWERS, PERHAPS, Signs, chance, verdict
from community_bot.faq.documents import Verdict

MIDDLING = Signs(
    overlap=0.5,
    order=0.5,
    rise=0.2,
    score=0.6,
    shared=3.0,
    units=8,
    ideographs=1.0,
    wordings=1000,
    pith=0.7,
    holds_all=False,
)


def test_more_in_common_never_makes_it_less_sure() -> None:
    before = chance(MIDDLING)

    better = [
        replace(MIDDLING, overlap=0.6),
        replace(MIDDLING, order=0.6),
        replace(MIDDLING, rise=0.3),
        replace(MIDDLING, units=9),
        replace(MIDDLING, score=0.7),
        replace(MIDDLING, shared=4.0),
        replace(MIDDLING, wordings=100),
    ]

    assert all(chance(signs) > before for signs in better)


def test_a_long_query_with_little_in_common_is_not_believed_for_its_length() -> None:
    long = replace(
        MIDDLING,
        overlap=0.05,
        order=0.05,
        rise=0.02,
        score=0.1,
        shared=1.0,
        units=500,
        ideographs=0.0,
    )

    assert chance(long) < ANSWERS


def test_holding_all_of_a_keyword_is_worth_showing_but_no_more() -> None:
    keyword = replace(
        MIDDLING, overlap=0.2, order=0.2, rise=0.0, score=0.5, shared=1.0, units=2, holds_all=True
    )

    assert verdict(chance(keyword)) is Verdict.PERHAPS
    assert verdict(chance(replace(keyword, holds_all=False))) is Verdict.NOTHING


def test_the_same_way_of_asking_about_something_else_is_not_believed() -> None:
    sure = replace(MIDDLING, overlap=0.9, order=0.9, rise=0.5, score=1.2)

    assert verdict(chance(sure)) is Verdict.ANSWERS
    assert verdict(chance(replace(sure, pith=0.1))) is Verdict.PERHAPS


def test_one_character_is_believed_only_where_it_is_the_wording() -> None:
    sign = replace(MIDDLING, overlap=0.9, order=0.9, rise=0.5, score=1.2, units=1)

    assert verdict(chance(sign)) is Verdict.PERHAPS
    assert verdict(chance(replace(sign, overlap=1.0))) is Verdict.ANSWERS
    assert verdict(chance(replace(sign, ideographs=0.0))) is Verdict.ANSWERS


def test_the_thresholds_part_three_answers() -> None:
    assert verdict(ANSWERS) is Verdict.ANSWERS
    assert verdict(ANSWERS - 0.01) is Verdict.PERHAPS
    assert verdict(PERHAPS - 0.01) is Verdict.NOTHING
    assert verdict(None) is Verdict.NOTHING
