"""Entries as files: Markdown with a heading of facts, and a table that Excel opens.

Whatever is written here is read here again, sign by sign.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from community_bot.errors import CommunityBotError
from community_bot.faq.content_rules import Content, EntryKind, Media, MediaKind, split_list
from community_bot.faq.facts import Entry
from community_bot.faq.headings import column
from community_bot.faq.rules import EntryState

Kind = TypeVar("Kind", EntryState, EntryKind)
FENCE = "---"
DIGITS = 15  # of any number in a file; what is longer was never one of ours
COLUMNS = (
    *("id", "version", "state", "question", "answer", "aliases", "topics", "markets"),
    *("least_tier", "kind", "media", "bot", "owner_id", "review_days"),
    *("verified_at", "verified_by"),
)
LISTS = ("aliases", "topics", "markets")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # what a spreadsheet would compute


class UnreadableSheet(CommunityBotError):
    """A file that is no entry; says where and what is wanted there."""

    def __init__(self, place: str, wanted: str) -> None:
        super().__init__(f"{place}: {wanted}")
        self.place = place
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as a file says it: `entry_id` and `version` are those it was exported with."""

    place: str
    entry_id: int | None
    version: int | None
    state: EntryState
    content: Content
    bot_id: int | None = None  # whose files the media are: no other bot can send them
    owner_id: int | None = None
    review_days: int | None = None
    verified_at: datetime | None = None
    verified_by: int | None = None


def markdown(entry: Entry, bot_id: int) -> str:
    """Return an entry as a Markdown file: a heading of facts, and the answer in Telegram HTML."""
    told = _facts(entry, bot_id)
    facts = {name: value for name, value in told.items() if value not in (None, [], "")}
    answer = facts.pop("answer")
    heading = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    return "\n".join([FENCE, *heading, FENCE, str(answer), ""])


def read_markdown(place: str, text: str) -> Written:
    """Read a Markdown file; raises UnreadableSheet."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != FENCE or FENCE not in [line.strip() for line in lines[1:]]:
        raise UnreadableSheet(place, f"begin with a line {FENCE}, the facts, and {FENCE} again")
    end = next(at for at, line in enumerate(lines) if at and line.strip() == FENCE)
    facts: dict[str, object] = {}
    for number, line in enumerate(lines[1:end], start=2):
        name, colon, value = line.partition(":")
        if line.strip() and (not colon or name.strip() not in COLUMNS):
            raise UnreadableSheet(f"{place}:{number}", f"write `name: value` of {_named()}")
        if line.strip():
            facts[name.strip()] = _value(value.strip())
    return _written(place, {**facts, "answer": "\n".join(lines[end + 1 :])})


def table(entries: Iterable[Entry], bot_id: int) -> str:
    """Return entries as a table of comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        facts = _facts(entry, bot_id)
        writer.writerow([_cell(name, facts[name]) for name in COLUMNS])
    return out.getvalue()


def read_table(place: str, text: str) -> list[Written]:
    """Read a table; raises UnreadableSheet."""
    text = text.removeprefix("\ufeff")
    rows = [(line, row) for line, row in _rows(place, text) if any(cell.strip() for cell in row)]
    names = [column(cell) for cell in rows[0][1]] if rows else []
    named = [name for name in names if name]
    if not {"question", "answer"} <= set(named) <= set(COLUMNS) or len(set(named)) < len(named):
        raise UnreadableSheet(place, f"the columns are {_named()}; question and answer are needed")
    return [_written(at, _row(at, names, row)) for at, row in _placed(place, rows[1:])]


