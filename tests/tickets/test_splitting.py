"""What is written without saying where it belongs: it is said where it went, and put right."""

import pytest

from community_bot.clock import StandingClock
from community_bot.delivery.message_acts import DeleteMessages
from community_bot.errors import AlreadyDone, NotFound
from community_bot.storage.unit import Storage
from community_bot.tickets.desk_notices import QuestionRecalled, TicketCard
from community_bot.tickets.facts import Opened
from community_bot.tickets.notices import FollowUpStored
from community_bot.tickets.rules import TicketState
from tests.tickets.bureau import FORUM, LEO, LI, WANG, Bureau, bureau


@pytest.fixture
async def town(storage: Storage, clock: StandingClock) -> Bureau:
    return await bureau(storage, clock)


async def guessed(town: Bureau) -> list[int]:
    """Return the messages of which the member was told where they went."""
    await town.post()
    told: list[FollowUpStored] = town.told(WANG, FollowUpStored)
    return [one.guessed_id for one in told if one.guessed_id is not None]


async def test_it_is_said_once_where_a_burst_went(town: Bureau) -> None:
    ticket = await town.asks()
    await town.placed("店铺是家居类")
    assert await guessed(town) == []  # it is still the same breath

    await town.later(minutes=5)
    await town.placed("FBA 赔偿怎么申请？")
    await town.placed("三月的货")

    assert len(await guessed(town)) == 1
    [told] = town.told(WANG, FollowUpStored)
    assert (told.ticket_id, told.promised_at) == (ticket.ticket_id, ticket.promised_at)


async def test_another_question_is_taken_out_again(town: Bureau) -> None:
    ticket = await town.claimed()
    await town.later(minutes=5)
    await town.placed("FBA 赔偿怎么申请？")
    await town.placed("三月的货")
    [number] = await guessed(town)
    before = len(town.copies(FORUM))

    draft_id = await town.tickets.splitting.split(await town.actor(WANG), ticket_message_id=number)
    await town.post()
    opened = await town.tickets.intake.submit(await town.actor(WANG), draft_id=draft_id)
    await town.post()

    assert isinstance(opened, Opened)
    assert opened.ticket.summary == "FBA 赔偿怎么申请？ 三月的货"
    assert opened.ticket.ticket_id != ticket.ticket_id
    assert len(town.told(FORUM, DeleteMessages)) == 2
    assert len(town.told(FORUM, QuestionRecalled)) == 1
    assert len(town.copies(FORUM)) == before
    assert (await town.ticket(ticket)).state is TicketState.ACTIVE
    assert await town.tickets.auditor.audit() == []


async def test_then_it_is_the_members_turn_as_before(town: Bureau) -> None:
    ticket = await town.answered()
    await town.post()
    await town.later(minutes=5)
    await town.placed("FBA 赔偿怎么申请？")
    assert (await town.ticket(ticket)).state is TicketState.ACTIVE
    [number] = await guessed(town)

    await town.tickets.splitting.split(await town.actor(WANG), ticket_message_id=number)

    now = await town.ticket(ticket)
    assert (now.state, now.due_at, now.waiting_since) == (TicketState.ANSWERED, None, None)
    assert now.resolve_at is not None


async def test_once_it_is_answered_it_stays_where_it_is(town: Bureau) -> None:
    ticket = await town.claimed()
    await town.later(minutes=5)
    await town.placed("FBA 赔偿怎么申请？")
    [number] = await guessed(town)
    await town.answers(ticket, "在后台开 case。")

    with pytest.raises(AlreadyDone):
        await town.tickets.splitting.split(await town.actor(WANG), ticket_message_id=number)


async def test_nobody_takes_out_what_is_not_theirs_or_was_taken_out(town: Bureau) -> None:
    await town.claimed()
    await town.later(minutes=5)
    await town.placed("FBA 赔偿怎么申请？")
    [number] = await guessed(town)

    for who in (LI, LEO):
        with pytest.raises(NotFound):
            await town.tickets.splitting.split(await town.actor(who), ticket_message_id=number)
    await town.tickets.splitting.split(await town.actor(WANG), ticket_message_id=number)
    with pytest.raises(NotFound):
        await town.tickets.splitting.split(await town.actor(WANG), ticket_message_id=number)


async def test_the_card_of_the_queue_says_what_was_added_and_changed(town: Bureau) -> None:
    wang = await town.actor(WANG)
    said = town.said("美国站 GPSR 需要弄吗？")
    draft = await town.tickets.drafting.collect(wang, said=said)
    await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    await town.placed("邮件说 14 天内")
    changed = town.said("英国站 GPSR 需要弄吗？")
    await town.tickets.amending.edited(
        wang, said=type(said)(chat_id=said.chat_id, message_id=said.message_id, text=changed.text)
    )
    await town.post()

    card: TicketCard = town.told(FORUM, TicketCard)[-1]
    assert (card.words, card.added) == ("英国站 GPSR 需要弄吗？", "邮件说 14 天内")
