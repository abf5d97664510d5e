"""Units of work: everything of one act, or nothing of it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.errors import AlreadyDone
from community_bot.storage.engines import Engines, open_engines

# What must be marked in the same transaction: the inbox gives one with each update that it hands
# out, so that an update is done when, and only when, its effects are.
Cause: TypeAlias = Callable[["Unit"], Awaitable[None]]


class Unit:
    """One transaction. Without commit() nothing of it stays."""

    def __init__(self, session: AsyncSession, cause: Cause | None) -> None:
        self.session = session
        self._cause = cause
        self._afterwards: list[Callable[[], None]] = []

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have something woken once the changes are there to be seen."""
        if call not in self._afterwards:
            self._afterwards.append(call)

    async def commit(self) -> None:
        """Mark the cause, commit, wake whoever waits.

        Raises AlreadyDone, named by the constraint, when a unique key is taken, and Superseded
        when the cause is no longer ours.
        """
        if self._cause is not None:
            await self._cause(self)
        with translated():
            await self.session.commit()
        for call in self._afterwards:
            call()


class Storage:
    """The database of one community."""

    def __init__(self, engines: Engines) -> None:
        self.engines = engines
        self._writing = asyncio.Lock()

    @classmethod
    def open(cls, url: str) -> "Storage":
        return cls(open_engines(url))

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Look at one consistent state of the database; nothing is written."""
        async with AsyncSession(self.engines.reading, expire_on_commit=False) as session:
            yield session

    @contextlib.asynccontextmanager
    async def work(self, cause: Cause | None = None) -> AsyncIterator[Unit]:
        """Change the database: all of it at commit(), or nothing."""
        async with self._turn(), self._session() as session:
            with translated():
                yield Unit(session, cause)

    @contextlib.asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(
            self.engines.writing, expire_on_commit=False, autoflush=False
        ) as session:
            yield session

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """SQLite has one writer: queue for it here, where the queue is fair."""
        if self.engines.is_sqlite:
            async with self._writing:
                yield
        else:
            yield

    async def ping(self) -> None:
        """Raise what the driver raises when the database does not answer."""
        async with self.read() as session:
            await session.execute(sa.text("SELECT 1"))

    async def close(self) -> None:
        await self.engines.dispose()


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn a taken unique key into AlreadyDone(constraint)."""
    try:
        yield
    except IntegrityError as error:
        raise AlreadyDone(constraint_of(error)) from error


def constraint_of(error: IntegrityError) -> str:
    """Name what was violated: PostgreSQL says the constraint, SQLite its columns."""
    cause = getattr(error.orig, "__cause__", None)
    name = getattr(cause, "constraint_name", None)
    return str(name or error.orig)


def is_passing(error: BaseException) -> bool:
    """Say whether a fault of the database may be gone in a moment, so that trying again helps."""
    return isinstance(error, DBAPIError) and not isinstance(error, IntegrityError)
