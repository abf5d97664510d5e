"""Daily copies of a SQLite database, beside it; PostgreSQL is backed up with its own tools."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from community_bot.clock import Clock
from community_bot.storage.backup import back_up
from community_bot.storage.unit import Storage

KEPT = 7  # the newest copies; what somebody copied by hand is not counted and not touched
_STAMP = "%Y%m%d-%H%M%S"


class Backups:
    """A chore: safe to run twice, for a copy that is young enough is not made again."""

    def __init__(self, storage: Storage, clock: Clock, *, every: timedelta) -> None:
        self._storage = storage
        self._clock = clock
        self._every = every
        self._one_at_a_time = asyncio.Lock()  # two at once would write into the same file

    async def keep(self) -> Path | None:
        """Make the copy that is due, if one is, and remove the oldest; return the new one."""
        database = self._database()
        if database is None or not self._every:
            return None
        async with self._one_at_a_time:
            return await self._keep(database)

    async def _keep(self, database: Path) -> Path | None:
        now = self._clock.now()
        made = await asyncio.to_thread(_copies, database)
        if made and now - _made_at(made[-1]) < self._every:
            return None
        name = f"{database.stem}-daily-{now.astimezone(UTC):{_STAMP}}{database.suffix}"
        copy = await back_up(self._storage, database.with_name(name))
        await asyncio.to_thread(_remove, [*made, copy][:-KEPT])
        return copy

    def _database(self) -> Path | None:
        """Return the file of the database; one in memory has none."""
        name = self._storage.engines.writing.url.database
        if not self._storage.engines.is_sqlite or not name or name == ":memory:":
            return None
        return Path(name)


def _copies(database: Path) -> list[Path]:
    """Return the copies that were made daily, oldest first."""
    found = database.parent.glob(f"{database.stem}-daily-*{database.suffix}")
    return sorted(found, key=_made_at)


def _made_at(copy: Path) -> datetime:
    stamp = copy.stem.rpartition("-daily-")[2]
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _remove(copies: list[Path]) -> None:
    for copy in copies:
        if _made_at(copy) > datetime.min.replace(tzinfo=UTC):
            copy.unlink(missing_ok=True)
