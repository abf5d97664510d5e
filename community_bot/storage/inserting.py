"""Inserts that say what becomes of a row whose key is taken; each database has its own."""

from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.storage.rows import Row

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(session: AsyncSession, table: type[Row] | sa.Table) -> Insert:
    """Begin an insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgres else sqlite.insert(table)
