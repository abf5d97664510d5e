"""Telegram's HTML, read as strictly as Telegram reads it (Bot API, "HTML style")."""

import html
import re

from community_bot.sandbox.entities import utf16_length
from community_bot.sandbox.facts import Json
from community_bot.sandbox.refusals import Refused, bad

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(SIMPLE) | {"a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_REFERENCE = re.compile(r"&(?:#(?:x[0-9a-fA-F]+|[0-9]+)|lt|gt|amp|quot);?")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']*)\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


class HtmlReader:
    """Reads one text from its beginning to its end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[tuple[str, str, int, int]] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            start = self.source.find("<", self.at)
            self._say(self.source[self.at : start if start >= 0 else None])
            if start < 0:
                break
            self.at = start
            if self.source.startswith("</", start):
                self._close()
            else:
                self._open()
        if self.open:
            raise cannot_parse(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"'
            )
        return "".join(self.plain), self.entities

    def _say(self, text: str) -> None:
        plain = _REFERENCE.sub(lambda found: html.unescape(found[0].rstrip(";") + ";"), text)
        self.plain.append(plain)
        self.offset += utf16_length(plain)

    def _open(self) -> None:
        start = self.at
        name = self._until_space_or_end(start + 1).lower()
        if self.at >= len(self.source):
            raise self._wrong("Unclosed start tag at byte offset", start)
        if name not in _TAGS:
            raise self._wrong(f'Unsupported start tag "{name}" at byte offset', start)
        argument = ""
        while (attribute := self._attribute(name, start)) is not None:
            argument = argument_of(name, *attribute) or argument
        if name == "span" and argument != "spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler" at byte offset', start)
        self.open.append((name, argument, self.offset, len(self.plain)))

    def _attribute(self, tag: str, start: int) -> tuple[str, str | None] | None:
        """Return the next attribute of a start tag; None at the end of the tag."""
        self._skip_space()
        if self.source.startswith(">", self.at):
            self.at += 1
            return None
        found = _ATTRIBUTE.match(self.source, self.at)
        name = found[1] if found else ""
        if not name:
            raise self._wrong(f'Empty attribute name in the tag "{tag}" at byte offset', start)
        self.at = found.end() if found else self.at
        if not self.source.startswith("=", self.at):
            self._check_goes_on(f'Unclosed start tag "{tag}" at byte offset', start)
            return name, None
        self.at += 1
        self._skip_space()
        self._check_goes_on(f'Unclosed start tag "{tag}" at byte offset', start)
        value = self._value()
        self._check_goes_on("Unclosed start tag at byte offset", start)
        return name, value

    def _value(self) -> str:
        quote = self.source[self.at]
        if quote in "\"'":
            end = self.source.find(quote, self.at + 1)
            end = len(self.source) if end < 0 else end
            value = self.source[self.at + 1 : end]
            self.at = end + 1
            return html.unescape(value) if _REFERENCE.search(value) else value
        found = _TOKEN.match(self.source, self.at)
        token, begin = (found[0] if found else ""), self.at
        self.at += len(token)
        if (
            not self.source[self.at : self.at + 1].isspace()
            and self.source[self.at : self.at + 1] != ">"
        ):
            raise self._wrong("Unexpected end of name token at byte offset", begin)
        return token.lower()

    def _close(self) -> None:
        start = self.at
        if not self.open:
            raise self._wrong("Unexpected end tag at byte offset", start)
        name = self._until_space_or_end(start + 2).lower()
        self._skip_space()
        if not self.source.startswith(">", self.at):
            raise self._wrong("Unclosed end tag at byte offset", start)
        self.at += 1
        tag, argument, offset, part = self.open.pop()
        if name and name != tag:
            at = self._byte_offset(start)
            raise cannot_parse(
                f'Unmatched end tag at byte offset {at}, expected "</{tag}>", found "</{name}>"'
            )
        if self.offset > offset:
            self._keep(tag, argument, offset, "".join(self.plain[part:]))

    def _keep(self, tag: str, argument: str, offset: int, inside: str) -> None:
        entity: Json = {"type": "", "offset": offset, "length": self.offset - offset}
        last = self.entities[-1] if self.entities else {}
        is_same = (last.get("offset"), last.get("length")) == (offset, entity["length"])
        if tag == "pre" and is_same and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return
        if tag == "code" and is_same and last["type"] == "pre" and argument:
            last["language"] = argument
            return
        about = about_tag(tag, argument, inside)
        if about is not None:
            self.entities.append(entity | about)

    def _until_space_or_end(self, begin: int) -> str:
        at = begin
        while at < len(self.source) and self.source[at] != ">" and not self.source[at].isspace():
            at += 1
        self.at = at
        return self.source[begin:at]

    def _skip_space(self) -> None:
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1

    def _check_goes_on(self, complaint: str, start: int) -> None:
        if self.at >= len(self.source):
            raise self._wrong(complaint, start)

    def _byte_offset(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _wrong(self, complaint: str, at: int) -> Refused:
        return cannot_parse(f"{complaint} {self._byte_offset(at)}")


def argument_of(tag: str, name: str, value: str | None) -> str:
    """Return what an attribute means to its tag; nothing for attributes that mean nothing."""
    if tag == "blockquote" and name == "expandable":
        return "1"
    value = value or ""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")}:
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if tag == "span" and name == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def about_tag(tag: str, argument: str, inside: str) -> Json | None:
    """Say what entity a closed tag becomes; None where Telegram drops it."""
    if tag in SIMPLE:
        return {"type": SIMPLE[tag]}
    if tag == "a":
        return about_link(argument or inside)
    if tag == "tg-emoji":
        if not argument.isdigit() or not int(argument):
            raise cannot_parse("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": argument}
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if argument else "blockquote"}
    if tag == "tg-time":
        is_time = argument.isdigit() and int(argument) > 0
        return {"type": "date_time", "unix_time": int(argument)} if is_time else None
    return {"type": tag, **({"language": argument} if tag == "code" and argument else {})}


_LINK = re.compile(r"(?i)(?:(https?|tg|ton|tonsite):(?://)?)?([^\s/?#]+)([/?#]\S*)?")


def about_link(url: str) -> Json | None:
    """Say what a link becomes: a mention, a link, or nothing if it leads nowhere."""
    if url.startswith("tg://user?id="):
        number = url.removeprefix("tg://user?id=")
        return {"type": "text_mention", "user_id": int(number)} if number.isdigit() else None
    checked = checked_url(url)
    return {"type": "text_link", "url": checked} if checked else None


def checked_url(url: str) -> str:
    """Return the address as Telegram keeps it, or nothing if it is none."""
    found = _LINK.fullmatch(url.strip())
    if found is None:
        return ""
    scheme, host, rest = found[1], found[2], found[3] or ""
    if scheme and not scheme.lower().startswith("http"):
        return url
    name = host.rsplit("@", 1)[-1].split(":", 1)[0]
    if "." not in name.strip(".") or ".." in name:
        return ""
    return f"{(scheme or 'http').lower()}://{host}{rest if rest.startswith('/') else '/' + rest}"


def cannot_parse(reason: str) -> Refused:
    return bad(f"can't parse entities: {reason}")
