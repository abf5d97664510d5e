"""The option --config, and what is opened with it."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import click

from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config import loading, soundness
from community_bot.config.loading import Config
from community_bot.config.secrets import secrets_of
from community_bot.errors import ConfigError
from community_bot.ids import SecureIds
from community_bot.log import hide
from community_bot.storage import schema
from community_bot.storage.faults import trouble
from community_bot.storage.unit import Storage

Command = TypeVar("Command", bound=Callable[..., object])

_TOKEN = f"{loading.PREFIX}TELEGRAM__TOKEN"
_OPTION = click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration; without it COMMUNITY_BOT_CONFIG, then config.toml here.",
)


def with_config(command: Command) -> Command:
    """Give a command the option --config, as `path`."""
    return _OPTION(command)


def load(path: Path | None) -> Config:
    """Read the configuration as a whole; in a container the environment alone may hold it.

    From here on nothing that is written shows what is secret in it.
    """
    file = loading.find(path)
    is_in_environment = _TOKEN in os.environ and file == loading.DEFAULT and not file.exists()
    config = loading.parse({}) if is_in_environment else loading.load(file)
    hide(*secrets_of(config))
    return soundness.check(config)


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Storage]:
    """Open the database and make sure that it answers; raises ConfigError."""
    storage = Storage.open(config.database.url)
    try:
        await reach(storage)
        yield storage
    finally:
        await storage.close()


@asynccontextmanager
async def community(config: Config) -> AsyncIterator[Community]:
    """Open the community over its database."""
    async with opened(config) as storage:
        yield Community(config, storage=storage, clock=SystemClock(), ids=SecureIds())


@asynccontextmanager
async def ready(config: Config) -> AsyncIterator[Community]:
    """Open the community over a database that this release can work on; raises ConfigError."""
    async with community(config) as opened:
        state = await schema.state(opened.storage.engines)
        if not state.is_newest:
            wanted = f"the database is {state.told}; first {state.advice}"
            raise ConfigError("database.url", wanted)
        yield opened


async def reach(storage: Storage) -> None:
    """Raise ConfigError when the database does not answer, with the driver's first line."""
    try:
        await storage.ping()
    except Exception as error:
        raise ConfigError("database.url", trouble(error) or _said(error)) from error


def _said(error: Exception) -> str:
    """Return what the driver says: every driver has errors of its own."""
    first = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return f"the database cannot be used: {first or type(error).__name__}"
