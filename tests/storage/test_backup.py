"""A copy of the database is whole, though people write meanwhile."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.errors import Invalid
from community_bot.storage import journal, schema
from community_bot.storage.backup import back_up
from community_bot.storage.rows import JournalRow
from community_bot.storage.unit import Storage


async def write(storage: Storage, clock: StandingClock, times: int) -> None:
    """Write pairs: half of a pair in a copy would show that it is not whole."""
    for number in range(times):
        async with storage.work() as unit:
            for half in ("left", "right"):
                await journal.record(
                    unit,
                    at=clock.now(),
                    actor_id=1,
                    action=half,
                    subject="pair",
                    subject_key=number,
                )
            await unit.commit()


async def count(storage: Storage) -> int:
    async with storage.read() as session:
        return await session.scalar(sa.select(sa.func.count(JournalRow.entry_id))) or 0


async def test_a_copy_made_while_people_write_is_whole_and_opens(
    sqlite_storage: Storage, clock: StandingClock, tmp_path: Path
) -> None:
    await write(sqlite_storage, clock, 20)
    path, _ = await asyncio.gather(
        back_up(sqlite_storage, tmp_path / "backups" / "monday.db"),
        write(sqlite_storage, clock, 40),
    )

    restored = Storage.open(f"sqlite:///{path}")
    copied = await count(restored)
    async with restored.read() as session:
        assert await session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    assert copied % 2 == 0
    assert 40 <= copied <= await count(sqlite_storage)
    assert (await schema.state(restored.engines)).is_newest
    await write(restored, clock, 1)
    await restored.close()


async def test_a_backup_overwrites_nothing(sqlite_storage: Storage, tmp_path: Path) -> None:
    taken = tmp_path / "kept.db"
    taken.write_text("precious")

    with pytest.raises(Invalid, match="exists"):
        await back_up(sqlite_storage, taken)

    assert taken.read_text() == "precious"


async def test_postgres_has_tools_of_its_own(postgres_url: str, tmp_path: Path) -> None:
    storage = Storage.open(postgres_url)

    with pytest.raises(Invalid, match="postgresql"):
        await back_up(storage, tmp_path / "copy.db")
    await storage.close()
