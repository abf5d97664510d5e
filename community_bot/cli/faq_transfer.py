"""`community-bot faq import` and `export`: entries from files, and into them."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from community_bot.cli import configuration
from community_bot.cli.filling import folder, write
from community_bot.cli.refusals import Mistake, log_faults
from community_bot.config.loading import Config
from community_bot.errors import Invalid
from community_bot.faq.comparing import Fate, Taken
from community_bot.faq.content_rules import Change
from community_bot.faq.records import Record, history
from community_bot.faq.sheets import (
    UnreadableSheet,
    Written,
    markdown,
    read_markdown,
    read_table,
    table,
)
from community_bot.people.roles import Actor, Role
from handlers.texts import errors as texts
from handlers.texts.words import SOURCE, words

HISTORY = "history.jsonl"
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what Excel's "Unicode text" begins with
_PATH = click.Path(path_type=Path)
_SIGNS = 60  # of a changed line


@click.command("import")
@click.argument("source", type=_PATH)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def import_(source: Path, path: Path | None, *, dry_run: bool, as_json: bool) -> None:
    """Take in the entries of SOURCE, all of them or none.

    SOURCE is a folder of Markdown files, one of them, or a CSV table, as `faq export` writes them.
    An entry that was changed here since it was exported is a conflict.

    Exit codes: 1 there are conflicts, 2 the files cannot be used.
    """
    log_faults()
    config = configuration.load(path)
    taken = asyncio.run(_import(config, _read(source), is_wanted=not dry_run))
    stopped = any(one.fate in (Fate.CONFLICT, Fate.WRONG) for one in taken)
    is_done = not dry_run and not stopped
    click.echo(_json(taken, is_done=is_done) if as_json else _report(taken, is_done=is_done))
    if stopped:
        raise click.exceptions.Exit(1)


@click.command("export")
@click.argument("target", type=_PATH)
@configuration.with_config
def export(target: Path, path: Path | None) -> None:
    """Write every entry into TARGET: a new folder of Markdown files, or a file that ends in .csv.

    `faq import` reads both, here and elsewhere. Beside the files of a folder stands history.jsonl,
    with every version and how each entry was read and voted on; it is for reading alone.
    Pictures and files stand there by the names by which Telegram knows them to this bot.
    """
    log_faults()
    config = configuration.load(path)
    if target.exists():
        raise Mistake(f"{target}: is there already; name another one")
    records = asyncio.run(_export(config))
    entries, bot_id = [one.entry for one in records], _bot_id(config)
    try:
        if target.suffix == ".csv":
            write(target, BOM + table(entries, bot_id))
        else:
            with folder(target) as into, _counting(len(entries), "Writing") as seen:
                for entry in entries:
                    name, text = f"{entry.entry_id:05}.md", markdown(entry, bot_id)
                    (into / name).write_text(text, encoding="utf-8")
                    seen(entry)
                (into / HISTORY).write_text(history(records), encoding="utf-8")
    except OSError as error:
        raise Mistake(f"{target}: cannot be written: {error.strerror}") from error
    click.echo(f"Wrote {len(entries)} entries to {target}.")


async def _import(config: Config, written: list[Written], *, is_wanted: bool) -> list[Taken]:
    async with configuration.ready(config) as community:
        transfer = community.faq.transfer
        actor, bot_id = _operator(config), _bot_id(config)
        if not is_wanted:
            return await transfer.compare(actor, written, bot_id=bot_id)
        with _counting(len(written), "Taking in") as seen:
            return await transfer.take_in(actor, written, bot_id=bot_id, seen=seen)


async def _export(config: Config) -> list[Record]:
    async with configuration.ready(config) as community:
        return await community.faq.transfer.history(_operator(config))


@contextmanager
def _counting(length: int, label: str) -> Iterator[Callable[[object], None]]:
    """Count what is done on a progress bar, which shows when a person looks."""
    is_hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=is_hidden) as bar:
        yield lambda _one: bar.update(1)


def _operator(config: Config) -> Actor:
    """Whoever has the shell acts for the first owner; the journal says so."""
    return Actor(config.community.owners[0], frozenset({Role.OWNER}))


def _bot_id(config: Config) -> int:
    """Return the bot's number, which its token begins with: only that bot can send its files."""
    return int(config.telegram.token.get_secret_value().partition(":")[0])


def _read(source: Path) -> list[Written]:
    """Read every file; raises Mistake for the first that is no entry."""
    try:
        if source.is_dir():
            files = sorted(source.glob("*.md"))
            if not files:
                raise Mistake(f"{source}: there are no .md files in this folder")
            return [read_markdown(str(file), _text(file)) for file in files]
        if source.suffix == ".md":
            return [read_markdown(str(source), _text(source))]
        return read_table(str(source), _text(source))
    except UnreadableSheet as error:
        raise Mistake(str(error)) from error


def _text(file: Path) -> str:
    try:
        # Newlines stay as they are: a table may have them inside its cells.
        read = file.read_bytes()
        return read.decode("utf-16" if read.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Mistake(f"{file}: is not UTF-8; in a spreadsheet, save it as CSV UTF-8") from error
    except OSError as error:
        raise Mistake(f"{file}: cannot be read: {error.strerror}") from error


def _report(taken: Sequence[Taken], *, is_done: bool) -> str:
    lines = [line for one in taken for line in _lines(one)]
    counts = ", ".join(
        f"{number} {fate.value}"
        for fate in Fate
        if (number := sum(one.fate is fate for one in taken))
    )
    ending = "Done." if is_done else "Nothing was changed."
    return "\n".join([*lines, f"{counts or 'no entries'}. {ending}"])


def _lines(one: Taken) -> list[str]:
    missing = [f"media: {one.written.place}: {_missing(one)}"] if one.missing_media else []
    if one.kept_state is not None:
        said = f"it stays {one.kept_state.value} here, though the file says {one.written.state}"
        missing.append(f"state: {one.written.place}: {said}")
    if one.fate is Fate.SAME:
        return missing
    question = one.written.content.question[:_SIGNS]
    said = _refused(one.refusal) if one.refusal else one.reason
    reason = f": {said}" if said else ""
    head = f"{one.fate.value}: {one.written.place}: {question}{reason}"
    shown = one.changes if one.fate is not Fate.NEW else ()
    return [head, *(line for change in shown for line in _difference(change)), *missing]


def _refused(refusal: Invalid) -> str:
    return texts.as_plain(texts.refusal(words(SOURCE), refusal, at_desk=True))


def _missing(one: Taken) -> str:
    return (
        f"{one.missing_media} pictures or files belong to another bot ({one.written.bot_id}) and "
        "are left out; edit the answer in the chat and send it with them"
    )


def _difference(change: Change) -> list[str]:
    gone = [f"    - {change.field}: {line[:_SIGNS]}" for line in change.gone]
    return gone + [f"    + {change.field}: {line[:_SIGNS]}" for line in change.come]


def _json(taken: Sequence[Taken], *, is_done: bool) -> str:
    entries = [
        {
            "place": one.written.place,
            "id": one.written.entry_id,
            "fate": one.fate.value,
            "fields": [change.field for change in one.changes],
            "reason": one.reason,
            "missing_media": one.missing_media,
            "kept_state": one.kept_state,
        }
        for one in taken
    ]
    return json.dumps({"done": is_done, "entries": entries}, ensure_ascii=False)
