"""Units of work: everything of one act, or nothing of it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from community_bot.storage.engines import Engines, open_engines
from community_bot.storage.faults import translated

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
        async with _session(self.engines.reading) as session:
            if not self.engines.is_sqlite:
                await _connect(session)
            with translated():
                yield session

    @contextlib.asynccontextmanager
    async def work(self, cause: Cause | None = None) -> AsyncIterator[Unit]:
        """Change the database: all of it at commit(), or nothing."""
        async with self._turn(), _session(self.engines.writing) as session:
            await _connect(session)
            with translated():
                yield Unit(session, cause)

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


def _session(engine: AsyncEngine) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False, autoflush=False)


async def _connect(session: AsyncSession) -> None:
    """Begin now: who writes has the lock from here on, and a server that is away is told apart."""
    try:
        await session.connection()
    except OSError as error:
        # The driver lets the system's refusal to connect through as it is.
        raise OperationalError("connect", None, error) from error
