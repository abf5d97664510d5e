"""`community-bot members`: memberships from a table file, and into one."""

import asyncio
from pathlib import Path

import click

from community_bot.cli import configuration
from community_bot.cli.filling import write
from community_bot.cli.previews import Report
from community_bot.cli.refusals import Mistake, log_faults
from community_bot.community import Community
from community_bot.config.loading import Config
from community_bot.people.roles import Actor, Role

BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("members")
def members() -> None:
    """Bring members along from elsewhere, and take the list with you."""


@members.command("import")
@click.argument("source", metavar="FILE", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def import_(source: Path, path: Path | None, *, dry_run: bool, as_json: bool) -> None:
    """Take over the memberships that stand in FILE, all of them or none.

    FILE is CSV in UTF-8 with the columns member_id, claim, tier, until and note: an account's
    number, or a telephone or order number to be claimed under; the last day, or "forever".
    Afterwards nobody is removed from any group for fourteen days.

    Exit codes: 1 somebody has it already, 2 the file cannot be used.
    """
    log_faults()
    config = configuration.load(path)
    report = asyncio.run(_import(config, _read(source), is_wanted=not dry_run))
    click.echo(report.json if as_json else report.text, err=not as_json and report.code != 0)
    if report.code:
        raise click.exceptions.Exit(report.code)


@members.command("export")
@click.argument("target", metavar="[FILE]", required=False, type=_FILE)
@configuration.with_config
def export(target: Path | None, path: Path | None) -> None:
    """Write who has, or had, which tier until when; `members import` reads it elsewhere.

    The list is CSV in UTF-8 that Excel opens rightly. Without FILE it goes to standard output.
    """
    log_faults()
    config = configuration.load(path)
    if target is not None and target.exists():
        raise Mistake(f"{target}: there is a file already; name another one")
    text = BOM + asyncio.run(_export(config))
    if target is None:
        click.echo(text.encode(), nl=False)
        return
    try:
        write(target, text)
    except OSError as error:
        raise Mistake(f"{target}: cannot be written: {error.strerror}") from error
    click.echo(f"Wrote {text.count(chr(10)) - 1} lines to {target}.")


async def _import(config: Config, text: str, *, is_wanted: bool) -> Report:
    async with configuration.ready(config) as community:
        await _know_tiers(community)
        imports, actor = community.imports, _operator(config)
        preview = await imports.preview(actor, text=text)
        will = is_wanted and preview.is_clean and bool(preview.rows)
        if will:
            preview = await imports.take_over(actor, text=text)
        tiers = [offer.tier.code for offer in await community.tiers.offers()]
        return Report(preview, tiers=tiers, is_done=will)


async def _export(config: Config) -> str:
    async with configuration.ready(config) as community:
        return await community.imports.export(_operator(config))


async def _know_tiers(community: Community) -> None:
    """Put the tiers of the configuration into a database that never saw the bot run."""
    if not await community.tiers.known():
        await community.tiers.apply(community.config.tiers)


def _operator(config: Config) -> Actor:
    """Whoever has the shell acts for the first owner; the journal says so."""
    return Actor(config.community.owners[0], frozenset({Role.OWNER}))


def _read(source: Path) -> str:
    """Read the file; raises Mistake, with the line, for one that is not in UTF-8."""
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise Mistake(f"{source}: cannot be read: {error.strerror}") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Mistake(
            f"{source}: line {line} is not UTF-8; in a spreadsheet, save it as CSV UTF-8"
        ) from error
