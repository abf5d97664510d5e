"""The bot is killed in the middle of a broadcast: nobody is missed, nobody gets it twice.

Whoever sends commits the intent before a letter leaves, so what was in flight when it was killed
is known to a letter: these are the uncertain ones, and no others.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.courier import BULK, LEASE, MOST
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState
from community_bot.ids import SecureIds
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person as Sender
from community_bot.resources.audience_rules import EVERYBODY
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Composition, Run
from community_bot.resources.post_rows import CopyRow
from community_bot.resources.rules import CopyState, RunState
from community_bot.sandbox.facts import Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.rows import LeaseRow
from community_bot.storage.unit import Storage
from tests.living import TOKEN
from tests.torture.mortal import Bot
from tests.torture.test_kill import town as people_of

RECIPIENTS = int(os.environ.get("COMMUNITY_BOT_TORTURE_RECIPIENTS", "300"))
ROUNDS = int(os.environ.get("COMMUNITY_BOT_TORTURE_ROUNDS", "8"))
SEED = int(os.environ.get("COMMUNITY_BOT_TORTURE_SEED", str(random.randrange(10**6))))
TERM = 60.0  # seconds of a lease, as operators have it
TURN = 8.0  # seconds of sending between two kills, where there is a second process
WORDS = "本周选品：三款保温杯"

pytestmark = [pytest.mark.torture, pytest.mark.timeout(2400)]


async def broadcast(database_url: str) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {ROUNDS} kills, {RECIPIENTS} recipients")
    async with people_of() as (sandbox, _):
        community, admin = _community(sandbox, database_url)
        readers = await _readers(sandbox, community)
        await _post(community, admin)
        bot, in_flight = Bot(sandbox, database_url), 0
        try:
            for _ in range(ROUNDS):
                await bot.start()
                enough = len(sandbox.calls) + chance.randint(15, 45)
                await until(lambda: len(sandbox.calls) >= enough, 300)  # noqa: B023
                await bot.kill()
                in_flight += await _in_flight(community)
            await bot.start()
            run = await _done(community, admin)
        finally:
            await bot.kill()
            await community.close()
        _check(run, _copies(sandbox, readers), in_flight)
    assert run.tally.uncertain == in_flight


class Pair:
    """Two processes over one database; one of them sends, the other stands by."""

    def __init__(self, sandbox: Sandbox, community: Community, database_url: str) -> None:
        pace = {"bulk_per_second": min(29.0, RECIPIENTS / (ROUNDS * TURN))}
        self.sandbox, self.community = sandbox, community
        self.bots = [Bot(sandbox, database_url, TERM, delivery=pace) for _ in range(2)]

    async def start(self) -> None:
        for bot in self.bots:
            await bot.start()
        async with asyncio.timeout(300):
            while not await self._sender():  # noqa: ASYNC110  a row of the database
                await asyncio.sleep(0.05)

    async def kill_sender(self) -> int:
        """Kill who sends, see the other go on within the lease; return what was in flight."""
        (dying,) = await self._sender()
        await dying.kill()
        in_flight = await _in_flight(self.community)
        async with asyncio.timeout(TERM):
            while await self._sender() in ([], [dying]):  # noqa: ASYNC110  a row of the database
                await asyncio.sleep(0.05)
        await dying.start()
        return in_flight

    async def kill(self) -> None:
        for bot in self.bots:
            await bot.kill()

    async def _sender(self) -> list[Bot]:
        """Return the process that holds the courier's lease."""
        async with self.community.storage.read() as session:
            owner = await session.scalar(sa.select(LeaseRow.owner).where(LeaseRow.name == LEASE))
        pid = int((owner or "|0").split("|")[1])
        return [bot for bot in self.bots if bot.process is not None and bot.process.pid == pid]


