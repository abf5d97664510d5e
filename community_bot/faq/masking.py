"""Personal data in what people write, blackened before others read it or it becomes an entry."""

import html
import re
from collections.abc import Iterable

from community_bot.faq.markup_rules import pieces
from community_bot.faq.shop_names import Span, shops

MASK = "•••"
SHORTEST_NAME = 2  # signs; a shorter one would hit other words
_PATTERNS = (
    re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"),  # e-mail
    re.compile(r"(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)"),  # an Amazon order
    re.compile(r"(?<![A-Za-z0-9_@])@[A-Za-z][A-Za-z0-9_]{3,31}"),  # a Telegram name
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),  # a Chinese mobile
    re.compile(r"(?<!\d)\+\d[\d ()-]{6,18}\d"),  # any telephone number with its country
    re.compile(r"(?<!\d)\d{15,20}[Xx]?(?!\d)"),  # TikTok Shop orders, bank and identity cards
)
_PERSON = re.compile(r"tg://(?:user|openmessage)\b", re.IGNORECASE)
_ADDRESS = re.compile(r'^<a href="([^"]*)">$')


def masked(text: str, *, names: Iterable[str] = ()) -> str:
    """Return the text without telephone numbers, e-mail addresses, orders, @names and shops."""
    out, at = "", 0
    for start, end in _hidden(text, names):
        out += text[at:start] + MASK
        at = end
    return out + text[at:]


def masked_markup(markup: str, *, names: Iterable[str] = ()) -> str:
    """Return Telegram HTML without the same; links that lead there keep their words only."""
    parts = _unlinked(pieces(markup))
    seen = "".join(html.unescape(part) for is_tag, part in parts if not is_tag)
    spans, out, here = _hidden(seen, names), "", 0
    for is_tag, part in parts:
        if is_tag:
            out += part
            continue
        said, end = "", here + len(html.unescape(part))
        for start, stop in spans:
            if stop <= here or start >= end:
                continue
            said += seen[here:start] + (MASK if start >= here else "")
            here = max(here, min(stop, end))
        out += html.escape(said + seen[here:end], quote=False)
        here = end
    return out


def _unlinked(parts: Iterable[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """Leave out links to a shop, whose words stay, and to a person, whose words are their name."""
    kept: list[tuple[bool, str]] = []
    opened: list[str] = []  # where the links lead that are open here
    for is_tag, part in parts:
        link = _ADDRESS.match(part) if is_tag else None
        if link is not None:
            opened.append(html.unescape(link[1]))
        is_named = any(_PERSON.match(address) for address in opened)
        is_link = link is not None or (is_tag and part == "</a>")
        if not is_named and not (is_link and masked(opened[-1]) != opened[-1]):
            kept.append((is_tag, part))
        if is_tag and part == "</a>" and _PERSON.match(opened.pop()):
            kept.append((False, MASK))
    return kept


def _hidden(text: str, names: Iterable[str]) -> list[Span]:
    """Return what is hidden, from left to right, none within another."""
    spans = [found.span() for pattern in _PATTERNS for found in pattern.finditer(text)]
    spans += shops(text)
    spans += [
        found.span()
        for name in names
        if len(name) >= SHORTEST_NAME
        for found in re.finditer(re.escape(name), text)
    ]
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
