"""Measuring the search on files of entries and queries: how often right, how sure, how fast."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from community_bot.errors import Invalid
from community_bot.faq.documents import Document, Verdict
from community_bot.faq.engine import SearchEngine

DEPTH = 10  # places that count for the mean reciprocal rank
FEW = 3  # places that a member sees at a glance
_STATUS = Path("/proc/self/statm")  # where the kernel has it
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed and the entries that answer it; none when nothing does."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """One query with what the engine made of it."""

    answerable: bool
    place: int | None  # of the first relevant entry, from 1
    verdict: Verdict
    seconds: float

    @property
    def is_confident(self) -> bool:
        return self.verdict is Verdict.ANSWERS

    @property
    def is_silent(self) -> bool:
        return self.verdict is Verdict.NOTHING


@dataclass(frozen=True, slots=True)
class Built:
    """The engine with what it cost to fill it."""

    engine: SearchEngine
    seconds: float
    megabytes: float | None


def read_entries(path: Path, aliases: Path | None = None) -> list[Document]:
    """Read entries `{id, question, answer?, aliases?}` and further aliases `{id, aliases}`."""
    more: dict[str, tuple[str, ...]] = {}
    for where, line in _lines(aliases) if aliases else ():
        key = _key(line.get("id"), "id", where)
        more[key] = (*more.get(key, ()), *_texts(line, "aliases", where))
    return [_document(line, more, where) for where, line in _lines(path)]


def read_queries(path: Path) -> list[Query]:
    """Read queries `{query, relevant}`."""
    return [
        Query(_text(line, "query", where), frozenset(_keys(line, "relevant", where)))
        for where, line in _lines(path)
    ]


def read_queries_without_answer(path: Path) -> list[Query]:
    """Read queries `{query}` that no entry answers."""
    return [Query(_text(line, "query", where), frozenset()) for where, line in _lines(path)]


def astray(engine: SearchEngine, queries: Iterable[Query]) -> int:
    """Count the queries none of whose entries is there: they can only be missed."""
    return sum(
        bool(query.relevant) and not any(key in engine for key in query.relevant)
        for query in queries
    )


def build(documents: Iterable[Document]) -> Built:
    """Fill the engine that members use, from nothing."""
    before, started = _megabytes(), perf_counter()
    engine = SearchEngine()
    engine.fill(documents)
    seconds, after = perf_counter() - started, _megabytes()
    grown = after - before if after is not None and before is not None else None
    return Built(engine, seconds, grown)


def ask(engine: SearchEngine, queries: Iterable[Query]) -> Iterator[Answered]:
    """Ask one query after the other, as members do."""
    for query in queries:
        started = perf_counter()
        result = engine.search(query.text, limit=DEPTH)
        seconds = perf_counter() - started
        places = (at for at, hit in enumerate(result.hits, 1) if hit.key in query.relevant)
        yield Answered(bool(query.relevant), next(places, None), result.verdict, seconds)


def figures(built: Built, answered: Sequence[Answered]) -> dict[str, float | None]:
    """Return every figure by its name; None where there was nothing to measure it on."""
    answerable = [one for one in answered if one.answerable]
    without = [one for one in answered if not one.answerable]
    right = [one for one in answerable if one.place == 1]
    times = [one.seconds * 1000 for one in answered]
    return {
        "entries": len(built.engine),
        "queries": len(answerable),
        "recall@1": _share(one.place == 1 for one in answerable),
        "recall@3": _share(one.place is not None and one.place <= FEW for one in answerable),
        "mrr@10": _share(1 / one.place if one.place else 0 for one in answerable),
        "right_kept": _share(one.is_confident for one in right),
        "answerable_refused": _share(not one.is_confident for one in answerable),
        "answerable_silent": _share(one.is_silent for one in answerable),
        "no_answer_queries": len(without),
        "no_answer_refused": _share(not one.is_confident for one in without),
        "no_answer_silent": _share(one.is_silent for one in without),
        "p50_ms": float(np.percentile(times, 50)) if times else None,
        "p99_ms": float(np.percentile(times, 99)) if times else None,
        "build_seconds": built.seconds,
        "engine_mb": built.megabytes,
        "process_mb": _megabytes(),
    }


def _share(values: Iterable[float]) -> float | None:
    counted = list(values)
    return sum(counted) / len(counted) if counted else None


def _megabytes() -> float | None:
    """Return what this process holds in memory; None where the kernel does not say."""
    if not _STATUS.exists():
        return None
    return int(_STATUS.read_text(encoding="ascii").split()[1]) * _PAGE / 1e6


def _document(line: dict[str, Any], more: dict[str, tuple[str, ...]], where: str) -> Document:
    key = _key(line.get("id"), "id", where)
    own = tuple(_texts(line, "aliases", where)) if line.get("aliases") is not None else ()
    answer = _text(line, "answer", where) if line.get("answer") is not None else ""
    question = _text(line, "question", where)
    return Document(key, question, own + more.get(key, ()), answer)


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every JSON object of the file with where it stands; a BOM and blank lines pass."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            where = f"{path}, line {number}"
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                line = json.loads(text) if text else None
            except (ValueError, RecursionError) as exc:
                raise Invalid(where, "is not JSON in UTF-8") from exc
            if text and not isinstance(line, dict):
                raise Invalid(where, "is not a JSON object")
            if line is not None:
                yield where, line


def _text(line: dict[str, Any], name: str, where: str) -> str:
    found = line.get(name)
    if not isinstance(found, str):
        raise Invalid(where, f'needs "{name}", a text')
    return found


def _key(found: object, name: str, where: str) -> str:
    """Return an id as text: files from elsewhere often number their entries."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise Invalid(where, f'needs "{name}", a text or a whole number')
    return str(found)


def _keys(line: dict[str, Any], name: str, where: str) -> list[str]:
    found = line.get(name)
    if not isinstance(found, list):
        raise Invalid(where, f'needs "{name}", a list of ids')
    return [_key(one, name, where) for one in found]


def _texts(line: dict[str, Any], name: str, where: str) -> list[str]:
    found = line.get(name)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Invalid(where, f'needs "{name}", a list of texts')
    return found
