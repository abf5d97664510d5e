"""`community-bot doctor`: looks at everything that has to be right, and says what to do."""

import asyncio
import json
from pathlib import Path

import click

from community_bot.cli import checks_community, checks_telegram, configuration
from community_bot.cli.calling import calling
from community_bot.cli.findings import Finding, Health, is_well
from community_bot.cli.refusals import WRONG, log_faults
from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config.loading import Config
from community_bot.ids import SecureIds
from community_bot.log import redact
from community_bot.storage.unit import Storage

_COLOURS = {Health.OK: "green", Health.WARNING: "yellow", Health.WRONG: "red"}


@click.command("doctor")
@configuration.with_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(path: Path | None, *, as_json: bool) -> None:
    """Look at token, network, database, rights, clock, calendar and money.

    Each line says ok, warning or wrong, and what to do. Exit code 1 when anything is wrong.
    """
    log_faults()
    findings = asyncio.run(examine(configuration.load(path)))
    well = is_well(findings)
    if as_json:
        facts = {"well": well, "findings": [finding.as_json() for finding in findings]}
        click.echo(redact(json.dumps(facts, ensure_ascii=False)))
    else:
        for finding in findings:
            click.secho(redact(finding.line), fg=_COLOURS[finding.health])
    if not well:
        raise click.exceptions.Exit(WRONG)


async def examine(config: Config) -> list[Finding]:
    """Look at everything; what cannot be looked at is found wrong, and the rest goes on."""
    clock = SystemClock()
    storage = Storage.open(config.database.url)
    try:
        community = Community(config, storage=storage, clock=clock, ids=SecureIds())
        database = await checks_community.database(community)
        is_usable = database.health is Health.OK
        spaces = await community.spaces.all() if is_usable else []
        telegram = config.telegram
        async with calling(
            base_url=telegram.base_url,
            token=telegram.token.get_secret_value(),
            proxy=telegram.proxy,
        ) as call:
            asked = await checks_telegram.check(call, telegram, spaces, clock.now())
        return [
            *asked,
            database,
            *([await checks_community.approvers(community)] if is_usable else []),
            checks_community.payees(config),
            checks_community.calendar(config, clock.now()),
        ]
    finally:
        await storage.close()
