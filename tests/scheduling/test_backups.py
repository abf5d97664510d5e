"""Copies are made when they are due, and the newest seven are kept."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from community_bot.clock import StandingClock
from community_bot.scheduling.backups import KEPT, Backups
from community_bot.storage.unit import Storage

DAY = timedelta(days=1)


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*-daily-*.db"))


async def test_a_copy_is_made_once_a_day(
    sqlite_storage: Storage, clock: StandingClock, tmp_path: Path
) -> None:
    backups = Backups(sqlite_storage, clock, every=DAY)

    made = [await backups.keep(), await backups.keep()]
    clock.pass_(DAY)
    made.append(await backups.keep())

    assert [copy is not None for copy in made] == [True, False, True]
    assert copies(tmp_path) == [
        "community-daily-20260302-020000.db",
        "community-daily-20260303-020000.db",
    ]


async def test_two_who_want_a_copy_at_once_make_one(
    sqlite_storage: Storage, clock: StandingClock, tmp_path: Path
) -> None:
    backups = Backups(sqlite_storage, clock, every=DAY)

    made = await asyncio.gather(*(backups.keep() for _ in range(5)))

    assert [copy is not None for copy in made] == [True, False, False, False, False]
    assert copies(tmp_path) == ["community-daily-20260302-020000.db"]


async def test_a_copy_is_a_whole_database(sqlite_storage: Storage, clock: StandingClock) -> None:
    copy = await Backups(sqlite_storage, clock, every=DAY).keep()

    assert copy is not None
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


async def test_the_newest_seven_are_kept_and_nothing_else_is_touched(
    sqlite_storage: Storage, clock: StandingClock, tmp_path: Path
) -> None:
    by_hand = tmp_path / "community-daily-mine.db"
    by_hand.write_bytes(b"kept by hand")
    backups = Backups(sqlite_storage, clock, every=DAY)

    for _ in range(KEPT + 3):
        await backups.keep()
        clock.pass_(DAY)

    assert by_hand.exists()
    made = [name for name in copies(tmp_path) if name != by_hand.name]
    assert len(made) == KEPT
    assert made[-1] == "community-daily-20260311-020000.db"


async def test_no_copy_is_made_where_none_is_wanted(
    sqlite_storage: Storage, clock: StandingClock, tmp_path: Path
) -> None:
    await Backups(sqlite_storage, clock, every=timedelta()).keep()

    assert copies(tmp_path) == []
