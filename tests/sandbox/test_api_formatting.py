"""HTML, MarkdownV2, entities given and entities found."""

from typing import Any

import pytest

from community_bot.sandbox.entities import found_in
from community_bot.sandbox.facts import Json

Town = Any
Api = Any


def entity(kind: str, offset: int, length: int, **more: object) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


HTML: list[tuple[str, str, list[Json]]] = [
    ("<b>粗</b>体", "粗体", [entity("bold", 0, 1)]),
    ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
    (
        "<u>a</u><s>b</s><del>c</del>",
        "abc",
        [entity("underline", 0, 1), entity("strikethrough", 1, 1), entity("strikethrough", 2, 1)],
    ),
    ("😀<b>x</b>", "😀x", [entity("bold", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
    ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
    ("&nbsp;", "&nbsp;", []),
    ("&#20320;&#x597D;", "你好", []),
    (
        '<a href="https://a.cn/?a=1&amp;b=2">店</a>',
        "店",
        [entity("text_link", 0, 1, url="https://a.cn/?a=1&b=2")],
    ),
    ('<a href="nowhere">店</a>', "店", []),
    ("<tg-spoiler>答</tg-spoiler>", "答", [entity("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">答</span>', "答", [entity("spoiler", 0, 1)]),
    (
        '<pre><code class="language-python">x = 1</code></pre>',
        "x = 1",
        [entity("pre", 0, 5, language="python")],
    ),
    ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
    ("<code><b>x</b></code>", "x", [entity("code", 0, 1)]),
    ("<blockquote>引</blockquote>", "引", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>引</blockquote>", "引", [entity("expandable_blockquote", 0, 1)]),
    (
        '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
        "👍",
        [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
    ),
    ("  <b> a </b>\n\n", "a", [entity("bold", 0, 1)]),
    ("<b></b>x", "x", []),
    (
        "<code>/start</code> /ask",
        "/start /ask",
        [entity("code", 0, 6), entity("bot_command", 7, 4)],
    ),
]


@pytest.mark.parametrize(("source", "plain", "entities"), HTML)
async def test_html_becomes_text_with_entities(
    api: Api, town: Town, source: str, plain: str, entities: list[Json]
) -> None:
    sent = await api("sendMessage", chat_id=town.private.id, text=source, parse_mode="HTML")

    assert (sent["text"], sent.get("entities", [])) == (plain, entities)


WRONG_HTML = [
    ("a<x>b", 'Unsupported start tag "x" at byte offset 1'),
    ("你<br>", 'Unsupported start tag "br" at byte offset 3'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("a <3> b", 'Unsupported start tag "3" at byte offset 2'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
    ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
]


@pytest.mark.parametrize(("source", "complaint"), WRONG_HTML)
async def test_html_that_telegram_does_not_speak_is_refused(
    api: Api, town: Town, source: str, complaint: str
) -> None:
    answer = await api.ask("sendMessage", chat_id=town.private.id, text=source, parse_mode="HTML")

    assert answer["description"] == f"Bad Request: can't parse entities: {complaint}"


MARKDOWN: list[tuple[str, str, list[Json]]] = [
    ("*粗* _斜_", "粗 斜", [entity("bold", 0, 1), entity("italic", 2, 1)]),
    (
        "__u__ ~s~ ||p||",
        "u s p",
        [entity("underline", 0, 1), entity("strikethrough", 2, 1), entity("spoiler", 4, 1)],
    ),
    ("1\\.5 \\- ok\\!", "1.5 - ok!", []),
    ("[店](https://a.cn/)", "店", [entity("text_link", 0, 1, url="https://a.cn/")]),
    ("`a*b`", "a*b", [entity("code", 0, 3)]),
    ("```python\nx=1```", "x=1", [entity("pre", 0, 3, language="python")]),
    (">引\n>用\n后", "引\n用\n后", [entity("blockquote", 0, 4)]),
    (">引\n>用||", "引\n用", [entity("expandable_blockquote", 0, 3)]),
    ("**>引\n>用||\n后", "引\n用\n后", [entity("expandable_blockquote", 0, 4)]),
    (
        "![👍](tg://emoji?id=5368324170671202286)",
        "👍",
        [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
    ),
    ("*a _b_*", "a b", [entity("bold", 0, 3), entity("italic", 2, 1)]),
]


@pytest.mark.parametrize(("source", "plain", "entities"), MARKDOWN)
async def test_markdown_becomes_text_with_entities(
    api: Api, town: Town, source: str, plain: str, entities: list[Json]
) -> None:
    sent = await api("sendMessage", chat_id=town.private.id, text=source, parse_mode="MarkdownV2")

    assert (sent["text"], sent.get("entities", [])) == (plain, entities)


WRONG_MARKDOWN = [
    ("1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("a!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
    ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ("你*好", "Can't find end of Bold entity at byte offset 3"),
    ("[a](b", "Can't find end of a URL at byte offset 4"),
]


@pytest.mark.parametrize(("source", "complaint"), WRONG_MARKDOWN)
async def test_markdown_that_is_not_escaped_is_refused(
    api: Api, town: Town, source: str, complaint: str
) -> None:
    said = {"chat_id": town.private.id, "text": source, "parse_mode": "MarkdownV2"}

    answer = await api.ask("sendMessage", **said)

    assert answer["description"] == f"Bad Request: can't parse entities: {complaint}"


async def test_entities_given_by_the_bot_count_in_utf16(api: Api, town: Town) -> None:
    given = [entity("bold", 2, 2)]

    sent = await api("sendMessage", chat_id=town.private.id, text="😀你好", entities=given)

    assert sent["entities"] == given


async def test_an_entity_beyond_the_text_is_refused(api: Api, town: Town) -> None:
    given = [entity("bold", 0, 9)]

    answer = await api.ask("sendMessage", chat_id=town.private.id, text="你好", entities=given)

    assert answer["description"] == (
        "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text "
        "at UTF-16 offset 9"
    )


async def test_the_length_counts_after_parsing(api: Api, town: Town) -> None:
    text = f"<b>{'长' * 4096}</b>"

    sent = await api("sendMessage", chat_id=town.private.id, text=text, parse_mode="HTML")

    assert len(sent["text"]) == 4096


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/ask@community_bot 怎么办", [("bot_command", "/ask@community_bot")]),
        ("看 https://a.cn/x?y=1。 好", [("url", "https://a.cn/x?y=1")]),
        ("tiktok.com/shop", [("url", "tiktok.com/shop")]),
        ("写给 li@shop.com", [("email", "li@shop.com")]),
        ("@lilei 你好 #选品", [("mention", "@lilei"), ("hashtag", "#选品")]),
        ("+86 138 0013 8000", [("phone_number", "+86 138 0013 8000")]),
        ("a/b 1/2 http", []),
        ("😀 /start", [("bot_command", "/start")]),
    ],
)
def test_telegram_finds_entities_by_itself(text: str, kinds: list[tuple[str, str]]) -> None:
    units = text.encode("utf-16-le")

    found = [
        (each["type"], units[2 * each["offset"] :][: 2 * each["length"]].decode("utf-16-le"))
        for each in found_in(text)
    ]

    assert found == kinds
