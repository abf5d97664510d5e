"""The ways of doing the same work that are measured side by side, by suite and name.

A variant is an async function that gets a Job and does its work inside `job.measuring()`:
setting up and tidying up are not counted. It runs alone in a process that imports its module
only. To add one, write the function in a module of this folder and name it in SUITES.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from tests.benchmarks.lean_server import token_for


@dataclass(slots=True)
class Job:
    """How much is to be done, against which server, and what was measured."""

    port: int
    run: int
    count: int
    round_trip: int
    seconds: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self, *, updates: int = 0) -> str:
        return token_for(
            self.run, updates=updates, chats=max(updates // 5, 1), round_trip=self.round_trip
        )

    @contextlib.contextmanager
    def measuring(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds = time.perf_counter() - wall
        self.cpu = time.process_time() - cpu


@dataclass(frozen=True, slots=True)
class Variant:
    """Where its function is; a slow one does only a `share` of the work and holds up no other."""

    module: str
    function: str
    share: float = 1.0


OURS_SENDING = "ours: PTB + AiohttpRequest"

SUITES: dict[str, dict[str, Variant]] = {
    "sending": {
        OURS_SENDING: Variant("with_ptb", "send_over_aiohttp"),
        "PTB default": Variant("with_ptb", "send_by_default", share=0.15),
        "aiogram": Variant("with_aiogram", "send"),
    },
    "echoing": {
        "PTB default": Variant("with_ptb", "echo_by_default", share=0.1),
        "PTB concurrent": Variant("with_ptb", "echo_concurrently", share=0.2),
        "aiogram": Variant("with_aiogram", "echo"),
    },
    "answering": {
        "nothing else": Variant("with_pace", "answer_at_rest"),
        "a broadcast": Variant("with_pace", "answer_during_a_broadcast"),
    },
}


async def side_by_side(count: int, callers: int, call: Callable[[int], Awaitable[object]]) -> None:
    """Make `count` calls, so many at a time."""
    numbers = iter(range(count))

    async def caller() -> None:
        for number in numbers:
            await call(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(caller())


class Counted:
    """Fires when so many have been answered."""

    def __init__(self, most: int) -> None:
        self._left = most
        self.all_done = asyncio.Event()

    def one(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.all_done.set()


TEXT = "本周选品更新：三款新品已上架，点击查看。"


def callers(job: Job) -> int:
    """Return how many send at once: more of them where each has to wait for the network."""
    return 64 if job.round_trip else 16
