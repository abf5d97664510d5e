"""Engines for the two databases: SQLite with one writer, PostgreSQL with a pool."""

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from community_bot.errors import ConfigError
from community_bot.storage.sqlite_driver import Connection

BUSY_TIMEOUT_MS = 5000
# Half a lease's term. A process that is frozen, or whose machine is off the network, would keep
# the rows of its transaction locked for hours, and with them the lease from who takes over.
IDLE_IN_TRANSACTION = "30s"
# The frozen process's other connections may wait in line for the same row. Each would get it in
# its turn and keep it for as long again; the server lets them go before that.
LOCK_TIMEOUT = "15s"


@dataclass(frozen=True, slots=True)
class Engines:
    """The engine that reads and the engine that writes; on PostgreSQL they share a pool."""

    reading: AsyncEngine
    writing: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        return self.writing.dialect.name == "sqlite"

    async def dispose(self) -> None:
        await self.reading.dispose()
        await self.writing.dispose()


def parse_url(url: str) -> URL:
    """Accept sqlite:/// and postgresql:// in any of their spellings; name the driver ourselves."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        parsed = make_url("unknown://")
    family = parsed.get_backend_name()
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    if family == "postgres":
        family = "postgresql"
    if family not in drivers:
        raise ConfigError(
            "database.url",
            "give sqlite:///path/to/community.db or postgresql://user:password@host/name",
        )
    return parsed.set(drivername=drivers[family])


def open_engines(url: str) -> Engines:
    """Open the database; a SQLite file's folder is made where it is missing."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    engine = create_async_engine(parsed, pool_size=10, max_overflow=10, pool_pre_ping=True)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        """Said when connected: a pooler in between refuses what it does not know at the start."""
        statements = (
            f"SET idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION}'; "
            f"SET lock_timeout = '{LOCK_TIMEOUT}'"
        )
        connection.run_async(lambda driver: driver.execute(statements))

    # A reader's queries all see the state at its first one, as they do on SQLite.
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(reading=reading, writing=engine)


def _open_sqlite(url: URL) -> Engines:
    if not url.database or url.database == ":memory:":
        raise ConfigError("database.url", "a SQLite database needs a file: sqlite:///data/bot.db")
    try:
        Path(url.database).resolve().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError("database.url", f"the folder cannot be made: {error}") from error
    try:
        # Members and payments are nobody else's to read; SQLite gives its other files this mode.
        Path(url.database).touch(mode=0o600)
    except OSError as error:
        raise ConfigError("database.url", f"the file cannot be written: {error}") from error
    # One connection writes; waiting for it is first come, first served, and never SQLITE_BUSY.
    writing = create_async_engine(
        url, async_creator=_connector(url.database), pool_size=1, max_overflow=0, pool_timeout=60
    )
    reading = create_async_engine(
        url, async_creator=_connector(url.database, begin="BEGIN"), pool_size=4, max_overflow=4
    )

    @sa.event.listens_for(writing.sync_engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        """Take the lock at once: who reads and then writes would else fail, where this waits.

        SQLAlchemy's manual on SQLite, "Transactions with SQLite and the sqlite3 driver".
        """
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Engines(reading=reading, writing=writing)


def _connector(path: str, *, begin: str = "") -> Callable[[], Awaitable[Connection]]:
    async def connect() -> Connection:
        return await Connection(lambda: _connected(path), begin=begin)

    return connect


def _connected(path: str) -> sqlite3.Connection:
    """Open the file with our pragmas; transactions begin when we say so, not when Python does."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection
