"""A backup is a whole copy, taken in use; restoring never loses what was there."""

import asyncio
import contextlib
import errno
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from community_bot.storage import leases, schema
from community_bot.storage.unit import Storage
from tests.cli.conftest import Folder, is_one_line


@pytest.fixture
def community(folder: Folder) -> Folder:
    folder.configure()
    assert folder.run("db", "upgrade").exit_code == 0
    remember(folder, "first")
    return folder


def remember(folder: Folder, name: str) -> None:
    with contextlib.closing(sqlite3.connect(folder.path / "bot.db")) as connection:
        connection.execute(
            "INSERT INTO leases (name, owner, token, expires_at) VALUES (?, 'x|1|t', 1, ?)",
            (name, "2020-01-01 00:00:00.000000"),
        )
        connection.commit()


def remembered(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM leases ORDER BY name")]


def test_a_restored_backup_brings_back_that_day(community: Folder) -> None:
    copy = community.path / "copies" / "monday.db"
    backed_up = community.run("backup", str(copy))
    remember(community, "later")

    restored = community.run("restore", str(copy), "--yes")

    kept = next(community.path.glob("bot-before-restore-*.db"))
    assert (backed_up.exit_code, restored.exit_code) == (0, 0)
    assert remembered(community.path / "bot.db") == ["first"]
    assert remembered(kept) == ["first", "later"]


def locks(folder: Folder) -> list[tuple[str, str | None]]:
    with contextlib.closing(sqlite3.connect(folder.path / "bot.db")) as connection:
        return connection.execute("SELECT reason, lifted_at FROM removal_pauses").fetchall()


def test_after_a_restore_nobody_is_removed_until_a_person_says_so(community: Folder) -> None:
    copy = community.path / "today.db"
    community.run("backup", str(copy))

    restored = community.run("restore", str(copy), "--yes")

    assert "until an admin says so" in restored.output
    assert locks(community) == [("restored", None), ("stars_unseen", None)]
    assert not list(community.path.glob("*.arriving*"))


def test_a_copy_that_was_put_back_by_other_means_is_locked_too(community: Folder) -> None:
    done = community.run("restore", "--done")
    both = community.run("restore", str(community.path / "bot.db"), "--done")
    neither = community.run("restore")

    assert (done.exit_code, both.exit_code, neither.exit_code) == (0, 2, 2)
    assert is_one_line(both.stderr, names=["--done"])
    assert locks(community) == [("restored", None), ("stars_unseen", None)]


def test_a_backup_without_a_name_stands_beside_the_database(community: Folder) -> None:
    result = community.run("backup")

    copy = next(community.path.glob("bot-backup-*.db"))
    assert result.exit_code == 0
    assert str(copy) in result.output
    assert remembered(copy) == ["first"]


def test_a_backup_writes_over_nothing(community: Folder) -> None:
    copy = community.path / "precious.db"
    copy.write_text("precious", encoding="utf-8")

    result = community.run("backup", str(copy))

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=[str(copy)])
    assert copy.read_text(encoding="utf-8") == "precious"


def test_what_is_no_backup_is_not_restored(community: Folder) -> None:
    other = community.path / "other.db"
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")

    results = [
        community.run("restore", str(path), "--yes")
        for path in (other, community.path / "nowhere.db", community.config)
    ]

    assert [result.exit_code for result in results] == [2, 2, 2]
    assert all(is_one_line(result.stderr, names=[]) for result in results)
    assert remembered(community.path / "bot.db") == ["first"]


def test_nothing_is_restored_under_a_running_bot(community: Folder) -> None:
    copy = community.path / "monday.db"
    community.run("backup", str(copy))
    soon = datetime.now(UTC) + timedelta(minutes=1)
    running = leases.owner_name("the bot that runs")
    with contextlib.closing(sqlite3.connect(community.path / "bot.db")) as connection:
        connection.execute(
            "UPDATE leases SET owner = ?, expires_at = ?",
            (running, soon.replace(tzinfo=None).isoformat(" ")),
        )
        connection.commit()

    result = community.run("restore", str(copy), "--yes")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["bot.db", "stop it first"])


