"""Words that say little."""

from community_bot.faq.documents import Document
from community_bot.faq.emphasis import kept, read_shares
from community_bot.faq.engine import SearchEngine


def test_shares_are_read_line_by_line_and_comments_are_left_out() -> None:
    assert read_shares("# a\n0.6 的 了 # of no matter\n\n0.35 THE\n") == {
        "的": 0.6,
        "了": 0.6,
        "the": 0.35,
    }


def test_a_word_keeps_its_share_under_its_stem_and_a_character_under_its_sound() -> None:
    shares = kept({"having": 0.35, "的": 0.5})

    assert shares["hav"] == 0.35
    assert shares["的"] == 0.5
    assert "~de" in shares


def test_in_a_small_faq_little_words_do_not_lead_astray() -> None:
    engine = SearchEngine()
    engine.put(Document("payout", "When is the money of an order paid out?"))
    engine.put(Document("warehouse", "Is there a way to get to the warehouse of the seller?"))

    result = engine.search("is there a way to get the money of my order")

    assert result.hits[0].key == "payout"
