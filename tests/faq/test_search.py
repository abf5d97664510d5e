"""What members type on a phone, and which entry comes first."""

import pytest

from community_bot.faq.confidence import ANSWERS
from community_bot.faq.documents import Document, Part, Result, Verdict
from community_bot.faq.engine import SearchEngine
from community_bot.faq.vocabulary import shipped


def first(engine: SearchEngine, query: str) -> str | None:
    hits = engine.search(query).hits
    return hits[0].key if hits else None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("保证金什么时候能退", "deposit"),
        ("tk小店回款周期", "payout"),
        ("二审没过怎么办", "review"),
        ("红人怎么建联", "creator"),
        ("FBA长仓费", "storage"),
        ("gpsr 欧代哪里办", "gpsr"),
        ("amazon品牌备案要啥资料", "brand"),
        ("how can i refund a buyer", "refund"),
    ],
)
def test_sellers_words_find_the_entry_that_says_it_otherwise(
    engine: SearchEngine, query: str, expected: str
) -> None:
    assert first(engine, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("保正金怎么退", "deposit"),  # another character of the same sound
        ("baozhengjin怎么退", "deposit"),  # a word typed in pinyin
        ("huikuan要几天", "payout"),  # and that of another name of it
        ("fahuochaoshi", "shipping"),
        ("zhibo怎么做", "livestream"),
        ("店鋪被封了怎麼申訴", "suspended"),  # traditional
        ("ＦＢＡ　头　程怎么选", "fba"),  # full width, spaces between
        ("老师好，请问一下 发货超时会怎么样啊？谢谢🙏🙏", "shipping"),  # courtesy
        ("课程回放", "course"),  # half a sentence
        ("invetory does not updaet", "inventory"),  # slips in English
        ("稽核沒有透過怎麼辦", "review"),  # Taiwan's words
    ],
)
def test_slips_of_the_thumb_do_not_hide_an_entry(
    engine: SearchEngine, query: str, expected: str
) -> None:
    assert first(engine, query) == expected


def test_an_entry_asked_in_its_own_words_is_answered(engine: SearchEngine) -> None:
    result = engine.search("广告投产比多少算正常？")

    assert result.hits[0].key == "roi"
    assert result.verdict is Verdict.ANSWERS


@pytest.mark.parametrize(
    "query",
    ["明天上海下雨吗", "给我讲个笑话", "定个七点的闹钟", "who won the football game", "?", ""],
)
def test_what_the_entries_do_not_know_is_not_answered(engine: SearchEngine, query: str) -> None:
    assert engine.search(query).verdict is not Verdict.ANSWERS


def test_a_keyword_alone_shows_what_may_be_meant(engine: SearchEngine) -> None:
    result = engine.search("保证金")

    assert result.verdict is not Verdict.NOTHING
    assert result.hits[0].key == "deposit"


def test_words_that_stand_only_in_the_answer_find_the_entry(engine: SearchEngine) -> None:
    hit = engine.search("采购发票").hits[0]

    assert hit.key == "suspended"
    assert hit.part is Part.BODY


def test_the_question_counts_more_than_the_answer() -> None:
    engine = SearchEngine()
    engine.put(Document("said", "怎么关闭店铺", body="关闭之前先申请退回保证金"))
    engine.put(Document("asked", "怎么申请退回保证金", body="在卖家中心操作"))

    hits = engine.search("申请退回保证金").hits

    assert [hit.key for hit in hits] == ["asked", "said"]


def test_an_alias_finds_its_entry_and_is_named_as_the_reason(engine: SearchEngine) -> None:
    engine.put(Document("course", "课程回放在哪里看？", aliases=("录播地址",)))

    hit = engine.search("录播地址").hits[0]

    assert (hit.key, hit.part) == ("course", Part.ALIAS)


def test_of_two_entries_alike_the_one_asked_in_more_such_ways_comes_first() -> None:
    engine = SearchEngine()
    engine.put(Document("freight", "头程运费怎么算", aliases=("头程运费多少钱一公斤",)))
    engine.put(Document("a note", "头程运费怎么付"))

    assert engine.search("头程运费多少").hits[0].key == "freight"
    assert engine.search("头程运费怎么付").hits[0].key == "a note"


def test_the_question_is_found_in_a_long_story(engine: SearchEngine) -> None:
    story = (
        "老师您好，我是做跨境的新手，去年跟着朋友学的，一开始什么都不懂，中间也花了不少钱。"
        "家里人不太支持，但是我还是想坚持下去，最近碰到一件事情一直没有弄明白，"
    )

    result = engine.search(story + "保证金什么时候可以退？祝大家生意兴隆，身体健康。")

    assert result.hits[0].key == "deposit"
    assert engine.search(story + "祝大家生意兴隆，身体健康。").verdict is not Verdict.ANSWERS


def test_the_only_entry_is_sure_of_its_own_question_and_of_no_other() -> None:
    engine = SearchEngine()
    engine.put(Document("deposit", "店铺保证金什么时候可以退"))

    assert engine.search("保证金什么时候退").verdict is Verdict.ANSWERS
    assert engine.search("什么时候可以去海边游泳").verdict is not Verdict.ANSWERS


