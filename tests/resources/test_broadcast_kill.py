"""The bot is killed in the middle of a broadcast: nobody is missed, nobody gets it twice."""

import asyncio
import os
import random
from collections import Counter

import pytest

from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.ids import SecureIds
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person as Sender
from community_bot.resources.audience_rules import EVERYBODY
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Composition, Run
from community_bot.resources.rules import RunState
from community_bot.sandbox.facts import Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Storage
from tests.living import TOKEN
from tests.torture.mortal import Bot
from tests.torture.test_kill import town as people_of

RECIPIENTS = int(os.environ.get("COMMUNITY_BOT_TORTURE_RECIPIENTS", "300"))
ROUNDS = int(os.environ.get("COMMUNITY_BOT_TORTURE_ROUNDS", "8"))
SEED = int(os.environ.get("COMMUNITY_BOT_TORTURE_SEED", str(random.randrange(10**6))))
IN_FLIGHT = 160  # letters in bulk that a courier holds, at most, when it is killed
WORDS = "本周选品：三款保温杯"

pytestmark = [pytest.mark.torture, pytest.mark.timeout(2400)]


async def broadcast(database_url: str, rounds: int) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {rounds} kills, {RECIPIENTS} recipients")
    async with people_of() as (sandbox, _):
        community, admin = _community(sandbox, database_url)
        readers = await _readers(sandbox, community)
        await _post(community, admin)
        bot = Bot(sandbox, database_url)
        try:
            for _ in range(rounds):
                await bot.start()
                await until_calls(sandbox, len(sandbox.calls) + chance.randint(15, 45))
                await bot.kill()
            await bot.start()
            run = await _done(community, admin)
        finally:
            await bot.kill()
            await community.close()

        copies = Counter(
            sum(WORDS in message.text for message in sandbox.world.history(person.id))
            for person in readers
        )
    print(f"{run.tally}, copies {dict(copies)}")
    assert max(copies) == 1
    assert run.tally.all == RECIPIENTS
    assert run.tally.sent + run.tally.uncertain == RECIPIENTS
    assert run.tally.uncertain <= rounds * IN_FLIGHT
    assert copies[1] >= run.tally.sent
    assert copies[0] <= run.tally.uncertain


async def until_calls(sandbox: Sandbox, enough: int) -> None:
    async with asyncio.timeout(300):
        while len(sandbox.calls) < enough:  # noqa: ASYNC110  the server tells nobody of its calls
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
    await broadcast(sqlite_url, ROUNDS)


async def test_killed_on_postgres(postgres_url: str) -> None:
    await broadcast(postgres_url, min(ROUNDS, 3))
