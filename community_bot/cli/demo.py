"""`community-bot demo`: look around without a token, and check that everything works."""

import asyncio
import webbrowser

import click

from community_bot import log
from community_bot.cli.refusals import WRONG, log_faults
from community_bot.cli.running import stopped_by_signals
from community_bot.errors import DomainError
from community_bot.sandbox.demo import running
from community_bot.sandbox.demo_time import StillBusy
from community_bot.sandbox.story import told

PORT = 8130


@click.command("demo")
@click.option("--check", is_flag=True, help="Play every role once, without a browser, and exit.")
@click.option("--port", default=PORT, show_default=True, help="Of the page; 0 for any free one.")
@click.option("--database", help="An empty database to use instead of a passing one.")
@click.option("--open/--no-browser", "opens", default=False, help="Open the page in a browser.")
def demo(*, check: bool, port: int, database: str | None, opens: bool) -> None:
    """Start a local Telegram with a sample community, and the real bot in it.

    Everything stays on this machine: no token and no account is needed.
    """
    log.set_up("WARNING")
    log_faults()
    if check:
        asyncio.run(_check(database))
    else:
        asyncio.run(_show(port, database, opens=opens))


async def _check(database: str | None) -> None:
    failure = None
    try:
        async with running(database=database) as playing:
            failure = await told(playing)
    except* (DomainError, StillBusy) as errors:
        failure = f"the history of the sample: {_first(errors)}"
    if failure is not None:
        click.echo(f"demo --check: {failure}", err=True)
        raise click.exceptions.Exit(WRONG)
    click.echo("demo --check: every role was played, and everything went as it should.")


async def _show(port: int, database: str | None, *, opens: bool) -> None:
    stopping = asyncio.Event()
    with stopped_by_signals(stopping):
        async with running(port=port, database=database) as playing:
            click.echo(f"The sample community is at {playing.address} (Ctrl+C ends it)")
            if opens:
                webbrowser.open(playing.address)
            await stopping.wait()


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    found: BaseException = errors
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found
