"""What the community confirms: it helps the next member, can be undone and is told to nobody."""

from community_bot.faq.documents import Document, Part, Verdict
from community_bot.faq.engine import SearchEngine

WORDING = "钱扣着不给我咋整"


def test_a_confirmed_wording_leads_to_its_entry_from_then_on(engine: SearchEngine) -> None:
    before = engine.search(WORDING)
    engine.learn("payout", WORDING)
    after = engine.search("钱扣着不给我怎么办")

    assert not before.hits or before.hits[0].key != "payout"
    assert after.hits[0].key == "payout"
    assert after.hits[0].part is Part.LEARNT
    assert after.verdict is Verdict.ANSWERS


def test_a_confirmation_taken_back_leaves_no_trace(engine: SearchEngine) -> None:
    before = engine.search(WORDING)

    engine.learn("payout", WORDING)
    engine.unlearn("payout", WORDING)

    assert engine.search(WORDING) == before


def test_confirmations_add_up_and_are_taken_back_one_by_one(engine: SearchEngine) -> None:
    engine.learn("payout", WORDING, 0.3)
    once = engine.search(WORDING).hits[0]
    engine.learn("payout", WORDING)
    twice = engine.search(WORDING).hits[0]
    engine.unlearn("payout", WORDING, 1.0)
    again = engine.search(WORDING).hits[0]

    assert once.score < twice.score
    assert (once.why.confirmations, twice.why.confirmations) == (0.3, 1.3)
    assert round(again.score, 6) == round(once.score, 6)


def test_an_opened_entry_says_less_than_one_with_thumbs_up(engine: SearchEngine) -> None:
    engine.learn("payout", WORDING, 0.2)
    engine.learn("commission", WORDING, 1.0)

    assert engine.search(WORDING).hits[0].key == "commission"


def test_what_was_learnt_survives_an_edit_and_goes_with_its_entry(engine: SearchEngine) -> None:
    engine.learn("payout", WORDING)

    engine.put(Document("payout", "货款几天能拿到？"))
    assert engine.search(WORDING).hits[0].key == "payout"

    engine.remove("payout")
    engine.put(Document("payout", "货款几天能拿到？"))
    assert all(hit.part is not Part.LEARNT for hit in engine.search(WORDING).hits)


def test_confirmations_may_be_loaded_before_the_entries() -> None:
    engine = SearchEngine()

    engine.learn("payout", WORDING)
    assert engine.search(WORDING).hits == ()
    engine.put(Document("payout", "多久结算一次？"))

    assert engine.search(WORDING).hits[0].key == "payout"


def test_no_word_of_the_member_who_confirmed_is_told_to_another(engine: SearchEngine) -> None:
    engine.learn("payout", "我的店 lucky8866 老板王小明 钱扣着不给")

    hit = engine.search("钱扣着不给").hits[0]

    assert hit.part is Part.LEARNT
    told = repr(hit)
    assert all(secret not in told for secret in ("lucky", "8866", "王", "明"))


def test_a_wording_equal_to_the_question_needs_no_learning(engine: SearchEngine) -> None:
    engine.learn("payout", "tk小店多久结算一次")

    assert engine.search("TikTok Shop 多久结算一次？").hits[0].part is Part.QUESTION
