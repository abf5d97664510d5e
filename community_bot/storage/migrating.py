"""Alembic, for who changes the schema: imported only then."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from community_bot import paths


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration in code: operators need no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: sa.Connection, to: str) -> None:
    """Bring the database to a migration, in the transaction of this connection."""
    command.upgrade(configuration(connection), to)
