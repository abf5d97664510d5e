"""A statement is one trip to the thread of its connection, and nothing is lost on the way."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from community_bot.storage.sqlite_driver import Connection


def opened(path: Path, *, begin: str = "") -> Connection:
    return Connection(
        lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False), begin=begin
    )


async def test_what_a_statement_returns_is_there_when_it_has_ended(tmp_path: Path) -> None:
    connection = await opened(tmp_path / "a.db")

    cursor = await connection.execute("SELECT 1 AS one, ? AS two", (2,))

    assert await cursor.fetchall() == [(1, 2)]
    assert [column[0] for column in cursor.description] == ["one", "two"]
    await connection.close()


async def test_a_reader_keeps_one_state_from_its_first_statement_to_the_end(tmp_path: Path) -> None:
    writer = await opened(tmp_path / "a.db")
    await writer.execute("PRAGMA journal_mode=WAL")
    await writer.execute("CREATE TABLE seen (number)")
    reader = await opened(tmp_path / "a.db", begin="BEGIN")
    counts = []

    for _ in range(2):
        for number in range(2):
            cursor = await reader.execute("SELECT count(*) FROM seen")
            counts += await cursor.fetchall()
            await writer.execute("INSERT INTO seen VALUES (?)", (number,))
        await reader.rollback()

    assert counts == [(0,), (0,), (2,), (2,)]
    await reader.close()
    await writer.close()


async def test_who_is_cancelled_leaves_a_transaction_that_can_be_rolled_back(
    tmp_path: Path,
) -> None:
    connection = await opened(tmp_path / "a.db", begin="BEGIN")
    await connection.execute("CREATE TABLE seen (number)")
    await connection.commit()

    inserting = asyncio.ensure_future(connection.execute("INSERT INTO seen VALUES (1)"))
    await asyncio.sleep(0)
    inserting.cancel()
    await asyncio.wait([inserting])
    await connection.rollback()

    cursor = await connection.execute("SELECT count(*) FROM seen")
    assert await cursor.fetchall() == [(0,)]
    await connection.close()


async def test_a_closed_connection_says_so(tmp_path: Path) -> None:
    connection = await opened(tmp_path / "a.db")
    await connection.close()
    await connection.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        await connection.execute("SELECT 1")


async def test_a_file_that_cannot_be_opened_is_the_callers_fault_to_hear(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await opened(tmp_path / "nowhere" / "a.db")
