"""A bot alive in a town: the whole program over a local Telegram, driven as people would."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from community_bot.clock import Clock, ShiftedClock
from community_bot.community import Community
from community_bot.config.loading import Config, parse
from community_bot.ids import CountingIds
from community_bot.inbox.rules import UpdateState
from community_bot.sandbox.facts import Chat, Message, Person
from community_bot.sandbox.server import Sandbox
from community_bot.sandbox.world import World
from community_bot.storage import leases
from community_bot.storage.unit import Storage
from handlers.program import Program

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ-living"
PATIENCE = 8.0  # seconds that a test waits for what must happen


@dataclass
class Town:
    """The people, their Telegram, and the bot that lives among them."""

    sandbox: Sandbox
    community: Community
    program: Program
    owner: Person
    clock: Clock
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def world(self) -> World:
        return self.sandbox.world

    def person(self, name: str, language: str = "zh-hans") -> Person:
        """Let somebody come to town who has opened the chat with the bot."""
        somebody = self.world.add_person(name, language_code=language)
        self.world.open_private(somebody)
        return somebody

    def says(
        self, person: Person, text: str, chat: Chat | int | None = None, *, topic: int | None = None
    ) -> Message:
        """Write something: to the bot, or into a chat."""
        return self.world.send_text(person, chat or person.id, text, topic=topic)

    def heard(self, person: Person, chat: Chat | int | None = None) -> list[Message]:
        """Return what the bot has said to somebody, or in a chat, oldest first."""
        history = self.world.history(chat or person.id)
        return [message for message in history if message.sender is self.world.bot]

    async def told(
        self, person: Person, words: str, chat: Chat | int | None = None, *, times: int = 1
    ) -> Message:
        """Wait until the bot has said these words, and return the message."""

        def found() -> list[Message]:
            return [message for message in self.heard(person, chat) if words in message.text]

        await self.until(lambda: len(found()) >= times)
        return found()[-1]

    async def presses(self, person: Person, message: Message, button: str) -> str:
        """Press a button by what it says or carries; return the toast that came."""
        query = self.world.press(person, message.chat, message.message_id, button)
        await self.until(lambda: query.answer is not None)
        return query.answer.text or "" if query.answer else ""

    async def until(self, holds: Callable[[], object]) -> None:
        await self.world.until(holds, timeout=PATIENCE)

    async def settled(self, state: UpdateState, count: int) -> None:
        """Wait until so many updates are in this state."""
        for _ in range(int(PATIENCE / 0.02)):
            if (await self.community.inbox.counts()).get(state, 0) >= count:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(await self.community.inbox.counts())


def config_for(sandbox: Sandbox, database_url: str, owner: int, **sections: Any) -> Config:
    """Return the configuration of a bot in this Telegram; sections are laid over it."""
    raw: dict[str, Any] = {
        "telegram": {
            "token": TOKEN,
            "base_url": sandbox.base_url,
            "base_file_url": sandbox.base_file_url,
            "listen": "127.0.0.1:0",
        },
        "community": {"name": "出海人", "owners": [owner]},
        "database": {"url": database_url},
        "calendar": {"holidays": "none"},  # no letter about next year comes in between
    }
    for name, section in sections.items():
        together = isinstance(section, Mapping) and isinstance(raw.get(name), Mapping)
        raw[name] = {**raw[name], **section} if together else section
    return parse(raw)


@asynccontextmanager
async def living(
    database_url: str,
    *,
    clock: Clock | None = None,
    sandbox: Sandbox | None = None,
    term: timedelta = leases.TERM,
    **sections: Any,
) -> AsyncIterator[Town]:
    """Let the bot live over this database until the block ends, then stop it cleanly."""
    if sandbox is None:
        async with (
            telegram(clock or ShiftedClock()) as built,
            living(database_url, clock=clock, sandbox=built, term=term, **sections) as town,
        ):
            yield town
        return
    time = clock or sandbox.world.clock
    owner = next(iter(sandbox.world.people.values()))
    config = config_for(sandbox, database_url, owner.id, **sections)
    community = Community(
        config, storage=Storage.open(config.database.url), clock=time, ids=CountingIds()
    )
    town = Town(sandbox, community, Program(community, term=term), owner, time)
    ready = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(town.program.run(town.stopping, ready))
            await ready.wait()
            try:
                yield town
            finally:
                town.stopping.set()
    finally:
        await community.close()


@asynccontextmanager
async def telegram(clock: Clock) -> AsyncIterator[Sandbox]:
    """Open a local Telegram with our bot and its owner in it, and nobody else."""
    async with Sandbox(clock) as sandbox:
        sandbox.world.bots.clear()
        sandbox.world.new_bot("community_bot", "社群助手", token=TOKEN)
        owner = sandbox.world.add_person("群主")
        sandbox.world.open_private(owner)
        yield sandbox
