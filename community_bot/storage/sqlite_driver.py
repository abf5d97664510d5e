"""SQLite under SQLAlchemy: each statement is one trip to the thread of its connection.

The interface is aiosqlite's, as SQLAlchemy's dialect of that name uses it. aiosqlite itself makes
four trips for a statement (cursor, execute, fetch, close), and a trip costs more than a query.
"""

import asyncio
import contextlib
import functools
import sqlite3
from collections.abc import Callable, Generator, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import Any, Self, TypeAlias, TypeVar

T = TypeVar("T")
_Call: TypeAlias = tuple[asyncio.Future[Any] | None, Callable[[], object]]
_CLOSED = "Cannot operate on a closed database."  # SQLAlchemy knows a dead connection by this


class Connection:
    """A connection and its thread; await it to open it."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, begin: str = "") -> None:
        """`begin` is said before the first statement of each transaction that only reads."""
        self._connect = connect
        self._begin = begin
        self._connection: sqlite3.Connection | None = None
        self._is_clean = True
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        Thread(target=_serve, args=(self._calls,), daemon=True).start()

    def __await__(self) -> Generator[Any, None, Self]:
        return self._open().__await__()

    def cursor(self) -> "Cursor":
        return Cursor(self)

    async def execute(self, statement: str, *parameters: object) -> "Cursor":
        """Execute one statement and fetch all that it returns."""
        return await self.cursor().execute(statement, *parameters)

    async def commit(self) -> None:
        await self._end("COMMIT")

    async def rollback(self) -> None:
        """Undo; who has only read need not wait until it is done."""
        if self._begin and not self._is_clean:
            self._calls.put((None, self._opened().rollback))
            self._is_clean = True
        else:
            await self._end("ROLLBACK")

    async def create_function(
        self, name: str, parameters: int, function: Callable[..., Any], *, deterministic: bool
    ) -> None:
        opened = self._opened()
        define = functools.partial(opened.create_function, deterministic=deterministic)
        await self._call(lambda: define(name, parameters, function))

    async def close(self) -> None:
        """Close once what was begun has ended; once is enough, twice does no harm."""
        opened, self._connection = self._connection, None
        if opened is not None:
            await self._call(opened.close)
            self._calls.put(None)

    def stop(self) -> None:
        """Close where nobody can wait for it."""
        opened, self._connection = self._connection, None
        if opened is not None:
            self._calls.put((None, opened.close))
            self._calls.put(None)

    async def run(self, act: Callable[[sqlite3.Cursor], T]) -> T:
        """Do it with a cursor of this connection, in its thread and inside a transaction."""
        opened = self._opened()
        begins = self._begin if self._is_clean else ""
        self._is_clean = False

        def in_thread() -> T:
            cursor = opened.cursor()
            if begins:
                cursor.execute(begins)
            return act(cursor)

        return await self._call(in_thread)

    async def _open(self) -> Self:
        try:
            self._connection = await self._call(self._connect)
        except BaseException:
            self._calls.put(None)
            raise
        return self

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.ProgrammingError(_CLOSED)
        return self._connection

    async def _end(self, how: str) -> None:
        """End a transaction, if anything was said since the last one ended."""
        opened = self._opened()
        if self._is_clean:
            return
        end = opened.commit if how == "COMMIT" else opened.rollback
        await self._call(end)
        self._is_clean = True

    async def _call(self, function: Callable[[], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._calls.put((done, function))
        return await done


class Cursor:
    """What one statement returned, fetched already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:  # noqa: ANN401  DB-API
        return await self._take_in(lambda cursor: cursor.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Any]) -> Self:
        return await self._take_in(lambda cursor: cursor.executemany(statement, parameters))

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Let go of nothing: the statement has ended."""

    async def _take_in(self, act: Callable[[sqlite3.Cursor], object]) -> Self:
        def in_thread(cursor: sqlite3.Cursor) -> tuple[list[Any], Any, int, int | None]:
            with contextlib.closing(cursor):
                act(cursor)
                rows = cursor.fetchall() if cursor.description else []
                return rows, cursor.description, cursor.rowcount, cursor.lastrowid

        answer = await self._connection.run(in_thread)
        self._rows, self.description, self.rowcount, self.lastrowid = answer
        return self


def _serve(calls: "SimpleQueue[_Call | None]") -> None:
    while (call := calls.get()) is not None:
        done, function = call
        try:
            result = function()
        except BaseException as error:  # noqa: BLE001  whoever waits is told, whatever it was
            _tell(done, asyncio.Future.set_exception, error)
        else:
            _tell(done, asyncio.Future.set_result, result)


def _tell(
    done: asyncio.Future[Any] | None, how: Callable[[asyncio.Future[Any], Any], None], what: object
) -> None:
    if done is None:
        return

    def tell() -> None:
        if not done.done():
            how(done, what)

    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
        done.get_loop().call_soon_threadsafe(tell)
