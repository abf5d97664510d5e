"""Tickets that nobody has go under another topic, and what the desk says of itself."""

from datetime import timedelta

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, Invalid
from community_bot.storage.unit import Storage
from community_bot.tickets.auditor import Checkup
from community_bot.tickets.desk_notices import TicketCard
from community_bot.tickets.escalation_notices import TicketOffered
from community_bot.tickets.rules import TicketState
from tests.tickets.bureau import AMY, FORUM, KIM, LEO, bureau


async def test_a_ticket_that_nobody_has_goes_under_another_topic_and_is_offered_there(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, mentors = await town.actor(KIM), town.tickets.mentors
    await mentors.set_skills(kim, mentor_id=AMY, topics=["tax"])
    await mentors.set_skills(kim, mentor_id=LEO, topics=["ads"])
    ticket = await town.asks("广告怎么投？")

    moved = await town.tickets.claiming.move(kim, ticket_id=ticket.ticket_id, topic="tax")
    await town.later(hours=1, minutes=45)  # before the pause at noon
    await town.tickets.sweep(clock.now())
    await town.post()

    assert (moved.topic, moved.state, moved.due_at) == ("tax", TicketState.QUEUED, ticket.due_at)
    assert town.told(FORUM, TicketCard)[-1].topic == "tax"
    assert len(town.told(AMY, TicketOffered)) == 1
    assert town.told(LEO, TicketOffered) == []


async def test_only_a_ticket_that_nobody_has_is_moved_and_only_to_a_topic_that_there_is(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, waiting = await town.actor(KIM), await town.asks()
    with pytest.raises(Invalid):
        await town.tickets.claiming.move(kim, ticket_id=waiting.ticket_id, topic="weather")
    leo = await town.actor(LEO)
    await town.tickets.claiming.claim(leo, ticket_id=waiting.ticket_id)

    with pytest.raises(AlreadyDone):
        await town.tickets.claiming.move(kim, ticket_id=waiting.ticket_id, topic="tax")

    assert (await town.ticket(waiting)).topic == waiting.topic


async def test_the_desk_says_whether_anything_is_amiss(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    await town.answered()
    await town.post()
    assert await town.tickets.auditor.check() == Checkup(lost=0, stuck=0, clocks=0)

    await town.asks()
    clock.pass_(timedelta(hours=1))  # and nothing leaves

    checkup = await town.tickets.auditor.check()
    assert (checkup.lost, checkup.clocks, checkup.is_well) == (0, 0, False)
    assert checkup.stuck > 0
