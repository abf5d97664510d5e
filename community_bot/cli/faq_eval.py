"""`community-bot faq eval`: how well the search finds, how fast it is and what it takes."""

import json
import sys
from pathlib import Path

import click

from community_bot.errors import Invalid
from community_bot.faq.engine import SearchEngine
from community_bot.faq.evaluation import (
    Answered,
    Query,
    ask,
    astray,
    build,
    figures,
    read_entries,
    read_queries,
    read_queries_without_answer,
)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ROWS = (  # name of the figure, how it is shown, what it is
    ("entries", "count", "entries"),
    ("queries", "count", "queries with an answer"),
    ("recall@1", "share", "the right entry comes first"),
    ("recall@3", "share", "the right entry is among the first three"),
    ("mrr@10", "share", "mean reciprocal rank within ten"),
    ("right_kept", "percent", "of rightly answered queries, answered with confidence"),
    ("answerable_refused", "percent", "of queries with an answer, not answered with confidence"),
    ("answerable_silent", "percent", "of queries with an answer, told that nothing fits"),
    ("no_answer_queries", "count", "queries without an answer"),
    ("no_answer_refused", "percent", "of these, rightly not answered with confidence"),
    ("no_answer_silent", "percent", "of these, told that nothing fits"),
    ("p50_ms", "amount", "milliseconds a query, median"),
    ("p99_ms", "amount", "milliseconds a query, 99th percentile"),
    ("build_seconds", "amount", "seconds to build the index"),
    ("engine_mb", "amount", "MB that the filled index added to the process"),
    ("process_mb", "amount", "MB of the whole process: Python, numpy, tables, files read, index"),
)
_SHOWN = {"count": "{:,.0f}", "share": "{:.4f}", "percent": "{:.1%}", "amount": "{:.2f}"}


class WrongFile(click.ClickException):
    """A file that cannot be read as what it was given for."""

    exit_code = 2


@click.command("eval")
@click.option("--entries", type=_FILE, required=True, help="JSONL of {id, question, answer?}.")
@click.option("--queries", type=_FILE, required=True, help="JSONL of {query, relevant: [ids]}.")
@click.option("--no-answer", type=_FILE, help="JSONL of queries that no entry answers.")
@click.option("--aliases", type=_FILE, help="JSONL of {id, aliases}: further wordings.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def eval_(
    entries: Path, queries: Path, no_answer: Path | None, aliases: Path | None, *, as_json: bool
) -> None:
    """Measure the search that members use on files of your own.

    Prints how often the right entry comes first, how often the search is rightly silent,
    how fast it is and what it takes.
    """
    try:
        documents = read_entries(entries, aliases)
        asked = read_queries(queries)
        asked += read_queries_without_answer(no_answer) if no_answer else []
    except Invalid as refusal:
        raise WrongFile(f"{refusal}.") from refusal
    built = build(documents)
    if lost := astray(built.engine, asked):
        click.echo(
            f"Note: {lost:,} queries name no entry of {entries}; they count as missed.", err=True
        )
    found = figures(built, _asked(built.engine, asked))
    click.echo(json.dumps(found) if as_json else _table(found))


def _asked(engine: SearchEngine, queries: list[Query]) -> list[Answered]:
    """Ask every query, with a progress bar when a person looks."""
    with click.progressbar(
        ask(engine, queries),
        length=len(queries),
        label="Asking",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as answers:
        return list(answers)


def _table(found: dict[str, float | None]) -> str:
    """Return the figures that were measured, one a line."""
    shown = [(name, found[name], kind, what) for name, kind, what in _ROWS]
    return "\n".join(
        f"{name:<20}{_SHOWN[kind].format(value):>10}  {what}"
        for name, value, kind, what in shown
        if value is not None
    )
