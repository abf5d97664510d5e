"""Reading a statement: which lines of a table file say that money came, and under which number.

WeChat writes UTF-8 and sixteen lines before the table, Alipay GBK and a block before and after
it, and both put tabs behind numbers so that Excel leaves them alone; a bank does as it likes.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.billing.rules import normal_reference
from community_bot.errors import Invalid
from community_bot.money import Money, parse_amount

MOST_ROWS = 50_000
HEADER_WITHIN = 80  # rows before the table
LONGEST_WORDS = 120
_DELIMITERS = (",", "\t", ";")
# Excel shows a long number so, and saves it so: the digits are gone for good.
_SPOILT = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_DAY, _CLOCK = 8, 6  # digits of 20260302 and of 101500, written in one


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of columns by what they hold, and the values that matter."""

    reference: tuple[str, ...]
    amount: tuple[str, ...]
    income: tuple[str, ...]
    direction: tuple[str, ...]
    incoming: tuple[str, ...]
    state: tuple[str, ...]
    void: tuple[str, ...]
    day: tuple[str, ...]
    clock: tuple[str, ...]
    payer: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Money that came, as the statement says."""

    reference: str
    amount: Money
    came_at: datetime | None
    payer: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a statement says; `spoilt` counts numbers that Excel has destroyed."""

    entries: tuple[Entry, ...]
    spoilt: int


def read(data: bytes, columns: Columns, *, currency: str, zone: ZoneInfo) -> Sheet:
    """Return the money that came; raises Invalid('statement', reason) for what is no statement."""
    text = _decoded(data)
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter)
        for number, row in enumerate(rows[:HEADER_WITHIN]):
            places = _places(row, columns)
            if places is not None:
                return _sheet(rows[number + 1 :], places, columns, currency, zone)
    raise Invalid("statement", "columns")


def _decoded(data: bytes) -> str:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Invalid("statement", "workbook")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ()
    for encoding in (*encodings, "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("statement", "unreadable")


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Invalid("statement", "unreadable") from error
    if len(rows) > MOST_ROWS:
        raise Invalid("statement", "too_long", most=MOST_ROWS)
    return rows


def _places(row: Sequence[str], columns: Columns) -> Mapping[str, int] | None:
    """Return where what stands, where this row names a number and an amount."""
    at = {_name(cell): place for place, cell in reversed(list(enumerate(row)))}
    wanted = {
        "reference": columns.reference,
        "amount": columns.amount,
        "income": columns.income,
        "direction": columns.direction,
        "state": columns.state,
        "day": columns.day,
        "clock": columns.clock,
        "payer": columns.payer,
        "note": columns.note,
    }
    found = {
        role: at[name]
        for role, names in wanted.items()
        if (name := next((one for one in names if one in at), None)) is not None
    }
    is_table = "reference" in found and not found.keys().isdisjoint({"amount", "income"})
    return found if is_table else None


def _sheet(
    rows: Sequence[Sequence[str]],
    places: Mapping[str, int],
    columns: Columns,
    currency: str,
    zone: ZoneInfo,
) -> Sheet:
    entries: dict[str, Entry] = {}
    spoilt = 0
    for row in rows:
        cells = {role: _cell(row, place) for role, place in places.items()}
        if not _has_come(cells, columns):
            continue
        if _SPOILT.fullmatch(cells["reference"]):
            spoilt += 1
            continue
        entry = _entry(cells, currency, zone)
        if entry is not None:
            entries.setdefault(entry.reference, entry)
    return Sheet(tuple(entries.values()), spoilt)


def _has_come(cells: Mapping[str, str], columns: Columns) -> bool:
    if any(word in cells.get("state", "") for word in columns.void):
        return False
    return "direction" not in cells or _name(cells["direction"]) in columns.incoming


def _entry(cells: Mapping[str, str], currency: str, zone: ZoneInfo) -> Entry | None:
    """Return what a row says; sums, remarks and outgoing money are none."""
    figure = cells.get("income") or cells.get("amount") or ""
    try:
        reference = normal_reference(cells["reference"])
        amount = parse_amount(figure.removeprefix("+"), currency)
    except Invalid:
        return None
    return Entry(
        reference=reference,
        amount=amount,
        came_at=_moment(cells.get("day", ""), cells.get("clock", ""), zone),
        payer=cells.get("payer", "")[:LONGEST_WORDS] or None,
        note=cells.get("note", "")[:LONGEST_WORDS] or None,
    )


def _moment(day: str, clock: str, zone: ZoneInfo) -> datetime | None:
    """Read a moment however it is written, in one column or two: the year first."""
    is_whole = len(re.sub(r"\D", "", clock)) >= _DAY
    numbers: list[int] = []
    for digits in re.findall(r"\d+", clock if is_whole else f"{day} {clock}"):
        rest = digits
        if not numbers and len(digits) >= _DAY:
            numbers += [int(digits[:4]), int(digits[4:6]), int(digits[6:8])]
            rest = digits[_DAY:]
        if len(rest) == _CLOCK:
            numbers += [int(rest[:2]), int(rest[2:4]), int(rest[4:6])]
        elif rest:
            numbers.append(int(rest))
    try:
        year, month, of_month, hour, minute, second = [*numbers, 0, 0, 0][:6]
        return datetime(year, month, of_month, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _cell(row: Sequence[str], place: int) -> str:
    """Return a cell without what is put around numbers for Excel's sake."""
    cell = row[place] if place < len(row) else ""
    return unicodedata.normalize("NFKC", cell).strip(" \t\r\n`'\"=")


def _name(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).lower()
    return re.sub(r"[\s`'\"\ufeff]", "", plain)
