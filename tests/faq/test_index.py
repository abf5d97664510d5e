"""Inverted lists that change in place."""

from community_bot.faq.index import Index


def test_a_rare_unit_tells_more_than_a_common_one() -> None:
    index = Index()
    for units in ({"a", "b"}, {"a", "c"}, {"a", "d"}):
        index.add(units)

    assert index.rarity("zzz") > index.rarity("b") > index.rarity("a") > 0


def test_scores_grow_with_what_is_shared_and_fall_with_length() -> None:
    index = Index()
    both, one, long = index.add({"a", "b"}), index.add({"a", "x"}), index.add({"a", *"defghij"})

    scores = index.scores([("a", 1.0), ("b", 1.0)])

    assert scores[both] > scores[one] > scores[long] > 0


def test_a_freed_number_is_given_again_and_nothing_old_clings_to_it() -> None:
    index = Index()
    first = index.add({"a", "b"})
    index.remove(first, {"a", "b"})

    second = index.add({"c"})

    assert second == first
    assert len(index) == index.room == 1
    assert "a" not in index
    assert list(index.sums([("a", 1.0), ("c", 2.0)])) == [2.0]


def test_an_empty_index_has_no_scores() -> None:
    assert list(Index().scores([("a", 1.0)])) == []