async def handed_over(database_url: str) -> None:
    """Let one of two processes send and kill it, again and again; then send the uncertain again."""
    chance = random.Random(SEED)
    print(f"seed {SEED}, {ROUNDS} kills, {RECIPIENTS} recipients")
    async with people_of() as (sandbox, _):
        community, admin = _community(sandbox, database_url)
        readers = await _readers(sandbox, community)
        await _post(community, admin)
        # Some are killed before Telegram has the letter, some before its answer is here.
        sandbox.faults.hang_after(1.0, method="sendMessage", times=None, chance=0.5)
        sandbox.faults.hang_before(1.0, method="sendMessage", times=None)
        pair, in_flight, share = Pair(sandbox, community, database_url), 0, RECIPIENTS // ROUNDS
        try:
            await pair.start()
            for _ in range(ROUNDS):
                # From where this turn begins: what died before Telegram had it is nobody's copy.
                enough = len(_copies(sandbox, readers)) + chance.randint(1, share // 2)
                await until(lambda: len(_copies(sandbox, readers)) >= enough, 300)  # noqa: B023
                await until(lambda: _hanging(sandbox), 300)
                in_flight += await pair.kill_sender()
            run = await _done(community, admin)
            _check(run, _copies(sandbox, readers), in_flight)
            sandbox.faults.clear()
            await _send_again(sandbox, community, run, readers)
        finally:
            await pair.kill()
            await community.close()


def _check(run: Run, copies: Counter[int], in_flight: int) -> None:
    print(f"{run.tally}, copies {sorted(Counter(copies.values()).items())}, {in_flight} in flight")
    assert max(copies.values()) == 1
    assert run.tally.all == RECIPIENTS
    assert run.tally.sent + run.tally.uncertain == RECIPIENTS
    assert run.tally.sent <= len(copies)
    assert run.tally.uncertain <= in_flight <= ROUNDS * MOST[BULK]


async def _send_again(
    sandbox: Sandbox, community: Community, run: Run, readers: list[Person]
) -> None:
    """Press once what the report offers: who is uncertain gets it, and nobody else."""
    before, uncertain = _copies(sandbox, readers), await _uncertain(community)
    assert len(uncertain) == run.tally.uncertain > 0

    await _press(sandbox, f"run:report:{run.run_id}")
    await _press(sandbox, f"run:again:{run.run_id}:unknown")

    expected = before + Counter(uncertain)
    await until(lambda: _copies(sandbox, readers) >= expected, 120)
    assert _copies(sandbox, readers) == expected


async def _press(sandbox: Sandbox, data: str) -> None:
    """Wait until the owner is offered a button, and press it."""
    owner = next(iter(sandbox.world.people.values()))

    def offered() -> list[tuple[int, str]]:
        return [
            (message.message_id, str(key["callback_data"]))
            for message in sandbox.world.history(owner.id)
            for row in message.buttons
            for key in row
            if str(key.get("callback_data", "")).startswith(data)
        ]

    await until(offered, 60)
    message_id, button = offered()[-1]
    sandbox.world.press(owner, owner.id, message_id, button)


def _copies(sandbox: Sandbox, readers: list[Person]) -> Counter[int]:
    """Count how often each of the readers can read it."""
    return Counter(
        person.id
        for person in readers
        for message in sandbox.world.history(person.id)
        if WORDS in message.text
    )


async def _in_flight(community: Community) -> int:
    """Count the letters that had begun when their sender was killed and nobody has decided on."""
    async with community.storage.read() as session:
        found = await session.scalar(
            sa.select(sa.func.count()).where(
                DeliveryRow.kind == "post", DeliveryRow.state == DeliveryState.SENDING
            )
        )
    return found or 0


async def _uncertain(community: Community) -> set[int]:
    async with community.storage.read() as session:
        found = sa.select(CopyRow.chat_id).where(CopyRow.state == CopyState.UNKNOWN)
        return set(await session.scalars(found))


def _hanging(sandbox: Sandbox) -> int:
    """Count the messages that have come to Telegram and are not answered yet."""
    begun = sum(fault.met for fault in sandbox.faults.arranged)
    return begun - sum(one.method == "sendMessage" for one in sandbox.calls)


async def until(holds: Callable[[], object], patience: float) -> None:
    async with asyncio.timeout(patience):
        while not holds():  # noqa: ASYNC110  the server tells nobody of its calls
            await asyncio.sleep(0.003)


def _community(sandbox: Sandbox, database_url: str) -> tuple[Community, Actor]:
    owner = next(iter(sandbox.world.people))
    config = parse(
        {
            "telegram": {"token": TOKEN, "base_url": sandbox.base_url},
            "community": {"name": "出海人", "owners": [owner]},
            "database": {"url": database_url},
            "posts": {"two_person_from": 0},
        }
    )
    community = Community(
        config, storage=Storage.open(database_url), clock=SystemClock(), ids=SecureIds()
    )
    return community, Actor(owner, frozenset({Role.OWNER}))


async def _readers(sandbox: Sandbox, community: Community) -> list[Person]:
    readers = [sandbox.world.add_person(f"读者{number}") for number in range(RECIPIENTS)]
    for person in readers:
        sandbox.world.open_private(person)
        await community.people.meet(Sender(person.id, person.first_name, None, None))
    return readers


async def _post(community: Community, admin: Actor) -> None:
    composing = community.resources.composing
    post = await composing.begin(admin, Composition(Content(WORDS), audience=EVERYBODY))
    preview = await composing.preview(admin, post_id=post.post_id)
    await community.resources.posts.confirm(admin, post_id=post.post_id, mark=preview.mark)


async def _done(community: Community, admin: Actor) -> Run:
    for _ in range(RECIPIENTS + 300):
        (run,) = await community.resources.steering.newest(admin)
        if run.state is RunState.DONE:
            return run
        await asyncio.sleep(0.2)
    raise AssertionError(run)


async def test_killed_again_and_again_on_sqlite(sqlite_url: str) -> None:
    await broadcast(sqlite_url)


async def test_killed_again_and_again_on_postgres(postgres_url: str) -> None:
    await broadcast(postgres_url)


async def test_a_second_process_goes_on_each_time_the_sender_is_killed(postgres_url: str) -> None:
    await handed_over(postgres_url)
