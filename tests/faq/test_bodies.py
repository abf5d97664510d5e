"""What answers hold."""

import pytest

from community_bot.faq.bodies import AT_ONCE, Bodies
from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine


def sure(bodies: Bodies, units: str) -> list[str]:
    scores = bodies.sums(bodies.wanted(tuple(units)))
    return [bodies.owner_of(number) for number, score in enumerate(scores) if score > 0]


def test_pairs_of_characters_and_words_are_found_but_single_characters_are_not() -> None:
    bodies = Bodies()
    bodies.take_in([("a", "保证金要退"), ("b", "fba 头程"), ("c", "金、退")])

    assert sure(bodies, "保证") == ["a"]
    assert [
        bodies.owner_of(n) for n, s in enumerate(bodies.sums(bodies.wanted(("fba",)))) if s
    ] == ["b"]
    assert sure(bodies, "金退") == []


def test_what_was_left_out_is_not_found_and_its_number_serves_again() -> None:
    bodies = Bodies()
    numbers = bodies.take_in([("a", "保证金"), ("b", "运费险")])

    bodies.leave_out(numbers["a"], "保证金")
    again = bodies.take_in([("c", "违约金")])

    assert again["c"] == numbers["a"]
    assert sure(bodies, "保证") == []
    assert sure(bodies, "违约") == ["c"]


def test_an_answer_with_nothing_to_find_gets_no_number() -> None:
    assert Bodies().take_in([("a", "。！"), ("b", "")]) == {}


@pytest.mark.parametrize("text", ["\ud800保证金", "\U0010ffff退款\U0001f600"])
def test_any_sign_can_stand_in_an_answer(text: str) -> None:
    assert "a" in Bodies().take_in([("a", text)])


def test_many_at_once_are_found_as_if_they_had_come_one_by_one() -> None:
    documents = [
        Document(str(n), f"第{n}个问题", body=f"答案{n}说的是退款和运费")
        for n in range(AT_ONCE + 3)
    ]
    together, singly = SearchEngine(), SearchEngine()
    together.fill(documents)
    for document in documents:
        singly.put(document)

    assert together.search("退款和运费 7").hits == singly.search("退款和运费 7").hits


def test_of_two_documents_with_one_key_the_last_counts() -> None:
    engine = SearchEngine()

    engine.fill([Document("a", "保证金"), Document("a", "运费险")])

    assert len(engine) == 1
    assert engine.search("保证金").hits == ()