def _rows(place: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Return every row with the line on which it begins: it goes on where a cell has several."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        # The reader says so only when the text ends: the line that it names is the last one.
        is_open = "end of data" in str(error)
        wanted = "a quotation mark opens here and never closes" if is_open else str(error)
        raise UnreadableSheet(f"{place}:{line}", wanted) from error


def _placed(place: str, rows: Iterable[tuple[int, list[str]]]) -> Iterable[tuple[str, list[str]]]:
    return ((f"{place}:{line}", row) for line, row in rows)


def _delimiter(text: str) -> str:
    """Return what stands between the columns: spreadsheets of some countries write semicolons."""
    heading = text.partition("\n")[0]
    return max((",", ";", "\t"), key=heading.count)


def _facts(entry: Entry, bot_id: int) -> dict[str, object]:
    content = entry.content
    return {
        "id": entry.entry_id,
        "version": entry.version,
        "state": entry.state.value,
        "question": content.question,
        "aliases": list(content.aliases),
        "topics": list(content.topics),
        "markets": list(content.markets),
        "least_tier": content.least_tier,
        "kind": content.kind.value,
        "media": [f"{one.kind.value}:{one.file_id}" for one in content.media],
        "bot": bot_id if content.media else None,
        "owner_id": entry.owner_id,
        "review_days": entry.review_every.days if entry.review_every else None,
        "verified_at": entry.verified_at.isoformat() if entry.verified_at else None,
        "verified_by": entry.verified_by,
        "answer": content.body,
    }


def _written(place: str, facts: Mapping[str, object]) -> Written:
    try:
        return Written(
            place=place,
            entry_id=_number(facts, "id"),
            version=_number(facts, "version"),
            state=_one_of(facts, "state", EntryState.DRAFT),
            content=Content(
                question=str(facts.get("question") or ""),
                body=str(facts.get("answer") or ""),
                kind=_one_of(facts, "kind", EntryKind.FAQ),
                aliases=_list(facts.get("aliases")),
                topics=_list(facts.get("topics")),
                markets=_list(facts.get("markets")),
                least_tier=str(facts["least_tier"]) if facts.get("least_tier") else None,
                media=tuple(_media(one) for one in _list(facts.get("media"))),
            ),
            bot_id=_number(facts, "bot"),
            owner_id=_number(facts, "owner_id"),
            review_days=_number(facts, "review_days"),
            verified_at=_moment(facts, "verified_at"),
            verified_by=_number(facts, "verified_by"),
        )
    except ValueError as error:
        raise UnreadableSheet(place, str(error)) from error


def _row(place: str, names: Sequence[str], row: Sequence[str]) -> dict[str, object]:
    """Read the cells of a line: lists as JSON or as people type them."""
    facts: dict[str, object] = {}
    for at, value in enumerate(row):
        name = names[at] if at < len(names) else ""
        cell = value.removeprefix("'")
        if name:
            facts[name] = _value(cell) if name in (*LISTS, "media") else cell
        elif cell.strip():
            raise UnreadableSheet(place, "a cell stands beyond the last column")
    return facts


def _cell(name: str, value: object) -> str:
    if name in (*LISTS, "media"):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _value(text: str) -> object:
    """Read a list or a text in quotation marks as JSON; everything else is taken as it stands."""
    try:
        return json.loads(text) if text.startswith(('"', "[")) else text
    except ValueError:
        return text


def _list(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return split_list(str(value)) if value else ()


def _media(text: str) -> Media:
    kind, _colon, file_id = text.partition(":")
    if kind not in set(MediaKind) or not file_id:
        raise ValueError(f"media: write kind:file, where the kind is one of {', '.join(MediaKind)}")
    return Media(MediaKind(kind), file_id)


def _number(facts: Mapping[str, object], name: str) -> int | None:
    typed = str(facts.get(name) or "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS):
        raise ValueError(f"{name}: write a whole number, not {typed[:20]!r}")
    return int(typed)


def _moment(facts: Mapping[str, object], name: str) -> datetime | None:
    """Read a day or a moment; one that does not say where is of UTC."""
    typed = str(facts.get(name) or "").strip()
    if not typed:
        return None
    try:
        read = datetime.fromisoformat(typed)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        wanted = "write a day such as 2026-11-03, or a moment such as 2026-11-03T08:00:00+00:00"
        raise ValueError(f"{name}: {wanted}, not {typed[:20]!r}") from None


def _one_of(facts: Mapping[str, object], name: str, usual: Kind) -> Kind:
    typed = str(facts.get(name) or usual.value).strip().lower()
    kinds = type(usual)
    if typed not in set(kinds):
        raise ValueError(f"{name}: write one of {', '.join(kinds)}, not {typed[:20]!r}")
    return kinds(typed)


def _named() -> str:
    return ", ".join(COLUMNS)
