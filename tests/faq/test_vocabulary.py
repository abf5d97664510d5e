"""Terms that mean the same."""

from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
from community_bot.faq.folding import plain
from community_bot.faq.vocabulary import Vocabulary, read_groups, shipped

GROUPS = [["TikTok", "TK"], ["TikTok Shop", "TK小店"], ["达人", "红人", "creator"]]


def test_every_term_is_read_as_the_first_of_its_group() -> None:
    vocabulary = Vocabulary(GROUPS)

    assert vocabulary.canonical("红人和creator") == "达人和达人"


def test_the_longest_term_wins() -> None:
    assert Vocabulary(GROUPS).canonical("tk小店") == "tiktok shop"


def test_a_latin_term_is_only_met_as_a_whole_word() -> None:
    assert Vocabulary(GROUPS).canonical("tkx creators tk") == "tkx creators tiktok"


def test_a_term_typed_as_pinyin_is_read_as_the_term() -> None:
    vocabulary = Vocabulary([["结算", "回款"], ["立即", "立刻"]], faint={"like": 0.35})

    assert vocabulary.canonical("huikuan要几天 huikuanx") == "结算要几天 huikuanx"
    assert vocabulary.canonical("i would like") == "i would like"


def test_pinyin_that_spells_two_terms_is_left_to_the_ear() -> None:
    vocabulary = Vocabulary([["商品", "产品"], ["优惠", "惨品"]])

    assert vocabulary.canonical("chanpin canpin") == "商品 优惠"
    assert Vocabulary([["a", "公式"], ["b", "攻势"]]).canonical("gongshi") == "gongshi"


def test_what_a_review_does_not_pass_is_no_but() -> None:
    assert shipped().canonical("审核不过") == "审核不过"


def test_groups_that_share_a_term_are_one_group() -> None:
    vocabulary = Vocabulary([*GROUPS, ["博主", "红人"], ["kol", "博主"]])

    assert vocabulary.canonical("kol 博主 红人 达人") == "达人 达人 达人 达人"


def test_two_groups_become_one_when_a_third_names_both() -> None:
    vocabulary = Vocabulary([["结算", "回款"], ["放款", "打款"], ["回款", "打款"]])

    assert {vocabulary.canonical(term) for term in ("结算", "回款", "放款", "打款")} == {"结算"}


def test_nothing_is_said_by_blank_terms_and_comments() -> None:
    assert read_groups("# 说明\n\n a = b # 注\n") == [["a", "b"]]
    assert Vocabulary([["", " "], []]).canonical("保证金") == "保证金"


def test_terms_are_folded_as_texts_are() -> None:
    vocabulary = Vocabulary([["帳號", "ＡＣＣＯＵＮＴ"]])

    assert vocabulary.canonical(plain("Account")) == "帐号"


def test_reading_twice_changes_nothing_more() -> None:
    vocabulary = shipped()

    wrong = [
        term
        for term in vocabulary.terms
        if vocabulary.canonical(vocabulary.canonical(term)) != vocabulary.canonical(term)
    ]

    assert wrong == []


def test_reading_with_new_words_is_like_reading_all_from_the_beginning(
    entries: list[Document],
) -> None:
    told = (
        *entries,
        Document("b", "小黄车没有了", aliases=("listing没有了",), body="在佣金那页看小黄车。" * 9),
        Document("c", "小黄车", aliases=("橱窗",), body="车"),
    )
    groups = [["商品橱窗", "小黄车", "橱窗"], ["佣金", "保证金"], ["车", "listing"], ["怎么", "退"]]
    engine = SearchEngine()
    engine.fill(told)
    engine.learn("b", "黄小车和保证金")

    for own in (groups[:1], groups, groups[1:3], []):
        engine.use(shipped(own))

        fresh = SearchEngine(shipped(own))
        fresh.fill(told)
        fresh.learn("b", "黄小车和保证金")
        asked = [document.question for document in told] + ["佣金小黄车", "listing橱窗怎么退"]
        assert [found(engine, text) for text in asked] == [found(fresh, text) for text in asked]


def found(engine: SearchEngine, text: str) -> list[tuple[str, float]]:
    return sorted((hit.key, round(hit.confidence, 6)) for hit in engine.search(text).hits)


def test_only_what_holds_a_changed_term_is_read_again(entries: list[Document]) -> None:
    engine = SearchEngine()
    engine.fill(entries)
    engine.put(Document("cart", "怎么挂小黄车"))

    assert engine.changed_by(shipped()) == ([], [])
    assert engine.changed_by(shipped([["商品橱窗", "小黄车"]])) == (["cart"], [])
