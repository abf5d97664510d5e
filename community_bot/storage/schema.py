"""The schema: which migration the database is at, and bringing it to the newest."""

from dataclasses import dataclass

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from community_bot import paths
from community_bot.storage.engines import Engines


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
    async with engines.writing.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(configuration(sync), to))


async def state(engines: Engines) -> SchemaState:
    """Say where the database is."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head() or ""
    async with engines.reading.connect() as connection:
        current = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return SchemaState(current=current, newest=newest)
