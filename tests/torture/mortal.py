"""The bot in a process of its own, which can be killed as a power cut would, and started again."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

from community_bot.sandbox.server import Sandbox
from tests.living import TOKEN

ROOT = Path(__file__).resolve().parents[2]


class Bot:
    """The bot's process; it can be killed and started again."""

    def __init__(
        self, sandbox: Sandbox, database_url: str, term: float = 60, **sections: Any
    ) -> None:
        owner = next(iter(sandbox.world.people))
        self.config = {
            "telegram": {
                "token": TOKEN,
                "base_url": sandbox.base_url,
                "listen": "127.0.0.1:0",
                "base_file_url": sandbox.base_file_url,
            },
            "community": {"name": "出海人", "owners": [owner]},
            "database": {"url": database_url},
            **sections,
        }
        self._facts = json.dumps({"config": self.config, "term": term})
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.torture.runner", self._facts, cwd=ROOT
        )

    def send(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()


async def until_calls(sandbox: Sandbox, enough: int) -> None:
    async with asyncio.timeout(8):
        while len(sandbox.calls) < enough:  # noqa: ASYNC110  the server tells nobody of its calls
            await asyncio.sleep(0.003)
