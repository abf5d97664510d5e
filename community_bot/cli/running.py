"""`community-bot run`: the real bot, until it is told to stop."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import click

from community_bot import log
from community_bot.cli import checks_community, configuration
from community_bot.cli.findings import Health
from community_bot.cli.refusals import log_faults
from community_bot.config.loading import Config
from community_bot.errors import ConfigError
from community_bot.storage.engines import parse_url
from handlers.parts import Part
from handlers.program import Program

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@click.command("run")
@configuration.with_config
@click.option(
    "--role",
    "part",
    type=click.Choice([part.value for part in Part]),
    default=Part.ALL.value,
    show_default=True,
    help="What this process does, where several share one PostgreSQL behind a webhook.",
)
def run(path: Path | None, part: str) -> None:
    """Run the bot. SIGTERM and SIGINT finish what is in hand; a second one stops at once."""
    config = configuration.load(path)
    check_part(Part(part), config)
    log.set_up()
    log_faults()
    asyncio.run(_run(config, Part(part), path))


def check_part(part: Part, config: Config) -> None:
    """Refuse to share the work where it cannot be shared; raises ConfigError."""
    if part is Part.ALL:
        return
    if parse_url(config.database.url).get_backend_name() == "sqlite":
        raise ConfigError(
            "--role",
            f"{part} shares its database with other processes, which SQLite is not made for;"
            " leave --role out, or use PostgreSQL (database.url)",
        )
    if config.telegram.mode == "polling":
        raise ConfigError("--role", f'{part} works behind a webhook: set telegram.mode = "webhook"')


async def _run(config: Config, part: Part, path: Path | None) -> None:
    stopping = asyncio.Event()
    async with configuration.community(config) as community:
        community.reloading.reread = lambda: configuration.load(path)
        program = Program(community, part=part)
        # What is there now stays until the end: no collection need look through it again.
        gc.collect()
        gc.freeze()
        mode = config.telegram.mode
        logger.info("%s: starting, role %s, %s", config.community.name, part, mode)
        payees = checks_community.payees(config)
        if payees.health is Health.WRONG:
            logger.warning("%s", payees.line)
        with stopped_by_signals(stopping):
            await run_until(program, stopping)
        logger.info("%s: stopped", config.community.name)


@contextlib.contextmanager
def stopped_by_signals(stopping: asyncio.Event) -> Iterator[None]:
    """Let the first signal ask for a clean stop, and the second one end the process."""
    loop = asyncio.get_running_loop()

    def stop(number: int) -> None:
        if stopping.is_set():
            os._exit(128 + number)
        logger.info("stopping: finishing what is in hand; a second signal stops at once")
        stopping.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop, number)
    try:
        yield
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)


async def run_until(program: Program, stopping: asyncio.Event) -> None:
    """Run the program; a signal that comes while it still waits for Telegram ends it too."""
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(program.run(stopping, ready))
        watching = group.create_task(_stop_while_starting(running, stopping, ready))
        running.add_done_callback(lambda _: watching.cancel())


async def _stop_while_starting(
    running: asyncio.Task[None], stopping: asyncio.Event, ready: asyncio.Event
) -> None:
    """End a program that has nothing in hand yet."""
    await stopping.wait()
    if not ready.is_set():
        running.cancel()
