"""Backups of a SQLite database while it is in use; PostgreSQL has its own tools."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path

from community_bot.errors import Invalid
from community_bot.storage.unit import Storage


async def back_up(storage: Storage, to: Path) -> Path:
    """Write a whole copy to a new file with VACUUM INTO, which does not hold up writers."""
    if not storage.engines.is_sqlite:
        raise Invalid("backup", "postgresql")
    await asyncio.to_thread(_make_room, to)
    source = storage.engines.writing.url.database or ""
    await asyncio.to_thread(_copy, source, to)
    return to


def _make_room(to: Path) -> None:
    if to.exists():
        raise Invalid("backup", "exists", path=str(to))
    to.parent.mkdir(parents=True, exist_ok=True)


def _copy(source: str, to: Path) -> None:
    """Copy under another name first: what was cut off never looks like a backup."""
    partial = to.with_name(f"{to.name}.partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)  # as private as the database; VACUUM INTO takes an empty file
    try:
        with contextlib.closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        partial.replace(to)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
