"""The ways of doing the same work that are measured side by side, by suite and name.

A variant is an async function that gets a Job and does its work inside `job.measuring()`, or
tells a Counted of each piece: setting up and tidying up are not counted. It runs alone in a
process that imports its module only. To add one, write the function in a module of this folder
and name it in SUITES.
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from tests.benchmarks.lean_server import token_for

IN_A_ROW = 3


@dataclass(slots=True)
class Job:
    """How much is to be done, against which server, and what was measured."""

    port: int
    run: int
    count: int
    round_trip: int
    postgres: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self) -> str:
        """Return a token for which as many updates wait as are to be counted."""
        updates = self.count + WARMING
        # Nobody writes more than three in a row: our gate lets a fourth to the same chat wait.
        chats = math.ceil(updates / IN_A_ROW)
        return token_for(self.run, updates=updates, chats=chats, round_trip=self.round_trip)

    def begin(self) -> None:
        self.seconds, self.cpu = -time.perf_counter(), -time.process_time()

    def end(self) -> None:
        self.seconds += time.perf_counter()
        self.cpu += time.process_time()

    @contextlib.contextmanager
    def measuring(self) -> Iterator[None]:
        self.begin()
        yield
        self.end()


@dataclass(frozen=True, slots=True)
class Variant:
    """Where its function is; a slow one does only a `share` of the work and holds up no other."""

    module: str
    function: str
    share: float = 1.0


OURS_SENDING = "ours: PTB + AiohttpRequest"
OURS_ON_SQLITE = "ours: full ledger, SQLite"
OURS_ON_POSTGRES = "ours: full ledger, PostgreSQL"
OURS_ECHOING = "ours: inbox, order, mark"
OUR_WHOLE_BOT = "ours: the whole bot"

SUITES: dict[str, dict[str, Variant]] = {
    "sending": {
        OURS_SENDING: Variant("with_ptb", "send_over_aiohttp"),
        OURS_ON_SQLITE: Variant("with_spine", "send_with_ledger_on_sqlite"),
        OURS_ON_POSTGRES: Variant("with_spine", "send_with_ledger_on_postgres"),
        "PTB default": Variant("with_ptb", "send_by_default", share=0.15),
        "aiogram": Variant("with_aiogram", "send"),
    },
    "echoing": {
        OURS_ECHOING: Variant("with_spine", "echo_through_inbox"),
        OUR_WHOLE_BOT: Variant("with_spine", "answer_by_the_whole_bot", share=0.2),
        "PTB default": Variant("with_ptb", "echo_by_default", share=0.08),
        "PTB concurrent": Variant("with_ptb", "echo_concurrently", share=0.5),
        "aiogram": Variant("with_aiogram", "echo"),
    },
    "me": {OUR_WHOLE_BOT: Variant("with_spine", "answer_me")},
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


WARMING = 30


class Counted:
    """Counts what has been answered: the first ones warm up, the rest is measured."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._done = 0
        self.all_done = asyncio.Event()

    def one(self) -> None:
        self._done += 1
        if self._done == WARMING:
            self._job.begin()
        if self._done == self._job.count + WARMING:
            self._job.end()
            self.all_done.set()


TEXT = "本周选品更新：三款新品已上架，点击查看。"


def callers(job: Job) -> int:
    """Return how many send at once: more of them where each has to wait for the network."""
    return 64 if job.round_trip else 16
