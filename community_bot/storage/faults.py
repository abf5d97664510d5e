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
# What SQLite says, by its primary code, and what an operator does about it.
_ADVICE = {
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_READONLY: "let the user who runs this write to the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "name a file, in a folder where the user who runs this may write",
    sqlite3.SQLITE_PERM: "let the user who runs this write to the file and its folder",
    sqlite3.SQLITE_CORRUPT: "put a backup in its place with `community-bot restore`",
    sqlite3.SQLITE_NOTADB: "name another file, or put a backup there with `community-bot restore`",
    sqlite3.SQLITE_BUSY: "another program works on it; try again when it has ended",
}
_NO_RIGHT = "42501"  # insufficient_privilege, as a PostgreSQL server says it
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


def trouble(error: BaseException) -> str | None:
    """Say what the database's operator has to mend, with what to do; None for another fault."""
    raw = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(raw, "sqlite_errorcode", None)
    advice = _ADVICE.get(code & 0xFF) if code is not None else None
    has_no_right = getattr(raw, "sqlstate", None) == _NO_RIGHT
    if not (advice or has_no_right or is_passing(error)):
        return None
    said = str(raw).strip().partition("\n")[0] or type(raw).__name__
    return f"the database cannot be used: {said}" + (f"; {advice}" if advice else "")


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
