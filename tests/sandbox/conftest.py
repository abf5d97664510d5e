"""A local Telegram, a raw client to it, and PTB's own Bot, which must understand every answer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from community_bot.clock import StandingClock
from community_bot.sandbox.facts import Chat, Person
from community_bot.sandbox.server import Sandbox
from community_bot.sandbox.world import World

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@dataclass
class Api:
    """Calls the server with nothing but HTTP."""

    session: aiohttp.ClientSession
    sandbox: Sandbox

    async def __call__(self, method: str, **values: Any) -> Any:
        """Return the result, or the whole refusal."""
        answer = await self.ask(method, **values)
        return answer["result"] if answer["ok"] else answer

    async def ask(self, method: str, **values: Any) -> Any:
        url = f"{self.sandbox.base_url}{self.sandbox.world.bot.token}/{method}"
        async with self.session.post(url, json=values) as response:
            return await response.json()

    async def updates(self, **values: Any) -> list[Any]:
        found: list[Any] = await self("getUpdates", **values)
        if found and isinstance(found, list):
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


@dataclass
class Town:
    """A small world: a member, an owner, their private chats, a forum and a channel."""

    world: World
    member: Person
    owner: Person
    private: Chat
    forum: Chat
    channel: Chat
    group: Chat


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
async def sandbox(clock: StandingClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock, limits=False) as running:
        yield running


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, sandbox)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(
        sandbox.world.bot.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url
    ) as running:
        yield running


@pytest.fixture
def town(sandbox: Sandbox) -> Town:
    world = sandbox.world
    member, owner = world.add_person("李雷", username="lilei"), world.add_person("韩梅梅")
    forum = world.add_supergroup("卖家问答", owner, forum=True)
    channel, group = world.add_channel("资料更新", owner), world.add_group("小群", owner)
    everything = (
        "can_delete_messages",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
        "can_manage_tags",
        "can_post_messages",
        "can_edit_messages",
    )
    for place in (forum, channel):
        world.add_bot(owner, place, everything)
    world.add_bot(owner, group)
    private = world.open_private(member)
    world.bot.mailbox.pending.clear()
    return Town(world, member, owner, private, forum, channel, group)
