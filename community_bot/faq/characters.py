"""What is known of single characters: their simplified form and how they are spoken."""

import json
import re
import unicodedata
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

_PLAIN = range(0x3400, 0xA000)  # the characters of everyday writing; rarer ones are left alone


@cache
def simplified() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds traditional characters, and the simplified one for each.

    Only characters, no phrases: entries and queries pass through the same table, so what matters
    is that both come out alike, not that every one comes out as a copy editor would have it.
    """
    known: dict[str, str] = _table("zhconv", "zhconv/zhcdict.json")["zh2Hans"]
    instead = {
        old: new
        for old, new in known.items()
        if len(old) == len(new) == 1 and ord(old) in _PLAIN and old != new
    }
    return re.compile(f"[{''.join(instead)}]"), instead


@cache
def spoken() -> dict[str, str]:
    """Return the first reading of every everyday character, without its tone."""
    known: dict[str, str] = _table("pypinyin", "pypinyin/pinyin_dict.json")
    shared: dict[str, str] = {}
    readings: dict[str, str] = {}
    for number, reading in known.items():
        if int(number) in _PLAIN:
            plain = toneless(reading.partition(",")[0])
            readings[chr(int(number))] = shared.setdefault(plain, plain)
    return readings


def toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in decomposed if letter.isascii())


def _table(package: str, file: str) -> Any:  # noqa: ANN401  JSON of two different shapes
    """Read a package's own table without importing the package, which would keep ten times more."""
    path = Path(str(distribution(package).locate_file(file)))
    return json.loads(path.read_text(encoding="utf-8"))
