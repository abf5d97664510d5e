"""Who floods the mentors asks nothing new for a while, is told so, and loses nothing."""

from datetime import timedelta

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.storage.unit import Storage
from community_bot.tickets.facts import Placed
from community_bot.tickets.notices import QuestionsPaused
from tests.tickets.bureau import KIM, LEO, WANG, bureau

DAY = timedelta(days=1)


async def test_who_floods_asks_nothing_new_until_then_and_is_told(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    leo, wang = await town.actor(LEO), await town.actor(WANG)
    kept, flood = await town.claimed("佣金怎么算？"), await town.asks("哈哈哈哈哈")
    await town.tickets.ending.spam(leo, ticket_id=flood.ticket_id)
    until = await town.tickets.pausing.pause(leo, ticket_id=flood.ticket_id, span=DAY)
    await town.post()

    with pytest.raises(NotAllowed):
        await town.tickets.drafting.collect(wang, said=town.said("又来了"))
    written = await town.follows_up("补充一下")

    assert [one.until for one in town.told(WANG, QuestionsPaused)] == [until]
    assert isinstance(written, Placed)
    assert written.ticket.ticket_id == kept.ticket_id
    clock.pass_(DAY)
    assert await town.tickets.drafting.collect(wang, said=town.said("可以问了吗？"))


async def test_a_pause_is_taken_back_and_starts_from_spam_alone(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, wang, ticket = await town.actor(KIM), await town.actor(WANG), await town.asks()
    pausing, number = town.tickets.pausing, ticket.ticket_id
    with pytest.raises(Invalid):
        await pausing.pause(kim, ticket_id=number, span=DAY)
    with pytest.raises(NotAllowed):
        await pausing.pause(wang, ticket_id=number, span=DAY)
    await town.tickets.ending.spam(kim, ticket_id=number)
    with pytest.raises(Invalid):
        await pausing.pause(kim, ticket_id=number, span=31 * DAY)
    with pytest.raises(NotFound):
        await pausing.resume(kim, ticket_id=number)

    await pausing.pause(kim, ticket_id=number, span=DAY)
    await pausing.resume(kim, ticket_id=number)

    assert await town.tickets.drafting.collect(wang, said=town.said("可以问了吗？"))
