"""`community-bot updates`: what could not be handled, and what becomes of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

import click

from community_bot.cli import configuration
from community_bot.cli.refusals import NUMBER, WRONG, log_faults
from community_bot.config.loading import Config
from community_bot.errors import AlreadyDone
from community_bot.inbox.received import SetAside
from community_bot.inbox.second_tries import SecondTries

_NUMBER = click.argument("update_id", type=NUMBER, metavar="NUMBER")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("updates")
def updates() -> None:
    """Look after updates that could not be handled: they are set aside, not lost."""


@updates.command("list")
@_JSON
@configuration.with_config
def list_(path: Path | None, *, as_json: bool) -> None:
    """Show what was set aside, oldest first; exit code 1 when there is something."""
    log_faults()
    found = asyncio.run(_waiting(configuration.load(path)))
    if as_json:
        click.echo(json.dumps({"updates": [_facts(one) for one in found]}))
    else:
        click.echo("\n".join(map(_line, found)) or "Nothing is set aside.")
    if found:
        raise click.exceptions.Exit(WRONG)


@updates.command("retry")
@_NUMBER
@_JSON
@configuration.with_config
def retry(path: Path | None, *, update_id: int, as_json: bool) -> None:
    """Let an update be handled again; a bot that runs finds it within a second."""
    log_faults()
    found = asyncio.run(
        _decided(configuration.load(path), lambda tries: tries.retry(update_id=update_id))
    )
    _say(found, update_id, "is tried again", as_json=as_json)


@updates.command("dismiss")
@_NUMBER
@_JSON
@configuration.with_config
def dismiss(path: Path | None, *, update_id: int, as_json: bool) -> None:
    """Let an update be: nobody needs an answer to it any more."""
    log_faults()
    found = asyncio.run(
        _decided(configuration.load(path), lambda tries: tries.dismiss(update_id=update_id))
    )
    _say(found, update_id, "is let be", as_json=as_json)


async def _waiting(config: Config) -> list[SetAside]:
    async with configuration.ready(config) as community:
        return await community.second_tries.waiting()


async def _decided(
    config: Config, decide: Callable[[SecondTries], Awaitable[SetAside]]
) -> SetAside | None:
    async with configuration.ready(config) as community:
        try:
            return await decide(community.second_tries)
        except AlreadyDone:
            return None


def _say(found: SetAside | None, update_id: int, become: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"update": _facts(found) if found else None}))
    elif found is not None:
        click.echo(f"Update {update_id} ({found.incident}) {become}.")
    else:
        click.echo(f"{update_id} is not among what `community-bot updates list` shows.")
    if found is None:
        raise click.exceptions.Exit(WRONG)


def _facts(one: SetAside) -> dict[str, object]:
    return asdict(one) | {"received_at": one.received_at.isoformat()}


def _line(one: SetAside) -> str:
    at = f"{one.received_at:%Y-%m-%d %H:%M} UTC"
    return f"{one.update_id}  {one.incident}  {at}  {one.kind} in chat {one.chat_id}"
