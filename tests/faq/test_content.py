"""What an entry may say: one form for everything typed, well-formed whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.faq.content_rules import Content, checked, differences, split_list
from community_bot.faq.marking_rules import marked_up
from community_bot.faq.markup_rules import paragraphs, plain, tidy
from community_bot.faq.masking import masked, masked_markup
from community_bot.sandbox.markup_html import HtmlReader

TYPED = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<i>", "</i>", '<a href="https://x.y/?a=1&b=2">', "</a>", "<", ">", "&",
         "&amp;", "&lt;b&gt;", "<blockquote expandable>", "</blockquote>", "<script>", "</div>",
         '<a href="javascript:1">', '<code class="language-py">', "</code>", "<!-- -->", "退款",
         '<span class="tg-spoiler">', "</span>", "<pre>", "</pre>", '"', "\n", "<b", "&#60;"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(TYPED)
def test_whatever_was_typed_becomes_html_that_telegram_takes(typed: str) -> None:
    once = tidy(typed)

    HtmlReader(once).read()
    assert tidy(once) == once


@given(st.text())
def test_plain_text_stays_as_it_was_typed(typed: str) -> None:
    assert plain(tidy(typed.replace("<", "").replace("&", ""))) == typed.replace("<", "").replace(
        "&", ""
    )


def test_formatting_is_kept_and_what_is_none_stands_as_typed() -> None:
    assert tidy("<b>重要</b> 1 < 2 & <foo>") == "<b>重要</b> 1 &lt; 2 &amp; &lt;foo&gt;"
    assert tidy("<b><i>先</b>后</i>") == "<b><i>先</i></b>后"
    assert paragraphs("<b>一</b>\n\n二\n三") == ["一", "二\n三"]


def test_an_entry_is_put_into_one_form() -> None:
    entry = checked(
        Content(
            question="  保证金 \n 多少？ ",
            body=" 看后台 \r\n",
            aliases=("押金", "押金", "保证金 多少？", " "),
            topics=("Fees", "fees"),
            markets=("uk", "US"),
        )
    )

    assert entry == Content(
        question="保证金 多少？",
        body="看后台",
        aliases=("押金",),
        topics=("fees",),
        markets=("UK", "US"),
    )
    assert checked(entry) == entry
    assert checked(Content("问", "答", markets=("all",))).markets == ()


def test_a_tag_that_closes_nothing_leaves_no_blank_line_behind() -> None:
    entry = checked(Content("问", "</b>\n答"))

    assert entry.body == "答"
    assert checked(entry) == entry


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (Content("", "答"), "question"),
        (Content("问" * 201, "答"), "question"),
        (Content("问", " \n"), "body"),
        (Content("问", "<b> </b>"), "body"),
        (Content("问", "答" * 3001), "body"),
        (Content("问", "答", markets=("美国",)), "markets"),
        (Content("问", "答", topics=tuple(str(n) for n in range(9))), "topics"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_field(content: Content, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(content)

    assert refused.value.field == field


def test_a_difference_names_what_went_and_what_came() -> None:
    before = Content("问", "一\n二", aliases=("甲",))
    after = Content("问", "一\n三", aliases=("甲", "乙"))

    changes = differences(before, after)

    assert [(one.field, one.gone, one.come) for one in changes] == [
        ("body", ("二",), ("三",)),
        ("aliases", (), ("乙",)),
    ]


def test_lists_are_read_as_people_type_them() -> None:
    assert split_list("押金，保证金, deposit；\n、退押金") == (
        "押金",
        "保证金",
        "deposit",
        "退押金",
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("订单 113-1234567-7654321 没到", "订单 ••• 没到"),
        ("发到 li.na+shop@example.com.cn 吧", "发到 ••• 吧"),
        ("加我微信@laowang_88", "加我微信•••"),
        ("电话138 0013 8000，或 +1 (415) 555-0100", "电话•••，或 •••"),
        ("身份证 11010119900307123X", "身份证 •••"),
        ("订单 576461413038785752 退款", "订单 ••• 退款"),
        ("保证金 500 美元，30 天，单价 19.99", "保证金 500 美元，30 天，单价 19.99"),
    ],
)
def test_personal_data_is_blackened_and_nothing_else(typed: str, kept: str) -> None:
    assert masked(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("店铺名：LuckyHome 被封了", "店铺名：••• 被封了"),
        ("店名叫开心小屋，在美国站", "店名叫•••，在美国站"),
        ("店铺：LuckyHome", "店铺：•••"),
        ("我们是小熊家居官方旗舰店的运营", "我们是•••的运营"),
        ("LuckyHome Store被封，TikTok Shop 没回复", "•••被封，TikTok Shop 没回复"),
        ("My Sunny Pets Store was banned", "My ••• was banned"),
        ("Store name: Happy Paws LLC, please help", "Store name: •••, please help"),
        ("https://shop.tiktok.com/view/product/17?region=US 看看", "••• 看看"),
        ("www.tiktok.com/@luckyhome，luckyhome.myshopify.com。", "•••，•••。"),
        ("跟卖 https://www.amazon.com/sp?seller=A2R2RITDJNW1Q6.", "跟卖 •••."),
        ("卖家 A2R2RITDJNW1Q6 跟卖", "卖家 ••• 跟卖"),
        ("店铺ID：USLCABCD12，seller id 7495123", "店铺ID：•••，seller id •••"),
    ],
)
def test_a_shop_is_not_named(typed: str, kept: str) -> None:
    assert masked(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "开旗舰店要什么资质？旗舰店和专卖店的区别",
        "天猫旗舰店入驻，品牌官方旗舰店",
        "How do I open a TikTok Shop in the UK? The App Store review",
        "US TikTok Shop is different from an Amazon Store",
        "TikTok Shop: how to appeal",
        "店铺：评分低于 4 分怎么办",
        "店铺名是否可以改，店铺名称：怎么改",
        "the store name is already taken",
        "seller id 在哪看，店铺ID是什么",
        "后台 seller-us.tiktok.com/account 和 https://sellercentral.amazon.com/help/hub",
        "amazon.com/dp/B08N5WRWNW，ASIN B08N5WRWNW，美国站 ATVPDKIKX0DER",
    ],
)
def test_what_is_said_of_shops_stays(typed: str) -> None:
    assert masked(typed) == typed


def test_personal_data_is_blackened_in_an_answer_with_its_formatting_kept() -> None:
    answer = (
        '<b>电话 138</b>00138000，<a href="https://shop.tiktok.com/x/1">看店</a>，问 '
        '<a href="tg://user?id=3"><i>王五</i></a> 或 A&amp;B，<a href="https://a.b/c">规则</a>'
    )

    kept = masked_markup(answer, names=("A&B", "b"))

    assert kept == '<b>电话 •••</b>，看店，问 ••• 或 •••，<a href="https://a.b/c">规则</a>'


@given(TYPED)
def test_an_answer_without_personal_data_stays_as_it_was(typed: str) -> None:
    assert masked_markup(tidy(typed)) == tidy(typed)


def test_a_message_with_its_entities_is_written_as_html() -> None:
    entities = (
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 3, "length": 5},
        {"type": "text_link", "offset": 9, "length": 2, "url": "https://a.b/?c=1&d=2"},
        {"type": "pre", "offset": 12, "length": 3, "language": "python"},
        {"type": "url", "offset": 0, "length": 2},
    )

    written = marked_up("😀退款要 30<天，看这 x=1", entities)

    assert written == (
        '<b>😀退<i>款</i></b><i>要 30</i>&lt;<a href="https://a.b/?c=1&amp;d=2">天，</a>看'
        '<pre><code class="language-python">这 x</code></pre>=1'
    )
    assert tidy(written) == written


_KINDS = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "hashtag")


@given(
    text=st.text(),
    spans=st.lists(
        st.tuples(st.sampled_from(_KINDS), st.integers(0, 30), st.integers(1, 30)), max_size=6
    ),
)
def test_whatever_entities_there_are_the_html_is_well_formed(
    text: str, spans: list[tuple[str, int, int]]
) -> None:
    length = len(text.encode("utf-16-le")) // 2
    whole = [
        {"type": kind, "offset": start, "length": min(size, length - start)}
        for kind, start, size in spans
        if start < length and text.isascii()
    ]

    written = marked_up(text, whole)

    assert tidy(written) == written
    assert plain(written) == text
