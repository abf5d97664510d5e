"""The FAQ's engine beside SQLite FTS5 and bm25s: the same entries, the same queries, one run.

The entries are put together from sellers' words by a seeded generator: 10,000 and 100,000 of
them, which makes every character common, the worst case for inverted lists. Every query is an
entry with slips in it and a greeting before it, so there is one right answer to count by.
"""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
import psutil
import pytest

from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
from community_bot.faq.folding import plain

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

SIZES = (10_000, 100_000)
QUERIES = 200
Search = Callable[[str], str | None]  # from what was typed to the first key

_WORDS = Path(__file__).with_name("sellers_words.txt").read_text(encoding="utf-8")
WHERE, WHO, WHAT, HOW = (line.split() for line in _WORDS.splitlines())


@dataclass(frozen=True)
class Figures:
    name: str
    build: float
    megabytes: float
    milliseconds: list[float]
    right: int

    def row(self) -> str:
        p50, p99 = np.percentile(self.milliseconds, [50, 99])
        share = self.right / len(self.milliseconds)
        return (
            f"{self.name:<28}{self.build:>9.2f}{self.megabytes:>9.1f}"
            f"{p50:>9.2f}{p99:>9.2f}{share:>11.3f}"
        )


@pytest.mark.parametrize("size", SIZES)
def test_search_beside_fts5_and_bm25s(size: int) -> None:
    chance = random.Random(size)
    entries = _entries(chance, size)
    queries = [_slipped(chance, *chance.choice(entries)) for _ in range(QUERIES)]

    systems: dict[str, Callable[[list[tuple[str, str]]], Search]] = {
        "this engine": _ours,
        "FTS5 trigram, OR": lambda some: _fts5(some, _trigrams, "trigram"),
        "FTS5 characters, OR": lambda some: _fts5(some, _characters, "unicode61"),
    }
    if find_spec("bm25s") is not None:  # `make bench` installs it
        systems["bm25s characters and pairs"] = _bm25s
    print(f"\n{size:,} entries, {QUERIES} queries")
    print(f"{'':<28}{'build s':>9}{'MB':>9}{'p50 ms':>9}{'p99 ms':>9}{'recall@1':>11}")
    for name, prepare in systems.items():
        print(_measured(name, prepare, entries, queries).row())


def _measured(
    name: str,
    prepare: Callable[[list[tuple[str, str]]], Search],
    entries: list[tuple[str, str]],
    queries: list[tuple[str, str]],
) -> Figures:
    memory, started = psutil.Process().memory_info().rss, perf_counter()
    search = prepare(entries)
    build = perf_counter() - started
    taken = (psutil.Process().memory_info().rss - memory) / 1e6
    times, right = [], 0
    for query, wanted in queries:
        started = perf_counter()
        found = search(query)
        times.append((perf_counter() - started) * 1000)
        right += found == wanted
    return Figures(name, build, taken, times, right)


def _entries(chance: random.Random, size: int) -> list[tuple[str, str]]:
    questions: dict[str, None] = {}
    while len(questions) < size:
        where, who, how = chance.choice(WHERE), chance.choice(WHO), chance.choice(HOW)
        one, other = chance.sample(WHAT, 2)
        questions[f"{where}{who}的{one}和{other}{how}"] = None
    return [(str(number), question) for number, question in enumerate(questions)]


def _slipped(chance: random.Random, key: str, question: str) -> tuple[str, str]:
    """Leave out two characters and swap two neighbours, as thumbs do."""
    signs = list(question)
    for _ in range(2):
        del signs[chance.randrange(len(signs))]
    at = chance.randrange(len(signs) - 1)
    signs[at], signs[at + 1] = signs[at + 1], signs[at]
    return "老师好，请问" + "".join(signs), key


def _ours(entries: list[tuple[str, str]]) -> Search:
    engine = SearchEngine()
    engine.fill(Document(key, question) for key, question in entries)

    def search(query: str) -> str | None:
        hits = engine.search(query).hits
        return hits[0].key if hits else None

    return search


def _fts5(
    entries: list[tuple[str, str]], terms: Callable[[str], list[str]], tokenizer: str
) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute(
        f"create virtual table entries using fts5(key unindexed, text, tokenize='{tokenizer}')"
    )
    spaced = " ".join if tokenizer == "unicode61" else "".join
    rows = ((key, spaced(plain(text))) for key, text in entries)
    database.executemany("insert into entries values (?, ?)", rows)

    def search(query: str) -> str | None:
        words = " OR ".join(f'"{term}"' for term in terms(plain(query)))
        found = database.execute(
            "select key from entries where entries match ? order by rank limit 10", (words,)
        ).fetchone()
        return found[0] if found else None

    return search


def _bm25s(entries: list[tuple[str, str]]) -> Search:
    bm25s = import_module("bm25s")
    index = bm25s.BM25(k1=0.9, b=0.75)
    index.index([_pairs(plain(text)) for _, text in entries], show_progress=False)

    def search(query: str) -> str | None:
        found = index.retrieve([_pairs(plain(query))], k=10, show_progress=False)
        return entries[int(found.documents[0][0])][0]

    return search


def _characters(text: str) -> list[str]:
    return list(dict.fromkeys(sign for sign in text if sign.isalnum()))


def _trigrams(text: str) -> list[str]:
    return list(dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2)))


def _pairs(text: str) -> list[str]:
    return [*text, *(a + b for a, b in pairwise(text))]
