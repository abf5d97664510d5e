"""The schema: which migration the database is at, and bringing it to the newest."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community_bot import paths
from community_bot.errors import ConfigError
from community_bot.storage.engines import Engines

# Alembic's own table, with the one row in which it keeps where the database is.
VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))
TURN = 7_203_114  # any number that no other program of this database uses for its own lock


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Where the database is, and where this program wants it; `current` None is an empty one."""

    current: str | None
    known: tuple[str, ...]

    @property
    def newest(self) -> str:
        return self.known[-1]

    @property
    def is_newest(self) -> bool:
        return self.current == self.newest

    @property
    def is_beyond(self) -> bool:
        """Say whether a newer release has been at work: this one cannot lead back from there."""
        return self.current is not None and self.current not in self.known

    @property
    def told(self) -> str:
        """Say in words where it is."""
        if self.current is None:
            return "empty"
        at = f"at {self.current}"
        return f"{at}, which only a newer release knows" if self.is_beyond else at

    @property
    def advice(self) -> str:
        """Say what leads from here to where this program wants it."""
        if self.is_beyond:
            return "install that release again, or `community-bot restore` a backup from before it"
        return "run `community-bot db upgrade`"


async def upgrade(engines: Engines, to: str = "head") -> None:
    """Bring the database to a migration; a no-op where it is there already.

    Raises ConfigError for a database that a newer release has been at work on.
    """
    found = await state(engines)
    if to == "head" and found.is_newest:
        return
    if found.is_beyond:
        raise ConfigError("database.url", f"the database is {found.told}; {found.advice}")
    from community_bot.storage import migrating  # noqa: PLC0415  8 MB that are seldom needed

    await run(engines, lambda sync: migrating.upgrade(sync, to))


async def run(engines: Engines, act: Callable[[sa.Connection], None]) -> None:
    """Change the schema in one transaction, one process at a time."""
    async with engines.writing.connect() as connection:
        await _set_foreign_keys(connection, engines, "OFF")
        async with connection.begin():
            if not engines.is_sqlite:
                # Another one's migration, and what still reads a table, may take their time.
                await connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
                await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TURN)))
            await connection.run_sync(act)
        await _set_foreign_keys(connection, engines, "ON")


async def _set_foreign_keys(connection: AsyncConnection, engines: Engines, to: str) -> None:
    """Say whether SQLite looks after references; inside a transaction it would not listen.

    A table is changed there by copying it and dropping the old one, which with references looked
    after would delete every row that refers to it (sqlite.org/lang_altertable.html, section 7).
    """
    if engines.is_sqlite:
        raw = await connection.get_raw_connection()
        if raw.driver_connection is not None:
            await raw.driver_connection.execute(f"PRAGMA foreign_keys={to}")


async def state(engines: Engines) -> SchemaState:
    """Say where the database is."""
    async with engines.reading.connect() as connection:
        current = await connection.run_sync(_current)
    return SchemaState(current=current, known=known())


def newest() -> str:
    """Return the newest migration that this program brings."""
    return known()[-1]


def known() -> tuple[str, ...]:
    """Return the migrations that this program brings, oldest first, by the names of their files."""
    files = (paths.migrations() / "versions").glob("[0-9]*.py")
    return tuple(sorted(file.stem for file in files))


def _current(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(sa.select(VERSION.c.version_num))
