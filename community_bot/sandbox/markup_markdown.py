"""Telegram's MarkdownV2, read as strictly as Telegram reads it."""

from community_bot.sandbox.entities import utf16_length
from community_bot.sandbox.facts import Json
from community_bot.sandbox.markup_html import about_link, cannot_parse
from community_bot.sandbox.refusals import Refused

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_MARKS = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("`", "code"),
    ("[", "text_link"),
)
_ENDS = {kind: mark for mark, kind in _MARKS} | {"text_link": "]", "custom_emoji": "]"}
_LITERAL = frozenset({"code", "pre"})


class MarkdownReader:
    """Reads one text from its beginning to its end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.is_line_start = True
        self.open: list[Json] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        if self._is_in_quote():
            self._end_quote()
        if self.open:
            raise self._no_end()
        return "".join(self.plain), self.entities

    def _step(self) -> None:
        source, at = self.source, self.at
        kind = self.open[-1]["type"] if self.open else ""
        if source[at] == "\\" and at + 1 < len(source) and source[at + 1].isascii():
            self._say(source[at + 1], 2)
        elif kind and source.startswith(_ENDS.get(kind, "\0"), at) and not self._is_longer(kind):
            self._close()
        elif kind in _LITERAL:
            self._say(source[at], 1)
        elif self.is_line_start and source[at] == ">":
            self._quote()
        elif source[at] == "\n":
            self._line_end()
        elif source[at] in _RESERVED:
            self._open()
        else:
            self._say(source[at], 1)

    def _is_longer(self, kind: str) -> bool:
        """Two underscores never end what one began."""
        return kind == "italic" and self.source.startswith("__", self.at)

    def _open(self) -> None:
        for mark, kind in _MARKS:
            if self.source.startswith(mark, self.at):
                self._begin(kind)
                self.at += len(mark)
                if kind == "pre":
                    self._language()
                return
        raise cannot_parse(
            f"Character '{self.source[self.at]}' is reserved and must be escaped "
            "with the preceding '\\'"
        )

    def _language(self) -> None:
        end = self.at
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        if end > self.at and end < len(self.source) and self.source[end] != "`":
            self.open[-1]["language"] = self.source[self.at : end]
            self.at = end
        if self.source.startswith("\n", self.at):
            self.at += 1

    def _close(self) -> None:
        entity = self.open.pop()
        kind = entity["type"]
        self.at += len(_ENDS[kind])
        if kind in {"text_link", "custom_emoji"}:
            about = self._linked(kind, entity)
            if about is None:
                return
            entity |= about
        self._keep(entity)

    def _linked(self, kind: str, entity: Json) -> Json | None:
        inside = "".join(self.plain[entity["part"] :])
        if not self.source.startswith("(", self.at):
            if kind == "custom_emoji":
                raise cannot_parse("The entity must contain a tg://emoji or tg://time URL")
            return about_link(inside)
        url = self._url()
        if kind == "text_link":
            return about_link(url)
        number = url.removeprefix("tg://emoji?id=")
        if not number.isdigit():
            raise cannot_parse("Invalid tg://emoji or tg://time URL specified")
        return {"custom_emoji_id": number}

    def _url(self) -> str:
        begin, url = self.at + 1, ""
        at = begin
        while at < len(self.source) and self.source[at] != ")":
            if self.source[at] == "\\" and at + 1 < len(self.source):
                at += 1
            url += self.source[at]
            at += 1
        if at >= len(self.source):
            offset = len(self.source[:begin].encode())
            raise cannot_parse(f"Can't find end of a URL at byte offset {offset}")
        self.at = at + 1
        return url

    def _quote(self) -> None:
        if not self._is_in_quote():
            self._begin("blockquote")
        self.at += 1

    def _line_end(self) -> None:
        if self._is_in_quote() and not self.source.startswith(">", self.at + 1):
            self._say("\n", 1)
            self._end_quote()
        else:
            self._say("\n", 1)

    def _end_quote(self) -> None:
        is_expandable = False
        if self.open[-1]["type"] == "spoiler" and self.open[-1]["byte"] >= self.at - 3:
            self.open.pop()
            is_expandable = True
        if not self.open or self.open[-1]["type"] != "blockquote":
            raise self._no_end()
        entity = self.open.pop()
        entity["type"] = "expandable_blockquote" if is_expandable else "blockquote"
        self._keep(entity)

    def _begin(self, kind: str) -> None:
        self.open.append(
            {"type": kind, "offset": self.offset, "part": len(self.plain), "byte": self.at}
        )

    def _keep(self, entity: Json) -> None:
        length = self.offset - entity["offset"]
        if length:
            about = {key: value for key, value in entity.items() if key not in {"part", "byte"}}
            self.entities.append(about | {"length": length})

    def _say(self, character: str, width: int) -> None:
        self.plain.append(character)
        self.is_line_start = character == "\n"
        self.offset += utf16_length(character)
        self.at += width

    def _is_in_quote(self) -> bool:
        return any(entity["type"] == "blockquote" for entity in self.open)

    def _no_end(self) -> Refused:
        entity = self.open[-1]
        offset = len(self.source[: entity["byte"]].encode())
        return cannot_parse(
            f"Can't find end of {_NAMES[entity['type']]} entity at byte offset {offset}"
        )
