"""Alembic's way in: it uses the connection it is given, or the configured database."""

import asyncio
import os

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from community_bot.storage.columns import UtcDateTime
from community_bot.storage.engines import open_engines
from community_bot.tables import METADATA


def render_item(kind: str, item: object, _context: AutogenContext) -> str | bool:
    """Write our types as plain ones, so that an old migration never imports the code of today."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    return False


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    engines = open_engines(os.environ["COMMUNITY_BOT__DATABASE__URL"])
    async with engines.writing.begin() as connection:
        await connection.run_sync(run)
    await engines.dispose()


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_alone())
else:
    run(given)
