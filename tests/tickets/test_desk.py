"""The desk: one owner a ticket, answers to the right member alone, and true words about both."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.delivery.letters import Promise
from community_bot.delivery.message_acts import DeleteMessages, EditPiece, Pin, React
from community_bot.delivery.parcels import Copies
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.topic_acts import OpenTopic
from community_bot.errors import AlreadyDone, BadContent, Invalid, NotAllowed, NotFound
from community_bot.membership.notices import SpaceEntered
from community_bot.storage.unit import Storage
from community_bot.tickets.desk_notices import (
    AnswerFailed,
    FollowUpCame,
    MemberBack,
    MemberLost,
    QuestionEdited,
    TicketCard,
    TicketTransferred,
)
from community_bot.tickets.facts import Said
from community_bot.tickets.notices import AnswerFooter, AnswerHeading
from community_bot.tickets.rules import MessageKind, TicketState
from tests.tickets.bureau import AMY, BLOCKED, FORUM, GROUP, KIM, LEO, LI, WANG, bureau


async def test_many_claims_at_once_make_one_owner_each(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    mine = [await town.asks(f"问题 {number}") for number in range(6)]
    mentors = [await town.actor(who) for who in (LEO, AMY)]

    async def claim(who: int, ticket_id: int) -> bool:
        try:
            await town.tickets.claiming.claim(mentors[who], ticket_id=ticket_id)
        except AlreadyDone:
            return False
        return True

    won = await asyncio.gather(*(claim(who, one.ticket_id) for one in mine for who in (0, 1)))

    assert sum(won) == len(mine)
    assert {(await town.ticket(one)).assignee_id for one in mine} <= {LEO, AMY}
    assert await town.tickets.auditor.audit() == []


async def test_the_loser_hears_who_was_first(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()

    with pytest.raises(AlreadyDone) as refused:
        await town.tickets.claiming.claim(await town.actor(AMY), ticket_id=ticket.ticket_id)

    assert (refused.value.by, refused.value.at) == ("Leo", clock.now())


async def test_a_topic_is_made_at_the_claim_and_filled(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    asked = await town.asks("第一句", "第二句")
    await town.post()
    before = town.told(FORUM, OpenTopic)

    leo = await town.actor(LEO)
    await town.tickets.claiming.claim(leo, ticket_id=asked.ticket_id)
    await town.post()

    ticket = await town.ticket(asked)
    in_topic = [what for chat, topic, what in town.sent if topic == ticket.forum_topic_id]
    assert before == []
    assert [one.name for one in town.told(FORUM, OpenTopic)] == ["#1 第一句 第二句"]
    assert len(town.copies(FORUM)) == 2
    assert len(in_topic) == 3
    assert len(town.told(FORUM, Pin)) == 1


async def test_only_the_holder_speaks_to_the_member(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    topic = (await town.ticket(ticket)).forum_topic_id
    place: dict[str, Any] = {"chat_id": FORUM, "forum_topic_id": topic}
    leo, amy = await town.actor(LEO), await town.actor(AMY)

    public = await town.tickets.answering.hear(leo, said=town.said("不需要。", **place))
    marked = await town.tickets.answering.hear(leo, said=town.said("//老客户", **place))
    other = await town.tickets.answering.hear(amy, said=town.said("还要看欧盟", **place))
    await town.post()

    assert [public.kind, marked.kind, other.kind] == [
        MessageKind.PUBLIC,
        MessageKind.NOTE,
        MessageKind.NOTE,
    ]
    assert (marked.may_assist, other.may_assist) == (False, True)
    assert len(town.copies(WANG)) == 1
    with pytest.raises(NotAllowed):
        await town.tickets.answering.answer(
            amy, ticket_id=ticket.ticket_id, said=[town.said("插一句", chat_id=AMY)]
        )


async def test_help_is_sent_when_its_author_says_so(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    topic = (await town.ticket(ticket)).forum_topic_id
    amy = await town.actor(AMY)
    heard = await town.tickets.answering.hear(
        amy, said=town.said("还要看欧盟", chat_id=FORUM, forum_topic_id=topic)
    )

    helped = await town.tickets.answering.assist(amy, ticket_message_id=heard.ticket_message_id)
    await town.post()

    assert helped.ticket.state is TicketState.ANSWERED
    assert helped.ticket.assignee_id == LEO
    assert town.told(WANG, AnswerHeading)[-1].mentor_name == "Amy"
    assert len(town.copies(WANG)) == 1


async def test_an_answer_is_delivered_when_telegram_says_so(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered("第一段", "第二段")
    kim = await town.actor(KIM)

    before = await town.tickets.views.card(kim, ticket_id=ticket.ticket_id)
    await town.post()
    after = await town.tickets.views.card(kim, ticket_id=ticket.ticket_id)

    assert before.truth.delivered_at is None
    assert after.truth.delivered_at is not None
    assert [one.emoji for one in town.told(LEO, React)] == ["👌", "👌"]
    assert len(town.told(WANG, AnswerHeading)) == 1
    assert len(town.told(WANG, AnswerFooter)) == 1


async def test_an_answer_that_fails_is_never_called_delivered(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    town.faults[WANG] = BadContent("message to copy not found")

    await town.answers(ticket, "答复")
    await town.post()

    card = await town.tickets.views.card(await town.actor(KIM), ticket_id=ticket.ticket_id)
    assert card.truth.delivered_at is None
    assert card.truth.failed_for == "message to copy not found"
    assert [one.emoji for one in town.told(LEO, React)] == ["💔"]
    assert [one.delivery_id for one in town.told(FORUM, AnswerFailed)] == [card.truth.failed_id]


async def test_an_answer_that_failed_is_sent_again_from_the_card(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    town.faults[WANG] = BadContent("message to copy not found")
    await town.answers(ticket, "答复")
    await town.post()
    kim = await town.actor(KIM)
    failed = (await town.tickets.views.card(kim, ticket_id=ticket.ticket_id)).truth.failed_id
    assert failed is not None

    town.faults.clear()
    await town.community.outbox.send_again(delivery_id=failed, actor_id=LEO)
    await town.post()

    truth = (await town.tickets.views.card(kim, ticket_id=ticket.ticket_id)).truth
    assert (truth.failed_for, truth.failed_id) == (None, None)
    assert truth.delivered_at is not None


async def test_a_card_says_when_the_question_was_read_first(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.asks()
    await town.post()
    assert town.told(FORUM, TicketCard)[-1].truth.read_at is None

    await town.tickets.views.show_all(await town.actor(AMY), ticket_id=ticket.ticket_id)
    read_at = clock.now()
    await town.post()
    await town.tickets.claiming.claim(await town.actor(LEO), ticket_id=ticket.ticket_id)
    await town.post()

    assert len(town.copies(AMY)) == 1
    assert {one.truth.read_at for one in town.told(FORUM, TicketCard)[1:]} == {read_at}


async def test_an_answer_that_failed_goes_out_again_when_its_own_mentor_says_so(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    town.faults[WANG] = BadContent("voice messages are forbidden")
    await town.answers(ticket, "答复")
    await town.post()
    (failed,) = town.told(FORUM, AnswerFailed)
    del town.faults[WANG]
    resending, leo = town.tickets.resending, await town.actor(LEO)

    with pytest.raises(NotAllowed):
        await resending.send_again(await town.actor(AMY), delivery_id=failed.delivery_id)
    await town.post()
    before = town.copies(WANG)
    await resending.send_again(leo, delivery_id=failed.delivery_id)
    await town.post()

    assert before == []
    assert len(town.copies(WANG)) == 1
    with pytest.raises(AlreadyDone):
        await resending.send_again(leo, delivery_id=failed.delivery_id)


async def test_help_that_failed_goes_out_again_when_its_author_says_so(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    topic = (await town.ticket(ticket)).forum_topic_id
    amy = await town.actor(AMY)
    heard = await town.tickets.answering.hear(
        amy, said=town.said("还要看欧盟", chat_id=FORUM, forum_topic_id=topic)
    )
    town.faults[WANG] = BadContent("too long")
    await town.tickets.answering.assist(amy, ticket_message_id=heard.ticket_message_id)
    await town.post()
    (failed,) = town.told(FORUM, AnswerFailed)
    del town.faults[WANG]

    await town.tickets.resending.send_again(amy, delivery_id=failed.delivery_id)
    await town.post()

    assert len(town.copies(WANG)) == 1


async def test_a_letter_that_is_no_answer_is_none_of_a_mentors_business(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    town.faults[LI] = BadContent("too long")
    async with storage.work() as unit:
        await town.community.outbox.put(unit, Promise(SpaceEntered(1, "会员群"), LI))
        await unit.commit()
    async with storage.read() as session:
        number = await session.scalar(
            sa.select(DeliveryRow.delivery_id).where(DeliveryRow.chat_id == LI)
        )
    await town.post()
    del town.faults[LI]

    for who in (LEO, KIM):
        with pytest.raises(NotFound):
            await town.tickets.resending.send_again(await town.actor(who), delivery_id=number or 0)
    await town.post()

    assert town.told(LI, SpaceEntered) == []


async def test_a_question_whose_member_stops_the_bot_says_so_at_once(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    held, waiting = await town.claimed(), await town.asks("另一个问题")
    answered = await town.answered(who=LI)
    await town.post()

    for member_id in (WANG, LI):
        await town.community.reach_changed(member_id, is_open=False)
    await town.post()
    stopped = [await town.ticket(one) for one in (held, waiting, answered)]
    await town.community.reach_changed(WANG, is_open=True)
    await town.post()
    back = [await town.ticket(one) for one in (held, waiting)]

    assert [one.is_unreachable for one in stopped] == [True, True, False]
    assert [one.due_at for one in stopped] == [None, None, None]
    assert [one.has_kept for one in town.told(FORUM, MemberLost)] == [False]
    assert [one.is_unreachable for one in back] == [False, False]
    assert all(one.due_at is not None for one in back)
    assert len(town.told(FORUM, MemberBack)) == 1
    assert await town.tickets.auditor.audit() == []


async def test_a_blocked_member_stops_the_clock_and_gets_the_answer_later(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    town.faults[WANG] = BLOCKED
    await town.answers(ticket, "答复")
    await town.post()
    lost = await town.ticket(ticket)

    del town.faults[WANG]
    await town.community.reach_changed(WANG, is_open=True)
    await town.post()

    assert lost.is_unreachable
    assert len(town.told(FORUM, MemberLost)) == 1
    assert not (await town.ticket(ticket)).is_unreachable
    assert len(town.told(FORUM, MemberBack)) == 1
    assert len(town.copies(WANG)) == 1
    assert await town.tickets.auditor.audit() == []


@pytest.mark.parametrize("pause", [0.0, 0.3, 3.0])
async def test_an_album_is_one_answer_whatever_the_order_and_the_pauses(
    storage: Storage, clock: StandingClock, pause: float
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    await town.post()
    topic = (await town.ticket(ticket)).forum_topic_id
    leo = await town.actor(LEO)
    ids = [907, 901, 905, 903, 910, 902, 909, 904, 908, 906]

    for number in ids:
        said = Said(FORUM, number, "photo", None, (), f"p{number}", "a7", None, topic)
        await town.tickets.answering.hear(leo, said=said)
        await town.later(seconds=pause)
    await town.later(seconds=4)
    await town.post()

    assert [one.message_ids for one in town.told(WANG, Copies)] == [tuple(sorted(ids))]
    happened = await town.tickets.views.transcript(leo, ticket_id=ticket.ticket_id)
    assert [one.happening.value for one in happened.moments].count("answer") == 1


async def test_a_follow_up_reaches_the_mentor_and_calls_once(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    before = len(town.copies(FORUM))

    moved = await town.placed("那欧盟呢？")
    await town.placed("还有英国")
    await town.post()

    assert (moved.ticket_id, moved.state) == (ticket.ticket_id, TicketState.ACTIVE)
    assert moved.due_at is not None
    assert len(town.copies(FORUM)) - before == 2
    assert len(town.told(FORUM, FollowUpCame)) == 1


async def test_a_plain_group_sees_the_question_below_its_card(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock, desk=GROUP)
    ticket = await town.asks()
    await town.post()
    shown = len(town.told(GROUP, TicketCard))

    await town.tickets.claiming.claim(await town.actor(LEO), ticket_id=ticket.ticket_id)
    await town.post()

    assert (await town.ticket(ticket)).forum_topic_id is None
    assert shown == 1
    assert len(town.copies(GROUP)) == 1


async def test_a_reply_to_the_card_is_an_answer_in_a_plain_group(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock, desk=GROUP)
    ticket = await town.claimed()
    await town.post()
    async with storage.read() as session:
        card = await town.community.outbox.card_of(session, f"ticket:{ticket.ticket_id}")
    assert card is not None

    said = town.said("不需要。", chat_id=GROUP, reply_to=card.message_id)
    heard = await town.tickets.answering.hear(await town.actor(LEO), said=said)
    await town.post()

    assert heard.kind is MessageKind.PUBLIC
    assert town.copies(WANG) == [said.message_id]
    with pytest.raises(NotFound):
        await town.tickets.answering.hear(
            await town.actor(LEO), said=town.said("闲聊", chat_id=GROUP)
        )


async def test_two_members_side_by_side_get_their_own_answers(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    wangs = await town.claimed("王的问题", who=WANG, by=LEO)
    lis = await town.claimed("李的问题", who=LI, by=LEO)
    to_wang, to_li = town.said("给王", chat_id=LEO), town.said("给李", chat_id=LEO)
    leo = await town.actor(LEO)

    await asyncio.gather(
        town.tickets.answering.answer(leo, ticket_id=wangs.ticket_id, said=[to_wang]),
        town.tickets.answering.answer(leo, ticket_id=lis.ticket_id, said=[to_li]),
    )
    await town.post()

    assert town.copies(WANG) == [to_wang.message_id]
    assert town.copies(LI) == [to_li.message_id]


async def test_a_transfer_wants_a_note_and_tells_the_next(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    leo, transfer = await town.actor(LEO), town.tickets.claiming.transfer

    with pytest.raises(Invalid):
        await transfer(leo, ticket_id=ticket.ticket_id, to=AMY, note="  ")
    with pytest.raises(NotFound):
        await transfer(leo, ticket_id=ticket.ticket_id, to=LI, note="请接")
    moved = await transfer(leo, ticket_id=ticket.ticket_id, to=AMY, note="需要 EU 经验")
    await town.post()

    assert (moved.assignee_id, moved.due_at) == (AMY, ticket.due_at)
    assert [one.note for one in town.told(AMY, TicketTransferred)] == ["需要 EU 经验"]


async def test_an_edit_after_the_answer_is_mirrored_and_flagged(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    transcript = await town.tickets.views.transcript(
        await town.actor(KIM), ticket_id=ticket.ticket_id
    )
    first = transcript.spoken[0].message.said

    changed = Said(first.chat_id, first.message_id, "text", "其实问的是欧盟")
    await town.tickets.amending.edited(await town.actor(WANG), said=changed)
    await town.post()

    again = await town.tickets.views.transcript(await town.actor(KIM), ticket_id=ticket.ticket_id)
    assert (await town.ticket(ticket)).needs_review
    assert town.told(FORUM, QuestionEdited)[-1].is_after_answer
    assert [one.text for one in town.told(FORUM, EditPiece)] == ["其实问的是欧盟"]
    assert again.spoken[0].earlier == ("美国站 GPSR 需要弄吗？",)


@pytest.mark.parametrize(
    ("days", "act", "acts"),
    [(1, DeleteMessages, 3), (3, EditPiece, 1)],  # who answers and whether it settles go too
)
async def test_an_answer_can_be_taken_back(
    storage: Storage, clock: StandingClock, days: int, act: type, acts: int
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    await town.later(days=days)
    leo = await town.actor(LEO)

    done = await town.tickets.amending.recall_last(leo, ticket_id=ticket.ticket_id)
    await town.post()

    assert done.was_deleted is (days == 1)
    assert len(town.told(WANG, act)) == acts
    with pytest.raises(NotFound):
        await town.tickets.amending.recall_last(leo, ticket_id=ticket.ticket_id)


async def test_an_answer_of_several_messages_is_taken_back_whole_and_is_owed_again(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    leo = await town.actor(LEO)
    said = [town.said(one, chat_id=LEO) for one in ("第一段", "第二段")]
    heard = await town.tickets.answering.answer(leo, ticket_id=ticket.ticket_id, said=said)
    await town.post()

    undo = town.tickets.amending.recall_answer
    await undo(leo, ticket_message_id=heard.ticket_message_id, most=2)
    await town.post()

    now = await town.ticket(ticket)
    assert len(town.told(WANG, DeleteMessages)) == 2 + 2  # and what stood around them
    assert (now.state, now.resolve_at) == (TicketState.ACTIVE, None)
    assert now.due_at is not None
    assert await town.tickets.auditor.audit() == []
    with pytest.raises(AlreadyDone):
        await undo(leo, ticket_message_id=heard.ticket_message_id, most=2)
    with pytest.raises(NotFound):
        await undo(await town.actor(AMY), ticket_message_id=heard.ticket_message_id, most=2)


async def test_what_else_was_answered_stands_when_a_part_is_taken_back(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered("第一段", "第二段")

    await town.tickets.amending.recall_last(await town.actor(LEO), ticket_id=ticket.ticket_id)

    assert (await town.ticket(ticket)).state is TicketState.ANSWERED


async def test_a_topic_made_anew_is_filled_again(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed("第一句", "第二句")
    await town.post()
    old = (await town.ticket(ticket)).forum_topic_id or 0
    before = len(town.copies(FORUM))

    async with storage.work() as unit:
        await town.community.topic_remade(unit, FORUM, old, 9000)
        await unit.commit()
    await town.post()

    assert (await town.ticket(ticket)).forum_topic_id == 9000
    assert len(town.copies(FORUM)) - before == 2
    assert town.copies(WANG) == []
