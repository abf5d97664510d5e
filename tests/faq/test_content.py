"""What an entry may say: one form for everything typed, well-formed whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.faq.content_rules import Content, checked, differences, split_list
from community_bot.faq.markup_rules import paragraphs, plain, tidy
from community_bot.faq.masking import masked
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
