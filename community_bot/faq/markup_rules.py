"""Telegram's HTML in answers: made well-formed whatever was typed, and read as plain text."""

import html
import re

# core.telegram.org/bots/api#html-style
_SIMPLE = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler"}
)
_WITH_VALUE = {
    "a": re.compile(r'^ href="((?:https?|tg|mailto):[^"<>]*)"$'),
    "span": re.compile(r'^ class="(tg-spoiler)"$'),
    "code": re.compile(r'^ class="(language-[\w+#.-]+)"$'),
    "tg-emoji": re.compile(r'^ emoji-id="(\d+)"$'),
}
_NAMES = {"a": "href", "span": "class", "code": "class", "tg-emoji": "emoji-id"}
_TAG = re.compile(r"<(/?)([a-z][a-z-]*)((?: [a-z-]+(?:=\"[^\"<>]*\")?)?)>")


def tidy(text: str) -> str:
    """Return well-formed Telegram HTML; what is no tag of Telegram's stands there as it was typed.

    Doing it twice changes nothing.
    """
    out: list[str] = []
    opened: list[str] = []
    at = 0
    for found in _TAG.finditer(text):
        out.append(_escaped(text[at : found.start()]))
        at = found.end()
        out.append(_closing(found, opened) if found[1] else _opening(found, opened))
    out.append(_escaped(text[at:]))
    out.extend(f"</{name}>" for name in reversed(opened))
    return "".join(out)


def plain(text: str) -> str:
    """Return what people see of an answer, without its formatting."""
    return html.unescape(_TAG.sub("", tidy(text)))


def pieces(text: str) -> list[tuple[bool, str]]:
    """Return an answer, made well-formed, as its tags (True) and the escaped text between."""
    told, found, at = tidy(text), list[tuple[bool, str]](), 0
    for tag in _TAG.finditer(told):
        found += [(False, told[at : tag.start()]), (True, tag[0])]
        at = tag.end()
    return [one for one in (*found, (False, told[at:])) if one[1]]


def paragraphs(text: str) -> list[str]:
    """Return the parts of an answer as plain text, blank lines apart."""
    return [part.strip() for part in re.split(r"\n\s*\n", plain(text)) if part.strip()]


def _opening(found: re.Match[str], opened: list[str]) -> str:
    name, given = found[2], found[3]
    tag = _allowed(name, given)
    if tag is None:
        return _escaped(found[0])
    opened.append(name)
    return tag


def _allowed(name: str, given: str) -> str | None:
    """Return the tag as Telegram takes it, or None for one that it does not know."""
    if not given and (name in _SIMPLE or name == "blockquote"):
        return f"<{name}>"
    if name == "blockquote" and given.strip() == "expandable":
        return "<blockquote expandable>"
    pattern = _WITH_VALUE.get(name)
    value = pattern.fullmatch(given) if pattern else None
    if value is None:
        return None
    return f'<{name} {_NAMES[name]}="{html.escape(html.unescape(value[1]))}">'


def _closing(found: re.Match[str], opened: list[str]) -> str:
    """Close what was opened since as well: tags must nest."""
    name = found[2]
    if name not in opened:
        return _escaped(found[0]) if _unknown(name) else ""
    out = []
    while True:
        last = opened.pop()
        out.append(f"</{last}>")
        if last == name:
            return "".join(out)


def _unknown(name: str) -> bool:
    return name not in _SIMPLE and name not in _WITH_VALUE and name != "blockquote"


def _escaped(text: str) -> str:
    return html.escape(html.unescape(text), quote=False)
