"""Messages as Telegram gives them, a text and its entities, written as Telegram HTML."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
}
_Mark = tuple[int, int, str, str]  # from, to, and the tags around; counted in UTF-16 units


def marked_up(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """Return a message as Telegram HTML; entities that overlap are closed and opened again.

    Links, @names and hashtags that Telegram finds by itself are left to it.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    marks = [mark for mark in map(_mark, entities) if mark is not None and mark[0] < mark[1]]
    out, opened, at = "", list[_Mark](), 0
    for place in sorted({place for mark in marks for place in mark[:2]} | {len(units) // 2}):
        said = units[2 * at : 2 * place].decode("utf-16-le", "surrogatepass")
        out += html.escape(said, quote=False)
        at = place
        first = next((n for n, one in enumerate(opened) if one[1] <= place), len(opened))
        out += "".join(mark[3] for mark in reversed(opened[first:]))
        begun = sorted((one for one in marks if one[0] == place), key=lambda one: -one[1])
        again = [one for one in opened[first:] if one[1] > place] + begun
        out += "".join(mark[2] for mark in again)
        opened[first:] = again
    return out


def _mark(entity: Mapping[str, Any]) -> _Mark | None:
    kind, start = entity["type"], entity["offset"]
    before, after = _TAGS.get(kind, ("", ""))
    if kind == "pre" and entity.get("language"):
        before = f'<pre><code class="language-{html.escape(entity["language"])}">'
        after = "</code></pre>"
    elif kind == "text_link":
        before, after = f'<a href="{html.escape(entity["url"])}">', "</a>"
    elif kind == "text_mention":
        before, after = f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    elif kind == "custom_emoji":
        before, after = f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    return (start, start + entity["length"], before, after) if before else None
