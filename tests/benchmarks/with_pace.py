"""Replies while a broadcast runs: how long a member waits, through gate and network."""

import asyncio
import time
from typing import Any

from telegram.ext import ExtBot

from community_bot.delivery.lanes import Lane
from community_bot.delivery.pacing import Pace
from handlers.gate import Gate, Turn
from handlers.transport import AiohttpRequest
from tests.benchmarks.variants import TEXT, Job

EVERY = 0.11  # seconds between two questions


async def answer_at_rest(job: Job) -> None:
    async with _bot(job) as bot:
        with job.measuring():
            await _answer(bot, job)


async def answer_during_a_broadcast(job: Job) -> None:
    async with _bot(job) as bot:
        broadcast = asyncio.create_task(_broadcast(bot))
        await asyncio.sleep(1.5)
        with job.measuring():
            await _answer(bot, job)
        broadcast.cancel()
        await asyncio.gather(broadcast, return_exceptions=True)


def _bot(job: Job) -> ExtBot[Turn]:
    return ExtBot(
        job.token(),
        base_url=f"{job.base_url}/bot",
        request=AiohttpRequest(),
        rate_limiter=Gate(Pace()),
    )


async def _answer(bot: ExtBot[Turn], job: Job) -> None:
    async def one(number: int) -> None:
        before = time.perf_counter()
        await bot.send_message(1000 + number, TEXT)
        job.latencies.append(time.perf_counter() - before)

    async with asyncio.TaskGroup() as group:
        for number in range(job.count):
            group.create_task(one(number))
            await asyncio.sleep(EVERY)


async def _broadcast(bot: ExtBot[Turn]) -> None:
    turn = Turn(Lane.BROADCAST)

    async def one(number: int) -> Any:
        return await bot.send_message(100_000 + number, TEXT, rate_limit_args=turn)

    async with asyncio.TaskGroup() as group:
        for number in range(2000):
            group.create_task(one(number))
