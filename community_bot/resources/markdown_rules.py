"""Markdown as operators write it, into a text with Telegram's entities."""

import re
from collections.abc import Mapping
from typing import Any

# What is written, and the entity that it becomes (core.telegram.org/bots/api#messageentity).
_MARKS = re.compile(
    r"```(?P<language>\w*)\n(?P<pre>.*?)\n?```"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>(?:https?|tg|mailto):[^)\s]+)\)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    r"|~~(?P<strikethrough>[^~\n]+)~~"
    r"|\|\|(?P<spoiler>[^|\n]+)\|\|"
    r"|(?<![\w*])\*(?P<italic>[^*\s][^*\n]*)\*(?!\w)"
    r"|^#{1,6} +(?P<heading>[^\n]+)$"
    r"|^[-*+] +(?=\S)(?P<item>)",
    re.DOTALL | re.MULTILINE,
)
_KINDS = ("code", "bold", "strikethrough", "spoiler", "italic")


def read(markdown: str) -> tuple[str, tuple[Mapping[str, Any], ...]]:
    """Return the text that people see, and its formatting; what is no mark stays as it is."""
    seen, entities, at = "", [], 0
    source = markdown.replace("\r\n", "\n").strip()
    for found in _MARKS.finditer(source):
        seen += source[at : found.start()]
        at = found.end()
        shown, entity = _meant(found)
        if entity is not None:
            entities.append({**entity, "offset": _units(seen), "length": _units(shown)})
        seen += shown
    return seen + source[at:], tuple(entities)


def _meant(found: re.Match[str]) -> tuple[str, dict[str, Any] | None]:
    given = found.groupdict()
    if given["pre"] is not None:
        language = {"language": given["language"]} if given["language"] else {}
        return given["pre"], {"type": "pre", **language}
    if given["label"] is not None:
        return given["label"], {"type": "text_link", "url": given["url"]}
    if given["heading"] is not None:
        return given["heading"].strip("#* "), {"type": "bold"}
    for kind in _KINDS:
        if given[kind] is not None:
            return given[kind], {"type": kind}
    return "• ", None


def _units(text: str) -> int:
    """Count a text as Telegram does, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
