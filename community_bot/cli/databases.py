"""`community-bot db`: the tables, and the migration that they are at."""

import asyncio
from pathlib import Path

import click

from community_bot import log
from community_bot.cli import configuration
from community_bot.cli.refusals import WRONG, log_faults
from community_bot.config.loading import Config
from community_bot.storage import schema
from community_bot.storage.schema import SchemaState


@click.group("db")
def db() -> None:
    """Look after the tables of the database."""


@db.command("upgrade")
@configuration.with_config
def upgrade(path: Path | None) -> None:
    """Bring the database to the newest migration; `run` does the same when it starts."""
    log.set_up()
    log_faults()
    before, after = asyncio.run(_upgrade(configuration.load(path)))
    if before.is_newest:
        click.echo(f"The database is at {after.current} already.")
    else:
        click.echo(f"The database was {before.told} and is at {after.current} now.")


@db.command("check")
@configuration.with_config
def check(path: Path | None) -> None:
    """Say whether the database is at the newest migration; exit code 1 when it is not."""
    log_faults()
    found = asyncio.run(_state(configuration.load(path)))
    if found.is_newest:
        click.echo(f"The database is at {found.current}, the newest.")
        return
    click.echo(f"The database is {found.told}, not at {found.newest}: {found.advice}.")
    raise click.exceptions.Exit(WRONG)


async def _upgrade(config: Config) -> tuple[SchemaState, SchemaState]:
    async with configuration.opened(config) as storage:
        before = await schema.state(storage.engines)
        await schema.upgrade(storage.engines)
        return before, await schema.state(storage.engines)


async def _state(config: Config) -> SchemaState:
    async with configuration.opened(config) as storage:
        return await schema.state(storage.engines)
