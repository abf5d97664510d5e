"""Faults of the database, told apart: a key that is taken, what passes, and mistakes of ours."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from community_bot.errors import AlreadyDone, Invalid
from community_bot.storage.rows import Row

log = logging.getLogger(__name__)

T = TypeVar("T")
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0

# Primary result codes (sqlite.org/rescode.html): busy, locked, out of memory, disk trouble.
_PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_TAKEN_CODES = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_ROWID,
    }
)
# Classes of PostgreSQL's codes (its manual, appendix A): connection, rollback that may be tried
# again, resources, not in the state for it (closed by an operator, locked), intervention by an
# operator, system; a server that may only be read for now, and a transaction it waited for in vain.
_PASSING_STATES = ("08", "40", "53", "55", "57", "58", "25006", "25P03")
_TAKEN_STATE = "23505"
# A value that does not fit its column, as asyncpg and as the server say it; SQLite finds nothing.
_TOO_LARGE_STATES = ("22000", "22003")


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn a taken key into AlreadyDone(constraint), a number that fits nowhere into Invalid."""
    try:
        yield
    except IntegrityError as error:
        taken = taken_key(error)
        if taken is None:
            raise
        raise AlreadyDone(taken) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _TOO_LARGE_STATES:
            raise
        raise Invalid("number", "too_large") from error


def taken_key(error: IntegrityError) -> str | None:
    """Name the unique key that is taken, alike on both databases; None for another violation."""
    if getattr(error.orig, "sqlite_errorcode", None) in _TAKEN_CODES:
        _, _, columns = str(error.orig).partition("UNIQUE constraint failed: ")
        return _name_of(columns)
    if error.orig is not None and getattr(error.orig, "sqlstate", None) == _TAKEN_STATE:
        return str(getattr(error.orig.__cause__, "constraint_name", None))
    return None


def is_passing(error: BaseException) -> bool:
    """Say whether a fault of the database may be gone in a moment, so that trying again helps."""
    if isinstance(error, NoConnectionFree):
        return True
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _PASSING_CODES
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING_STATES)
    return error.connection_invalidated or isinstance(error, OperationalError)


async def outlast(act: Callable[[], Awaitable[T]], what: str) -> T:
    """Do it; while the database does not answer, wait and do it again."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await act()
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("the database does not answer, %s waits: %s", what, type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def _name_of(listed: str) -> str:
    """Find the key over these columns; SQLite says `table.column, table.column`."""
    table_name = listed.partition(".")[0]
    columns = [each.partition(".")[2] for each in listed.split(", ")]
    table = Row.metadata.tables.get(table_name)
    if table is None:
        return listed
    keys: list[sa.PrimaryKeyConstraint | sa.UniqueConstraint | sa.Index] = [
        key
        for key in table.constraints
        if isinstance(key, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
    ]
    keys += [index for index in table.indexes if index.unique]
    found = (key for key in keys if [column.name for column in key.columns] == columns)
    return next((str(key.name) for key in found), listed)
