"""An operator's mistake is one line that names the key and what is wanted, never a traceback."""

import logging
import sys
from types import TracebackType
from typing import IO, Any

import click

from community_bot.cli import lazily
from community_bot.errors import ConfigError
from community_bot.log import redact

WRONG, MISUSED = 1, 2

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
        except BaseExceptionGroup as errors:
            mistake = _mistake_in(errors)
            if mistake is None:
                raise
            raise Mistake(str(mistake)) from errors


def _mistake_in(errors: BaseExceptionGroup[BaseException]) -> ConfigError | None:
    """Find the mistake among what tasks beside each other ended with."""
    for error in errors.exceptions:
        if isinstance(error, ConfigError):
            return error
        if isinstance(error, BaseExceptionGroup) and (found := _mistake_in(error)):
            return found
    return None


def log_faults() -> None:
    """Let a fault of the program itself be logged like everything else: without tokens."""
    sys.excepthook = _log_fault


def _log_fault(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    log.critical("the program stopped because of a fault", exc_info=(kind, error, traceback))
