import asyncio
import time
from collections.abc import Callable
from statistics import quantiles

import pytest

from community_bot.delivery.lanes import Lane
from community_bot.delivery.pacing import Pace
from tests.benchmarks.rounds import run_suite
from tests.delivery.virtual_time import in_virtual_time

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


async def admitted(pace: Pace, clock: Callable[[], float], messages: int) -> list[float]:
    """Return when each of so many queued messages to different chats may leave."""
    times: list[float] = []

    async def one(chat_id: int) -> None:
        await pace.admit(chat_id, Lane.BROADCAST)
        times.append(clock())

    async with asyncio.TaskGroup() as group:
        for chat_id in range(messages):
            group.create_task(one(chat_id))
    return times


def line(title: str, times: list[float]) -> str:
    rate = (len(times) - 1) / (times[-1] - times[0])
    most = max(sum(1 for at in times if start <= at < start + 0.9999) for start in times)
    return f"{title}: {rate:.2f} a second (28.5 to 29.5), at most {most} in any second (32)"


def test_pace_of_ten_thousand_in_virtual_time() -> None:
    async def story() -> list[float]:
        clock = asyncio.get_running_loop().time
        return await admitted(Pace(monotonic=clock), clock, 10_000)

    before = time.process_time()
    times = in_virtual_time(story())
    took = time.process_time() - before

    print("\n" + line("10,000 queued, virtual time", times))
    print(f"{len(times) / 29:.0f} s of sending cost {1e6 * took / len(times):.0f} µs CPU each")


async def test_pace_in_real_time() -> None:
    times = await admitted(Pace(), time.monotonic, 300)

    print("\n" + line("300 queued, real time", times))


def test_answers_during_a_broadcast() -> None:
    figures = run_suite("answering", count=60, round_trip=60)

    at_rest, busy = ([wait for run in runs for wait in run.latencies] for runs in figures.values())
    for name, waits in (("at rest", at_rest), ("during a broadcast", busy)):
        cuts = quantiles(waits, n=100)
        print(f"answer {name:18}: p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms")
    reached = quantiles(busy, n=100)[98] / quantiles(at_rest, n=100)[98]
    print(f"p99 during / at rest: {reached:.2f} (to reach: at most 1.3)")
