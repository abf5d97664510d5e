"""`community-bot backup` and `restore`: a whole copy of a SQLite database, and back again."""

import asyncio
import contextlib
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import click

from community_bot.cli import configuration
from community_bot.cli.refusals import Mistake, log_faults
from community_bot.clock import SystemClock
from community_bot.config.loading import Config
from community_bot.membership.outages import mark_restored
from community_bot.storage import backup as copies
from community_bot.storage import schema
from community_bot.storage.engines import parse_url
from community_bot.storage.leases import is_gone
from community_bot.storage.unit import Storage

_LOCKED = "Nobody is removed from a group until an admin says so; the bot asks them at start."
_PARTS = ("-wal", "-shm", "")  # the file itself last: until then it is found again
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("to", metavar="[PATH]", required=False, type=_FILE)
@configuration.with_config
def backup(to: Path | None, path: Path | None) -> None:
    """Write a copy of the database to PATH, while the bot runs.

    Without PATH the copy stands beside the database, named by the moment.
    """
    log_faults()
    config = configuration.load(path)
    source = _existing(config)
    target = to or _beside(source, "backup")
    if target.exists():
        raise Mistake(f"{target}: there is a file already; name another one")
    try:
        asyncio.run(_back_up(config, target))
    except OSError as error:
        raise Mistake(f"{target}: cannot be written: {error.strerror}") from error
    except sqlite3.Error as error:
        raise Mistake(f"{target}: cannot be written: {error}") from error
    click.echo(f"Backed up to {target} ({target.stat().st_size / 1024:,.0f} KB).")


@click.command("restore")
@click.argument("source", metavar="[PATH]", required=False, type=_FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--done", is_flag=True, help="A copy was put back by other means: only lock.")
@configuration.with_config
def restore(source: Path | None, path: Path | None, *, yes: bool, done: bool) -> None:
    """Put the backup PATH in the place of the database; the bot must be stopped.

    What was there is kept beside it. From then on nobody is removed from a group until an admin
    has seen in Telegram who it would be. After pg_restore, or a copy made by hand, say --done
    instead of PATH.
    """
    log_faults()
    config = configuration.load(path)
    if (source is None) is not done:
        raise Mistake("name the backup, or say --done when it is in its place already")
    if source is None:
        asyncio.run(_lock_restored(config))
        click.echo(_LOCKED)
        return
    target = _database(config)
    _check(source)
    if target.exists():
        _check_stopped(target)
        if not yes:
            click.confirm(f"Put {source} in the place of {target}?", abort=True)
    kept = _put(config, source, target)
    click.echo(f"Restored {target} from {source}.")
    click.echo(_LOCKED)
    if kept is not None:
        click.echo(f"What was there is kept as {kept}.")


def _put(config: Config, source: Path, target: Path) -> Path | None:
    """Copy it beside the database, make it ready and rename it; half a copy is not left behind."""
    arriving = target.with_name(target.name + ".arriving")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(source, arriving)
        asyncio.run(_prepare(config, arriving))
        return _replace(arriving, target)
    except BaseException:
        _discard(arriving)
        raise


async def _lock_restored(config: Config) -> None:
    async with configuration.opened(config) as storage:
        state = await schema.state(storage.engines)
        if state.current is None:
            raise Mistake("database.url: the database is empty; nothing was put back yet")
        await schema.upgrade(storage.engines)
        await mark_restored(storage, now=SystemClock().now())


async def _prepare(config: Config, copy: Path) -> None:
    """Bring a copy to this release and lock it before it is in its place.

    A backup of an earlier release may have no table of locks yet. SQLite tidies its journal away
    when it is closed.
    """
    url = parse_url(config.database.url).set(database=str(copy))
    storage = Storage.open(url.render_as_string())
    try:
        await schema.upgrade(storage.engines)
        await mark_restored(storage, now=SystemClock().now())
    finally:
        await storage.close()


async def _back_up(config: Config, target: Path) -> None:
    async with configuration.opened(config) as storage:
        await copies.back_up(storage, target)


def _database(config: Config) -> Path:
    url = parse_url(config.database.url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Mistake("database.url: PostgreSQL is backed up with its own pg_dump and pg_restore")
    return Path(url.database)


def _existing(config: Config) -> Path:
    source = _database(config)
    if not source.is_file():
        raise Mistake(f"database.url: there is no database at {source} yet")
    return source


def _check(source: Path) -> None:
    """Refuse a file that is no whole database of ours, before anything is moved."""
    if not source.is_file():
        raise Mistake(f"{source}: there is no such file")
    try:
        with contextlib.closing(_read_only(source)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
            ours = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise Mistake(f"{source}: is no backup of a community ({error})") from error
    if whole != "ok" or ours is None:
        raise Mistake(f"{source}: is damaged ({whole})")
    if ours[0] not in schema.known():
        newer = f"is at {ours[0]}, which only a newer release knows; install that one first"
        raise Mistake(f"{source}: {newer}")


def _check_stopped(target: Path) -> None:
    """Refuse while a process that still runs holds a lease that has not run out."""
    try:
        with contextlib.closing(_read_only(target)) as connection:
            held = connection.execute("SELECT owner, expires_at FROM leases").fetchall()
    except sqlite3.Error:
        return  # a database without leases, or a damaged one: nobody works on it
    now = SystemClock().now()
    if any(_moment(until) > now and not is_gone(str(owner)) for owner, until in held):
        raise Mistake(f"{target}: the bot is running, or was a minute ago; stop it first")


def _copy(source: Path, arriving: Path) -> None:
    """Copy it as private as the database is; what an earlier try left counts for nothing."""
    _discard(arriving)
    arriving.touch(mode=0o600)
    shutil.copyfile(source, arriving)


def _discard(arriving: Path) -> None:
    for ending in _PARTS:
        arriving.with_name(arriving.name + ending).unlink(missing_ok=True)


def _replace(arriving: Path, target: Path) -> Path | None:
    """Rename what was copied beside it: at every moment there is a whole database."""
    kept = _set_aside(target) if target.exists() else None
    arriving.replace(target)
    return kept


def _set_aside(target: Path) -> Path:
    """Rename the database with its journal, which belongs to it and to no other."""
    kept = _beside(target, "before-restore")
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(target)) as last:
        last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in _PARTS:
        part = target.with_name(target.name + ending)
        if part.exists():
            part.replace(kept.with_name(kept.name + ending))
    return kept


def _beside(database: Path, why: str) -> Path:
    moment = SystemClock().now().astimezone()
    return database.with_name(f"{database.stem}-{why}-{moment:%Y%m%d-%H%M%S}{database.suffix}")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _moment(stored: object) -> datetime:
    """Read a moment as SQLite keeps it: in UTC, and without its zone."""
    return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC)
