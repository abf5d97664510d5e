"""The demo: a local Telegram, the real bot speaking with it, and a page to play everybody."""

import asyncio
import errno
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.delivery.pacing import Pace
from community_bot.errors import ConfigError
from community_bot.ids import SecureIds
from community_bot.sandbox import control
from community_bot.sandbox.demo_config import demo_config
from community_bot.sandbox.demo_history import BEGINNING, History
from community_bot.sandbox.demo_sample import read_sample
from community_bot.sandbox.demo_stage import build
from community_bot.sandbox.demo_time import Passage
from community_bot.sandbox.limits import Limits
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Storage
from handlers.program import Program

HOST = "127.0.0.1"


class Demo:
    """The local Telegram with the sample community in it, and the bot once it is there."""

    def __init__(self) -> None:
        self.clock = ShiftedClock(-BEGINNING)
        self.sandbox = Sandbox(self.clock)
        self.sandbox.limits = Limits(seconds=self.seconds)
        self.world = self.sandbox.world
        self.stage = build(self.world, read_sample())
        self.passage: Passage | None = None
        control.attach(self.sandbox, advance=self.advance, roles=self.stage.roles)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.sandbox.port}/"

    def seconds(self) -> float:
        """Return the time of the pace: what is used up today, there is again tomorrow."""
        return time.monotonic() + self.clock.shift.total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Wait; where time is made to pass nobody waits for the pace, its time passes too."""
        if self.clock.shift < timedelta():
            self.clock.pass_(min(timedelta(seconds=seconds), -self.clock.shift))
            await asyncio.sleep(0)
        elif self.passage is not None and self.passage.is_under_way:
            self.clock.pass_(timedelta(seconds=seconds))
            await asyncio.sleep(0)
        else:
            await asyncio.sleep(seconds)

    async def advance(self, by: timedelta) -> None:
        """Let the time pass for the bot and the world together, and do what falls due."""
        if self.passage is None:
            self.clock.pass_(by)
            self.world.renew_what_is_due()
        else:
            await self.passage.over(by)

    def community(self, storage: Storage, url: str) -> Community:
        """Wire the community of the sample over a database."""
        config = demo_config(
            self.stage.sample,
            token=self.world.bot.token,
            base_url=self.sandbox.base_url,
            base_file_url=self.sandbox.base_file_url,
            owner=self.stage.owner.id,
            database=url,
        )
        return Community(config, storage=storage, clock=self.clock, ids=SecureIds())


@asynccontextmanager
async def running(*, port: int = 0, database: str | None = None) -> AsyncIterator[Demo]:
    """Start everything, bring the sample community to this day, and stop it all at the end."""
    demo = Demo()
    with tempfile.TemporaryDirectory(prefix="community-bot-demo-") as folder:
        url = database or f"sqlite:///{Path(folder) / 'community.db'}"
        async with _listening(demo.sandbox, port), _opened(url) as storage:
            community = demo.community(storage, url)
            program = Program(community, pace=Pace(monotonic=demo.seconds, sleep=demo.sleep))

            async def tick(most: timedelta | None) -> None:
                demo.world.renew_what_is_due()
                await program.ticker.once(most)

            @contextmanager
            def held() -> Iterator[None]:
                """Let nothing fall due by itself while time passes in steps."""
                program.ticker.is_held = True
                try:
                    yield
                finally:
                    program.ticker.is_held = False

            mailbox = demo.world.bot.mailbox
            demo.passage = Passage(community, demo.clock, mailbox, tick=tick, held=held)
            program.ticker.is_held = True  # from the first: the past brings its own mornings
            async with _in_motion(program):
                with held():
                    await History(community, demo.stage, demo.passage).play()
                yield demo


@asynccontextmanager
async def _listening(sandbox: Sandbox, port: int) -> AsyncIterator[None]:
    try:
        await sandbox.start(HOST, port)
    except OSError as error:
        await sandbox.stop()
        why = "is in use" if error.errno == errno.EADDRINUSE else f"fails ({error.strerror})"
        problem = f"{port} {why}: give another one, or 0 for any free one"
        raise ConfigError("--port", problem) from error
    try:
        yield
    finally:
        await sandbox.stop()


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Storage]:
    storage = Storage.open(url)
    try:
        yield storage
    finally:
        await storage.close()


@asynccontextmanager
async def _in_motion(program: Program) -> AsyncIterator[None]:
    """Keep the bot running for as long as somebody looks; then let it finish what is in hand."""
    stopping, ready = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(program.run(stopping, ready))
        await ready.wait()
        try:
            yield
        finally:
            stopping.set()
