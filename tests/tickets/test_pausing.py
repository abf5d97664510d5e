"""Who floods the mentors asks nothing new for a while, is told so, and loses nothing."""

from datetime import timedelta

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.storage.unit import Storage
from community_bot.tickets.facts import Opened, Over, Placed
from community_bot.tickets.notices import QuestionOver, QuestionsPaused
from community_bot.tickets.rules import DraftState
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

    draft = await town.tickets.drafting.collect(wang, said=town.said("又来了"))
    over = await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    written = await town.follows_up("补充一下")

    assert [one.until for one in town.told(WANG, QuestionsPaused)] == [until]
    assert isinstance(over, Over)
    assert (over.draft.state, over.allowance.paused_until) == (DraftState.KEPT, until)
    assert isinstance(written, Placed)
    assert written.ticket.ticket_id == kept.ticket_id
    clock.pass_(DAY)
    opened = await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    assert isinstance(opened, Opened)
    assert opened.ticket.summary == "又来了"


async def test_what_was_written_when_a_pause_began_is_kept_and_handed_in_after_it(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    leo, wang = await town.actor(LEO), await town.actor(WANG)
    flood = await town.asks("哈哈哈哈哈")
    await town.tickets.ending.spam(leo, ticket_id=flood.ticket_id)
    draft = await town.tickets.drafting.collect(wang, said=town.said("佣金怎么算？"))
    await town.tickets.pausing.pause(leo, ticket_id=flood.ticket_id, span=DAY)

    await town.later(seconds=100)
    await town.post()
    told: QuestionOver = town.told(WANG, QuestionOver)[-1]
    await town.tickets.shelving.next_month(wang, draft_id=draft.draft_id)
    await town.later(hours=20)
    early = (await town.tickets.views.own(wang)).total
    await town.later(hours=5)

    assert (told.draft.draft_id, told.draft.words) == (draft.draft_id, "佣金怎么算？")
    assert told.allowance.paused_until is not None
    assert (early, (await town.tickets.views.own(wang)).total) == (1, 2)


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
    meanwhile = await town.tickets.drafting.collect(wang, said=town.said("上一条发错了"))
    await town.tickets.intake.submit(wang, draft_id=meanwhile.draft_id)
    await pausing.resume(kim, ticket_id=number)
    await town.post()

    assert [(one.until is None, one.kept) for one in town.told(WANG, QuestionsPaused)] == [
        (False, 0),
        (True, 1),
    ]
    assert await town.tickets.drafting.collect(wang, said=town.said("可以问了吗？"))