def test_a_change_counts_from_the_next_search_on(engine: SearchEngine) -> None:
    engine.put(Document("new", "本地店和跨境店有什么区别？"))
    assert first(engine, "本土店跟跨境店的区别") == "new"

    engine.put(Document("new", "怎么绑定派安盈？"))
    assert first(engine, "绑定p卡") == "new"
    assert first(engine, "本土店跟跨境店的区别") != "new"

    engine.remove("new")
    assert first(engine, "绑定p卡") != "new"
    engine.remove("new")


def test_removing_everything_leaves_an_empty_engine(
    engine: SearchEngine, entries: list[Document]
) -> None:
    for entry in entries:
        engine.remove(entry.key)

    assert len(engine) == 0
    assert "deposit" not in engine
    assert engine.search("保证金怎么退").hits == ()


def test_filters_keep_what_fits_everywhere() -> None:
    engine = SearchEngine()
    engine.put(Document("us", "退货地址怎么设置", markets=frozenset({"US"})))
    engine.put(Document("uk", "退货地址如何设置", markets=frozenset({"UK"})))
    engine.put(Document("any", "怎么设置退货地址", topics=frozenset({"logistics"})))
    engine.put(Document("file", "退货地址设置表", kind="resource"))

    def keys(result: Result) -> set[str]:
        return {hit.key for hit in result.hits}

    query = "怎么设置退货地址"

    assert keys(engine.search(query)) == {"us", "uk", "any", "file"}
    assert keys(engine.search(query, markets=["US"])) == {"us", "any", "file"}
    assert keys(engine.search(query, topics=["ads"])) == {"us", "uk", "file"}
    assert keys(engine.search(query, kinds=["resource"])) == {"file"}


def test_a_heavier_entry_stands_before_its_equals() -> None:
    engine = SearchEngine()
    engine.put(Document("a", "保证金怎么退"))
    engine.put(Document("b", "保证金如何退", weight=1.1))

    assert first(engine, "保证金怎样退") == "b"


def test_an_owners_own_words_extend_the_shipped_ones(engine: SearchEngine) -> None:
    assert first(engine, "小黄车没有了") != "hijack"

    engine.use(shipped([["listing", "小黄车"], ["被跟卖", "没有了"]]))

    assert first(engine, "小黄车没有了") == "hijack"


def test_a_hit_says_why_it_was_found(engine: SearchEngine) -> None:
    why = engine.search("保正金怎么退").hits[0].why

    assert why.part is Part.ALIAS
    assert "退" in why.shared
    assert why.by_sound == ("正",)
    assert why.confirmations == 0


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("二审", "review"),
        ("TK 二审", "review"),
        ("👍 二审", "review"),
        ("VAT", "vat"),
        ("税", "vat"),
        ("佣", "commission"),
        ("押金", "deposit"),
        ("保証金　甚麼時候可以煺？？", "deposit"),
        ("ＴＫ　二審沒過怎幺辦", "review"),
        ("關店後保正金怎麼退", "deposit"),
        ("結祘", "payout"),
    ],
)
def test_what_is_short_or_mistyped_finds_the_right_entry(
    engine: SearchEngine, query: str, right: str
) -> None:
    assert first(engine, query) == right
    assert engine.search(query).verdict is not Verdict.NOTHING


def test_one_character_finds_all_that_are_about_it(engine: SearchEngine) -> None:
    assert {hit.key for hit in engine.search("退").hits[:3]} == {"refund", "deposit", "return"}


@pytest.mark.parametrize("query", ["😀", "😀🎉👍", "？！", "👨\u200d👩\u200d👧"])
def test_signs_without_words_find_nothing(engine: SearchEngine, query: str) -> None:
    assert engine.search(query).hits == ()


@pytest.mark.parametrize("query", ["FBA", "fba", "退", "号"])
def test_a_keyword_of_several_entries_is_a_list_and_no_answer(
    engine: SearchEngine, query: str
) -> None:
    found = engine.search(query)

    assert found.verdict is Verdict.PERHAPS
    assert found.hits[0].confidence < ANSWERS


@pytest.mark.parametrize(("query", "expected"), [("GPSR", "gpsr"), ("保证金", "deposit")])
def test_a_keyword_of_one_entry_is_answered_at_once(
    engine: SearchEngine, query: str, expected: str
) -> None:
    found = engine.search(query)

    assert (found.verdict, found.hits[0].key) == (Verdict.ANSWERS, expected)
    assert engine.search(query, limit=1).verdict is Verdict.ANSWERS


@pytest.mark.parametrize(
    "query", ["怎么办", "请问怎么处理", "多少钱", "how to", "how much", "why", "怎么", "什么时候"]
)
def test_a_query_that_only_asks_is_a_list_unless_it_is_a_wording(query: str) -> None:
    engine = SearchEngine()
    engine.put(Document("review", "二审没过怎么办？", body="重新提交资料。How to: see the page."))
    engine.put(Document("deposit", "保证金多少钱？什么时候退？", body="看后台，why not."))
    engine.put(
        Document("refund", "How to refund a buyer, and how much?", body="In the back office.")
    )

    found = engine.search(query)

    assert found.verdict is not Verdict.ANSWERS
    engine.put(Document("own", "新手必读", aliases=(query,), body="先读置顶。"))
    found = engine.search(query)
    assert (found.verdict, found.hits[0].key) == (Verdict.ANSWERS, "own")


def test_how_many_are_wanted_does_not_make_it_surer(engine: SearchEngine) -> None:
    found = engine.search("FBA", limit=1)

    assert (found.verdict, len(found.hits)) == (Verdict.PERHAPS, 1)
