"""The program in this process and in one of its own, against a local Telegram."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from community_bot.cli.program import program
from community_bot.clock import ShiftedClock
from community_bot.sandbox.server import Sandbox

TOKEN = "123456789:SECRETSECRETSECRETSECRETSECRET0"
PROGRAM = Path(sys.executable).with_name("community-bot")


@dataclass
class Ended:
    """A process that has ended."""

    code: int
    out: str
    err: str


class Folder:
    """A folder with a configuration in it, as an operator has one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.config = path / "config.toml"

    def configure(self, *, telegram: str = "", community: str = "", rest: str = "") -> Path:
        """Write a configuration that is right but for what is said here."""
        if "listen" not in telegram:
            telegram += '\nlisten = "127.0.0.1:0"'
        text = f"""
[telegram]
{telegram if "token" in telegram else f'token = "{TOKEN}"' + chr(10) + telegram}
[community]
name = "Sellers"
owners = [1]
{community}
{rest if "[database]" in rest else f'[database]{chr(10)}url = "sqlite:///{self.path}/bot.db"{rest}'}
"""
        self.config.write_text(text, encoding="utf-8")
        return self.config

    def run(self, *args: str, **options: Any) -> Result:
        """Run a command in this process, with the configuration of this folder."""
        given = (*args, "--config", str(self.config)) if "--config" not in args else args
        return CliRunner().invoke(program, given, prog_name="community-bot", **options)

    async def start(self, *args: str, **environment: str) -> asyncio.subprocess.Process:
        """Start the program in a process of its own."""
        return await asyncio.create_subprocess_exec(
            str(PROGRAM),
            *args,
            cwd=self.path,
            env=clean() | environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def finish(self, *args: str, **environment: str) -> Ended:
        """Run the program to its end in a process of its own."""
        return await ended(await self.start(*args, **environment))


async def ended(process: asyncio.subprocess.Process) -> Ended:
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


def clean() -> dict[str, str]:
    """Return an environment in which nothing is configured."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COMMUNITY_BOT")}


def is_one_line(error: str, *, names: Sequence[str]) -> bool:
    """Say whether a mistake was said as it should be: in one line, naming these, and no secret."""
    lines = error.strip().splitlines()
    return (
        len(lines) == 1
        and lines[0].startswith("community-bot: ")
        and all(name in lines[0] for name in names)
        and "SECRET" not in error
        and "Traceback" not in error
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A local Telegram that knows our bot."""
    async with Sandbox(ShiftedClock()) as running:
        running.world.new_bot("sellers_bot", "Sellers", token=TOKEN)
        yield running


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give logging and the environment back as they were."""
    for key in [key for key in os.environ if key.startswith("COMMUNITY_BOT")]:
        monkeypatch.delenv(key)
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
