"""The schema goes up and down step by step on both databases, and is what the rows say."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from community_bot import paths
from community_bot.storage import migrating, schema
from community_bot.storage.engines import Engines, open_engines
from community_bot.tables import METADATA

FOLDER = paths.migrations() / "versions"
STEPS = [
    script.revision
    for script in reversed(
        list(ScriptDirectory.from_config(migrating.configuration()).walk_revisions())
    )
]


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    name = f"empty_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    address, _, options = postgres_server.partition("?")
    asyncio.run(_do(postgres_server, f"CREATE DATABASE {name}"))
    yield f"{address.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")
    asyncio.run(_do(postgres_server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/empty.db"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Engines]:
    """A database with nothing in it."""
    engines = open_engines(empty_url)
    yield engines
    await engines.dispose()


async def _do(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def tables_of(engines: Engines) -> set[str]:
    async with engines.reading.connect() as connection:
        return await connection.run_sync(lambda sync: set(sa.inspect(sync).get_table_names()))


async def go_down(engines: Engines, to: str) -> None:
    await schema.run(engines, lambda sync: command.downgrade(migrating.configuration(sync), to))


async def test_an_empty_database_is_brought_to_the_newest_and_twice_does_no_harm(
    empty: Engines,
) -> None:
    before = await schema.state(empty)
    await schema.upgrade(empty)
    await schema.upgrade(empty)

    after = await schema.state(empty)
    assert (before.current, before.is_newest) == (None, False)
    assert after.is_newest
    assert await tables_of(empty) == {*METADATA.tables, "alembic_version"}


def test_one_migration_after_another_each_named_as_its_file() -> None:
    heads = ScriptDirectory.from_config(migrating.configuration()).get_heads()
    assert sorted(file.stem for file in FOLDER.glob("*.py")) == STEPS
    assert heads == [schema.newest()]


async def test_every_step_can_be_taken_back_and_taken_again(empty: Engines) -> None:
    for below, step in zip(["base", *STEPS], STEPS, strict=False):
        await schema.upgrade(empty, step)
        above = await tables_of(empty)
        await go_down(empty, below)
        await schema.upgrade(empty, step)
        assert await tables_of(empty) == above

    await go_down(empty, "base")
    assert await tables_of(empty) == {"alembic_version"}


async def test_the_migrations_make_what_the_rows_say(empty: Engines) -> None:
    await schema.upgrade(empty)

    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))

    async with empty.reading.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_two_programs_that_start_at_once_do_not_trip_over_each_other(
    empty_postgres_url: str,
) -> None:
    both = [open_engines(empty_postgres_url) for _ in range(2)]

    await asyncio.gather(*(schema.upgrade(engines) for engines in both))

    assert (await schema.state(both[0])).is_newest
    for engines in both:
        await engines.dispose()


async def test_changing_a_table_on_sqlite_deletes_nothing_that_refers_to_it(
    tmp_path: Path,
) -> None:
    engines = open_engines(f"sqlite:///{tmp_path}/references.db")

    def lay_out(connection: sa.Connection) -> None:
        for statement in (
            "CREATE TABLE spaces (chat_id INTEGER PRIMARY KEY, title TEXT)",
            "CREATE TABLE doors (chat_id INTEGER REFERENCES spaces ON DELETE CASCADE)",
            "INSERT INTO spaces VALUES (1, 'Lobby')",
            "INSERT INTO doors VALUES (1)",
        ):
            connection.exec_driver_sql(statement)

    def change(connection: sa.Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("spaces", recreate="always") as spaces:
            spaces.alter_column("title", new_column_name="name")

    await schema.run(engines, lay_out)
    await schema.run(engines, change)

    async with engines.writing.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM doors")) == 1
        assert await connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
    await engines.dispose()


def test_migrations_are_numbered_and_chained_in_the_order_of_their_names() -> None:
    names = sorted(path.stem for path in FOLDER.glob("[0-9]*.py"))

    assert [name.partition("_")[0] for name in names] == [
        f"{number:04d}" for number in range(1, len(names) + 1)
    ]
    assert [name.partition("_")[0] for name in names] == [step[:4] for step in STEPS]


def test_the_migrations_are_found_inside_an_installed_package(tmp_path: Path) -> None:
    installed = tmp_path / "community_bot"
    shutil.copytree(paths.migrations(), installed / "_migrations")
    shutil.copy(paths.HERE / "paths.py", installed / "paths.py")
    found: dict[str, object] = {"__file__": str(installed / "paths.py")}
    exec((installed / "paths.py").read_text(), found)  # noqa: S102  as if imported from there

    migrations = found["migrations"]
    assert callable(migrations)
    assert migrations() == installed / "_migrations"
