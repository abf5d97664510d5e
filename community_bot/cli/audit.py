"""`community-bot audit`: everything is read again, and what must never be is said by its name."""

import asyncio
import json
from itertools import groupby
from pathlib import Path

import click

from community_bot.cli import configuration
from community_bot.cli.refusals import WRONG, log_faults
from community_bot.config.loading import Config
from community_bot.scheduling.audits import INVARIANTS, Finding, audited


@click.command("audit")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def audit(path: Path | None, *, as_json: bool) -> None:
    """Check that money, memberships, questions and the journal agree; changes nothing.

    Exit code 1 when something is found. The bot does the same every night and tells the owners.
    """
    log_faults()
    findings = asyncio.run(_audit(configuration.load(path)))
    click.echo(_as_json(findings) if as_json else _as_lines(findings))
    if findings:
        raise click.exceptions.Exit(WRONG)


async def _audit(config: Config) -> list[Finding]:
    async with configuration.ready(config) as community:
        return await audited(community)


def _as_json(findings: list[Finding]) -> str:
    found = [{"invariant": one.invariant, "what": one.what, "key": one.key} for one in findings]
    return json.dumps({"checked": list(INVARIANTS), "findings": found}, ensure_ascii=False)


def _as_lines(findings: list[Finding]) -> str:
    broken = [
        f"{invariant}: {INVARIANTS[invariant]} {', '.join(one.key for one in found)}"
        for invariant, found in groupby(findings, key=lambda one: one.invariant)
    ]
    if not broken:
        return f"All {len(INVARIANTS)} invariants hold."
    are = "is" if len(broken) == 1 else "are"
    return "\n".join([*broken, f"{len(broken)} of {len(INVARIANTS)} invariants {are} broken."])
