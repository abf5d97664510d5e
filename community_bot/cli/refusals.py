"""An operator's mistake is one line that names the key and what is wanted, never a traceback."""

import errno
import logging
import sys
from types import TracebackType
from typing import IO, Any

import click

from community_bot.cli import lazily
from community_bot.errors import ConfigError
from community_bot.log import redact

WRONG, MISUSED = 1, 2
NUMBER = click.IntRange(0, 2**63 - 1)  # of a row: no database holds a larger one
# The disk is full, or the user who runs this may not read or write there.
_NO_PLACE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}
)

log = logging.getLogger(__name__)


class Mistake(click.ClickException):
    """Something that the operator can mend; said in one line."""

    exit_code = MISUSED

    def show(self, file: IO[Any] | None = None) -> None:
        line = " ".join(redact(self.message).split())
        click.echo(f"community-bot: {line}", file=file or sys.stderr)


class Refusing(lazily.Group):
    """The program's group: what is wrong with the configuration is a mistake, not a fault."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise Mistake(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (Exception, BaseExceptionGroup) as error:
            mistake = _mistake_in(error)
            if mistake is None:
                raise
            raise Mistake(mistake) from error


def _mistake_in(error: BaseException) -> str | None:
    """Say what the operator has to mend, also among what tasks beside each other ended with."""
    from community_bot.storage.faults import trouble  # noqa: PLC0415  seldom needed, and large

    if isinstance(error, BaseExceptionGroup):
        return next(filter(None, map(_mistake_in, error.exceptions)), None)
    if isinstance(error, ConfigError):
        return str(error)
    if isinstance(error, OSError) and error.errno in _NO_PLACE:
        return f"{error.filename or 'what is written'}: {error.strerror}"
    told = trouble(error)
    return told and f"database.url: {told}"


def log_faults() -> None:
    """Let a fault of the program itself be logged like everything else: without tokens."""
    sys.excepthook = _log_fault


def _log_fault(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    log.critical("the program stopped because of a fault", exc_info=(kind, error, traceback))
