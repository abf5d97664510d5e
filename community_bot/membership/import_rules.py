"""Reading a list of members from a table file: every fault with its line, and nothing guessed."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

COLUMNS = ("member_id", "claim", "tier", "until", "note")
FOREVER = "forever"
MOST_ROWS = 20_000
_CLAIM = re.compile(r"[A-Z0-9]{6,64}")
_DAY = re.compile(r"(2[0-9]{3})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_LONGEST_NUMBER = 16


@dataclass(frozen=True, slots=True)
class Imported:
    """One membership of the list: for an account, or to be claimed under a number."""

    line: int
    member_id: int | None
    claim: str | None
    tier_code: str
    until: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; line 1 is the heading."""

    line: int
    column: str
    reason: str


def read(text: str, *, tiers: Collection[str]) -> tuple[list[Imported], list[Fault]]:
    """Read the list; where there is a fault, nothing of it may be taken over."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        return _read_lines(reader, tiers)
    except csv.Error:
        return [], [Fault(reader.line_num + 1, "line", "malformed")]


def normal_claim(text: str) -> str | None:
    """Return a telephone or order number as it is compared; None for what is none."""
    plain = re.sub(r"[\s\-+()]", "", text).upper()
    return plain if _CLAIM.fullmatch(plain) else None


def write(rows: Iterable[tuple[object, ...]], heading: tuple[str, ...]) -> str:
    """Write a table file; a cell that a spreadsheet would run as a formula is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_harmless("" if cell is None else str(cell)) for cell in row])
    return out.getvalue()


def _harmless(cell: str) -> str:
    risky = cell[:1] in ("=", "+", "@", "\t") or (cell[:1] == "-" and not cell[1:].isdigit())
    return f"'{cell}" if risky else cell


def _read_lines(
    reader: "csv.DictReader[str]", tiers: Collection[str]
) -> tuple[list[Imported], list[Fault]]:
    missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
    if missing:
        return [], [Fault(1, name, "missing") for name in missing]
    rows: list[Imported] = []
    faults: list[Fault] = []
    for raw in reader:
        line = reader.line_num
        if line > MOST_ROWS + 1:
            return [], [Fault(line, "line", "too_many")]
        row, wrong = _read_row(line, raw, tiers)
        faults += wrong
        if row is not None:
            rows.append(row)
    return rows, faults + _doubled(rows)


def _read_row(
    line: int, raw: dict[str, str | None], tiers: Collection[str]
) -> tuple[Imported | None, list[Fault]]:
    cells = {name: (raw.get(name) or "").strip() for name in COLUMNS}
    member_id, claim = _account(cells["member_id"]), normal_claim(cells["claim"])
    until = _day(cells["until"])
    looked_at = (
        ("member_id", "malformed", bool(cells["member_id"]) and member_id is None),
        ("claim", "malformed", bool(cells["claim"]) and claim is None),
        ("member_id", "one_of_both", bool(cells["member_id"]) == bool(cells["claim"])),
        ("tier", "unknown", cells["tier"] not in tiers),
        ("until", "malformed", until is None and cells["until"] != FOREVER),
        ("note", "malformed", "\0" in cells["note"]),
    )
    faults = [Fault(line, column, reason) for column, reason, is_wrong in looked_at if is_wrong]
    if faults:
        return None, faults
    return Imported(line, member_id, claim, cells["tier"], until, cells["note"] or None), []


def _account(cell: str) -> int | None:
    """Read an account's number: at most 52 bits (core.telegram.org/bots/api#user)."""
    number = int(cell) if cell.isdecimal() and len(cell) <= _LONGEST_NUMBER else 0
    return number if 0 < number < 1 << 52 else None


def _day(cell: str) -> date | None:
    """Read a day, its year first: 2026-12-31, or 2026/12/31 as spreadsheets save it."""
    found = _DAY.fullmatch(cell)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _doubled(rows: list[Imported]) -> list[Fault]:
    """Find who stands in the list twice for one tier, and numbers that stand there twice."""
    seen = Counter(_identity(row) for row in rows)
    return [
        Fault(row.line, "claim" if row.member_id is None else "member_id", "doubled")
        for row in rows
        if seen[_identity(row)] > 1
    ]


def _identity(row: Imported) -> str:
    return f"claim {row.claim}" if row.member_id is None else f"{row.member_id} {row.tier_code}"