def test_a_no_restores_nothing(community: Folder) -> None:
    copy = community.path / "monday.db"
    community.run("backup", str(copy))
    remember(community, "later")

    result = community.run("restore", str(copy), input="n\n")

    assert result.exit_code == 1
    assert remembered(community.path / "bot.db") == ["first", "later"]


def test_postgresql_has_tools_of_its_own(folder: Folder) -> None:
    folder.configure(rest='[database]\nurl = "postgresql://bot:SECRET@127.0.0.1:1/x"')

    result = folder.run("backup")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["pg_dump"])


def test_there_is_nothing_to_back_up_before_the_first_run(folder: Folder) -> None:
    folder.configure()

    result = folder.run("backup")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["no database"])


def test_db_check_tells_an_empty_database_from_one_that_is_ready(folder: Folder) -> None:
    folder.configure()

    before = folder.run("db", "check")
    folder.run("db", "upgrade")
    after = folder.run("db", "check")
    again = folder.run("db", "upgrade")

    assert (before.exit_code, "empty" in before.output) == (1, True)
    assert (after.exit_code, "newest" in after.output) == (0, True)
    assert (again.exit_code, "already" in again.output) == (0, True)


def test_a_database_of_a_newer_release_is_left_alone_in_one_line(community: Folder) -> None:
    with contextlib.closing(sqlite3.connect(community.path / "bot.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_tomorrow'")

    upgraded = community.run("db", "upgrade")
    ran = community.run("run")
    counted = community.run("stats")
    checked = community.run("db", "check")

    for result in (upgraded, ran, counted):
        assert result.exit_code == 2
        said = result.stderr.strip().splitlines()[-1]  # after the log of the start
        assert is_one_line(said, names=["9999_tomorrow", "newer release", "restore"])
        assert "Traceback" not in result.stderr
    assert (checked.exit_code, "newer release" in checked.output) == (1, True)
    assert "db upgrade" not in checked.output


def test_a_backup_of_a_newer_release_is_not_restored(community: Folder) -> None:
    community.run("backup", str(community.path / "copy.db"))
    with contextlib.closing(sqlite3.connect(community.path / "copy.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_tomorrow'")

    result = community.run("restore", str(community.path / "copy.db"), "--yes")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["copy.db", "newer release"])
    assert remembered(community.path / "bot.db") == ["first"]


async def _at_its_beginning(path: Path) -> None:
    storage = Storage.open(f"sqlite:///{path}")
    try:
        await schema.upgrade(storage.engines, schema.known()[0])
    finally:
        await storage.close()


def test_a_backup_of_the_first_release_is_restored_and_locked(community: Folder) -> None:
    old = community.path / "old.db"
    asyncio.run(_at_its_beginning(old))

    restored = community.run("restore", str(old), "--yes")

    assert restored.exit_code == 0
    assert locks(community) == [("restored", None), ("stars_unseen", None)]
    assert "newest" in community.run("db", "check").output
    assert (community.path / "bot.db").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def _full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no copy of a file find room on the disk, after its first bytes."""

    def copyfile(_source: Path, target: Path) -> None:
        target.write_bytes(b"SQLite")
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(shutil, "copyfile", copyfile)


@pytest.mark.usefixtures("_full")
def test_a_full_disk_restores_nothing_and_leaves_nothing(community: Folder) -> None:
    community.run("backup", str(community.path / "copy.db"))

    result = community.run("restore", str(community.path / "copy.db"), "--yes")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["bot.db.arriving", "No space left"])
    assert not list(community.path.glob("*.arriving*"))
    assert remembered(community.path / "bot.db") == ["first"]


def test_a_backup_that_finds_no_room_leaves_nothing(
    community: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def full(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **options)
        connection.set_authorizer(lambda action, *_: int(action == sqlite3.SQLITE_ATTACH))
        return connection

    monkeypatch.setattr(sqlite3, "connect", full)

    result = community.run("backup", str(community.path / "copy.db"))

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["copy.db", "cannot be written"])
    assert not list(community.path.glob("copy.db*"))
