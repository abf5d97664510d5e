"""The schema: which migration the database is at, and bringing it to the newest."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from community_bot import paths
from community_bot.storage.engines import Engines

TURN = 7_203_114  # any number that no other program of this database uses for its own lock


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Where the database is, and where this program wants it; `current` None is an empty one."""

    current: str | None
    newest: str

    @property
    def is_newest(self) -> bool:
        return self.current == self.newest


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration in code: operators need no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


async def upgrade(engines: Engines, to: str = "head") -> None:
    """Bring the database to a migration; a no-op where it is there already."""
    await run(engines, lambda sync: command.upgrade(configuration(sync), to))


async def run(engines: Engines, act: Callable[[sa.Connection], None]) -> None:
    """Change the schema in one transaction, one process at a time."""
    async with engines.writing.connect() as connection:
        await _set_foreign_keys(connection, engines, "OFF")
        async with connection.begin():
            if not engines.is_sqlite:
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
    newest = ScriptDirectory.from_config(configuration()).get_current_head() or ""
    async with engines.reading.connect() as connection:
        current = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return SchemaState(current=current, newest=newest)
