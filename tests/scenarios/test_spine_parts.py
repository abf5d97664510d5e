"""Several processes share the work: one takes in, one handles, one sends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.ids import CountingIds
from community_bot.inbox.rules import UpdateState
from community_bot.membership.notices import SpaceEntered
from community_bot.sandbox.facts import Message, Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Storage
from handlers.parts import Part
from handlers.program import Program
from tests.handlers.network import free_port
from tests.living import config_for, telegram

pytestmark = pytest.mark.postgres


@asynccontextmanager
async def sharing(sandbox: Sandbox, url: str, *parts: Part, port: int) -> AsyncIterator[Community]:
    """Run these parts beside each other, each over its own community, as processes of their own."""
    owner = next(iter(sandbox.world.people))
    stopping = asyncio.Event()
    communities = []
    async with asyncio.TaskGroup() as group:
        for part in parts:
            webhook = {
                "mode": "webhook",
                "webhook_url": f"http://127.0.0.1:{port}",
                "listen": f"127.0.0.1:{port if part is Part.INGEST else 0}",
                "secret": "only-telegram-knows",
            }
            config = config_for(sandbox, url, owner, telegram=webhook)
            storage = Storage.open(url)
            ids = CountingIds()
            clock = sandbox.world.clock
            communities.append(Community(config, storage=storage, clock=clock, ids=ids))
            ready = asyncio.Event()
            group.create_task(Program(communities[-1], part=part).run(stopping, ready))
            await ready.wait()
        try:
            yield communities[0]
        finally:
            stopping.set()
    for community in communities:
        await community.close()


def heard(sandbox: Sandbox, person: Person) -> list[Message]:
    history = sandbox.world.history(person.id)
    return [message for message in history if message.sender is sandbox.world.bot]


async def test_what_one_process_takes_in_is_answered_by_another(postgres_url: str) -> None:
    async with telegram(ShiftedClock()) as sandbox:
        wang = sandbox.world.add_person("小王", language_code="zh-hans")
        sandbox.world.open_private(wang)

        async with sharing(sandbox, postgres_url, Part.WORKER, Part.INGEST, port=free_port()):
            sandbox.world.send_text(wang, wang.id, "/start")
            await sandbox.world.until(lambda: heard(sandbox, wang), timeout=8)

        assert "出海人" in heard(sandbox, wang)[0].text


async def test_what_is_taken_in_waits_for_whoever_handles_it(postgres_url: str) -> None:
    async with telegram(ShiftedClock()) as sandbox:
        wang = sandbox.world.add_person("小王", language_code="zh-hans")
        sandbox.world.open_private(wang)
        async with sharing(sandbox, postgres_url, Part.INGEST, port=free_port()) as community:
            sandbox.world.send_text(wang, wang.id, "/start")
            for _ in range(400):
                if await community.inbox.counts():
                    break
                await asyncio.sleep(0.02)
            kept = await community.inbox.counts()

        async with sharing(sandbox, postgres_url, Part.WORKER, port=free_port()):
            await sandbox.world.until(lambda: heard(sandbox, wang), timeout=8)

        assert kept == {UpdateState.PENDING: 1}
        assert len(heard(sandbox, wang)) == 1


async def test_what_is_promised_waits_for_the_sender(postgres_url: str) -> None:
    async with telegram(ShiftedClock()) as sandbox:
        wang = sandbox.world.add_person("小王", language_code="zh-hans")
        sandbox.world.open_private(wang)
        async with sharing(sandbox, postgres_url, Part.WORKER, port=free_port()) as community:
            async with community.storage.work() as unit:
                entered = SpaceEntered(chat_id=1, title="会员群")
                await community.outbox.put(unit, Promise(entered, wang.id, Lane.NOTICE))
                await unit.commit()
            await asyncio.sleep(0.3)
            before = heard(sandbox, wang)

        async with sharing(sandbox, postgres_url, Part.SENDER, port=free_port()):
            await sandbox.world.until(lambda: heard(sandbox, wang), timeout=8)

        assert before == []
        assert "会员群" in heard(sandbox, wang)[0].text


async def test_each_process_says_how_it_is_and_only_one_is_called(postgres_url: str) -> None:
    port = free_port()
    async with (
        telegram(ShiftedClock()) as sandbox,
        sharing(sandbox, postgres_url, Part.INGEST, port=port),
        aiohttp.ClientSession() as session,
    ):
        async with session.get(f"http://127.0.0.1:{port}/readyz") as ready:
            assert ready.status == 200
        assert sandbox.world.bot.mailbox.webhook is not None
