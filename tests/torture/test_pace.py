"""Two thousand letters of the courier's, in real time, at a Telegram that counts.

How many fall into a second is asserted in virtual time (tests/handlers/test_gate.py): here a busy
machine would hold up what has left, and let it arrive together.
"""

import asyncio

import pytest

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import DeliveryState
from community_bot.membership.notices import SpaceEntered
from tests.living import Town, living

LETTERS = 2_000
EVERY, PATIENCE = 0.5, 300.0  # seconds: between two looks at how far it is, and altogether

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]


async def test_two_thousand_letters_arrive_once_each_and_none_is_refused(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        # given that Telegram counts, and a broadcast to everybody
        assert town.sandbox.limits.is_on
        people = [town.person(f"成员 {number}").id for number in range(LETTERS)]
        begun = len(town.sandbox.calls)
        async with town.community.storage.work() as unit:
            told = SpaceEntered(chat_id=1, title="群发")
            letters = [Promise(told, chat_id=who, lane=Lane.BROADCAST) for who in people]
            await town.community.outbox.put(unit, *letters)
            await unit.commit()

        # when all of it has gone out
        await sent(town, LETTERS)

        # then everybody has it once, and nothing was ever refused
        arrived = [call for call in town.sandbox.calls[begun:] if call.method == "sendMessage"]
        assert sorted(call.chat_id or 0 for call in arrived) == sorted(people)
        assert {call.outcome for call in town.sandbox.calls[begun:]} == {"ok"}


async def sent(town: Town, count: int) -> None:
    """Wait until so many letters are settled as sent."""
    for _ in range(int(PATIENCE / EVERY)):
        if (await town.community.outbox.counts()).get(DeliveryState.SENT, 0) >= count:
            return
        await asyncio.sleep(EVERY)
    raise AssertionError(await town.community.outbox.counts())
