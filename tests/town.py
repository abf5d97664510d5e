"""A whole community alive for a test: the real bot, speaking real HTTP to a local Telegram."""

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.config.loading import Config, parse
from community_bot.delivery.pacing import Pace
from community_bot.ids import SecureIds
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Chat, Message, Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Storage
from handlers.program import Program

IMPATIENT = 1000  # presses at once: who plays a scenario does not wait a second between two
PATIENCE = 30  # seconds until somebody who waits for an answer gives up

TIERS = [
    {"code": "guest", "name": {"zh": "访客", "en": "Guest"}, "rank": 0},
    {
        "code": "annual",
        "name": {"zh": "年度会员", "en": "Annual"},
        "rank": 10,
        "opens": ["members", "announcements"],
        "questions_per_month": 30,
        "answer_within": 4,
        "benefits": {"zh": ["导师答疑"], "en": ["Mentors answer"]},
        "plans": [{"code": "annual_year", "price": "8888.00", "years": 1}],
    },
]
MANUAL = {
    "two_person_from": "20000",
    "payees": [{"method": "alipay", "name": "同行会", "account": "pay@example.com"}],
}


class Town:
    """The people of a community, their screens and the bot between them."""

    def __init__(self, sandbox: Sandbox, community: Community, program: Program) -> None:
        self.sandbox = sandbox
        self.world = sandbox.world
        self.community = community
        self.program = program
        self.owner = self.world.people[community.config.community.owners[0]]

    def person(self, name: str, language: str = "zh-hans") -> Person:
        """Let somebody new come into the world."""
        return self.world.add_person(name, language_code=language)

    async def staff(self, name: str, role: Role) -> Person:
        """Let somebody new start the bot and be given a role."""
        person = self.person(name)
        await self.says(person, "/start")
        owner = Actor(self.owner.id, frozenset({Role.OWNER}))
        await self.community.people.give_role(owner, member_id=person.id, role=role)
        return person

    def chat(self, person: Person) -> Chat:
        return self.world.open_private(person)

    async def says(self, person: Person, text: str) -> Message:
        """Let somebody write to the bot, and return its answer."""
        seen = self._newest(person)
        self.world.send_text(person, self.chat(person), text)
        return await self.answer(person, after=seen + 1)

    async def shows(self, person: Person, picture: bytes, caption: str = "") -> Message:
        """Let somebody send a photo to the bot, and return its answer."""
        seen = self._newest(person)
        self.world.send_photo(person, self.chat(person), picture, caption=caption)
        return await self.answer(person, after=seen + 1)

    async def presses(self, person: Person, data: str) -> Message:
        """Press the newest button whose data begin so; return what the screen shows then."""
        message, button = self.button(person, data)
        before = (message.text, message.reply_markup, self._newest(person))
        query = self.world.press(person, self.chat(person), message.message_id, button)
        await self.world.until(
            lambda: (
                query.answer is not None
                and (message.text, message.reply_markup, self._newest(person)) != before
            ),
            timeout=PATIENCE,
        )
        return message if self._newest(person) == before[2] else self.last(person)

    async def toast(self, person: Person, data: str) -> str:
        """Press a button and return what is shown above the chat."""
        message, button = self.button(person, data)
        query = self.world.press(person, self.chat(person), message.message_id, button)
        await self.world.until(lambda: query.answer is not None, timeout=PATIENCE)
        return query.answer.text if query.answer else ""

    def button(self, person: Person, data: str) -> tuple[Message, str]:
        """Find the newest button with data that begin so on somebody's screen."""
        for message in reversed(self.world.history(self.chat(person))):
            for key in keys_of(message):
                if str(key.get("callback_data", "")).startswith(data):
                    return message, str(key["callback_data"])
        raise LookupError(f"{person.first_name} sees no button {data}")

    async def answer(self, person: Person, *, after: int) -> Message:
        """Wait for a message of the bot's behind a number."""
        await self.world.until(
            lambda: self._newest(person) > after and self.last(person).sender is self.world.bot,
            timeout=PATIENCE,
        )
        return self.last(person)

    async def told(self, person: Person, words: str) -> Message:
        """Wait until somebody has been told something with these words in it."""
        await self.world.until(lambda: self._with(person, words) is not None, timeout=PATIENCE)
        found = self._with(person, words)
        if found is None:
            raise LookupError(words)
        return found

    def last(self, person: Person) -> Message:
        return self.world.last(self.chat(person))

    def _with(self, person: Person, words: str) -> Message | None:
        for message in reversed(self.world.history(self.chat(person))):
            if message.sender is self.world.bot and words in said(message):
                return message
        return None

    def _newest(self, person: Person) -> int:
        return max((one.message_id for one in self.world.history(self.chat(person))), default=0)


@asynccontextmanager
async def living(
    database_url: str, *, clock: ShiftedClock | None = None, limits: bool = False, **sections: Any
) -> AsyncIterator[Town]:
    """Let a community live for the length of a test; `sections` are of config.toml."""
    clock = clock or ShiftedClock()
    async with Sandbox(clock, limits=limits) as sandbox:
        owner = sandbox.world.add_person("苏总", language_code="zh-hans")
        config = config_for(sandbox, owner.id, database_url, **sections)
        community = Community(
            config, storage=Storage.open(database_url), clock=clock, ids=SecureIds()
        )
        async with running(community) as program:
            yield Town(sandbox, community, program)


@asynccontextmanager
async def running(community: Community) -> AsyncIterator[Program]:
    """Run the bot until the block ends, and stop it cleanly."""
    program = Program(community, pace=Pace(chat_burst=IMPATIENT))
    stopping, ready = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(program.run(stopping, ready))
        await ready.wait()
        try:
            yield program
        finally:
            stopping.set()
    await community.close()


def config_for(sandbox: Sandbox, owner: int, database_url: str, **sections: Any) -> Config:
    return parse(
        {
            "telegram": {
                "token": sandbox.world.bot.token,
                "base_url": sandbox.base_url,
                "base_file_url": sandbox.base_file_url,
                "listen": "127.0.0.1:0",
            },
            "community": {"name": "同行会", "owners": [owner]},
            "database": {"url": database_url},
            "calendar": {"holidays": "none"},  # no letter about next year comes in between
            "tiers": TIERS,
            "payments": {"manual": MANUAL},
            **sections,
        }
    )


def said(message: Message) -> str:
    """Return the words of a message, under a picture or not."""
    return str(message.content.get("text") or message.content.get("caption") or "")


def keys_of(message: Message) -> list[dict[str, Any]]:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    return [key for row in rows for key in row]


def picture(shade: int = 170) -> bytes:
    """Return a small PNG; another shade is another picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 200, 300, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade]) * 200) * 300)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
