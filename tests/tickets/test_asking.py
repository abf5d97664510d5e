"""Asking: what a member writes in a burst is one question, kept first and counted once."""

from datetime import timedelta
from typing import Any

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, NotAllowed, NotFound
from community_bot.storage.unit import Storage
from community_bot.tickets.desk_notices import TicketCard
from community_bot.tickets.facts import Opened, Over, Said
from community_bot.tickets.notices import DraftCard, GroupQuestion, QuestionCard, QuestionOver
from community_bot.tickets.rules import DraftState, TicketState
from tests.tickets.bureau import FORUM, GUEST, KIM, WANG, bureau
from tests.town import TIERS

ONE_A_MONTH = [TIERS[0], {**TIERS[1], "questions_per_month": 1}]


async def test_a_burst_becomes_one_question(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    wang = await town.actor(WANG)
    album: dict[str, Any] = {"content": "photo", "media_group_id": "a1"}

    await town.tickets.drafting.collect(wang, said=town.said("收到邮件，GPSR 要弄吗？"))
    for number in range(3):
        said = town.said(None, file_id=f"p{number}", **album)
        draft = await town.tickets.drafting.collect(wang, said=said)
    opened = await town.tickets.intake.submit(wang, draft_id=draft.draft_id)

    assert (draft.texts, draft.pictures, draft.files) == (1, 3, 0)
    assert (draft.topic, draft.market) == ("compliance", "EU")
    assert isinstance(opened, Opened)
    assert opened.ticket.state is TicketState.QUEUED
    assert (opened.allowance.used, opened.ahead) == (1, 0)
    assert (
        opened.ticket.due_at
        == opened.ticket.promised_at
        == clock.now() + timedelta(hours=5, minutes=30)
    )


async def test_the_same_message_twice_is_kept_once(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    wang, said = await town.actor(WANG), town.said("美国站 GPSR？")

    await town.tickets.drafting.collect(wang, said=said)
    draft = await town.tickets.drafting.collect(wang, said=said)

    assert draft.texts == 1


async def test_a_draft_left_alone_is_submitted(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    wang = await town.actor(WANG)
    await town.tickets.drafting.collect(wang, said=town.said("佣金怎么算？"))

    await town.later(seconds=60)
    early = await town.tickets.views.own(wang)
    await town.later(seconds=31)
    late = await town.tickets.views.own(wang)
    await town.later(seconds=300)

    assert (early.total, late.total) == (0, 1)
    assert (await town.tickets.views.own(wang)).total == 1
    assert await town.tickets.drafting.current(wang) is None


async def test_both_sides_are_shown_a_card(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.asks("佣金怎么算？")

    await town.post()

    card: TicketCard = town.told(FORUM, TicketCard)[-1]
    mine: QuestionCard = town.told(WANG, QuestionCard)[-1]
    assert (card.ticket_id, card.words, card.member_name) == (
        ticket.ticket_id,
        "佣金怎么算？",
        "王女士",
    )
    assert (mine.ticket_id, mine.ahead, mine.may_cancel) == (ticket.ticket_id, 0, True)
    assert town.told(WANG, DraftCard) != []


async def test_a_question_over_the_quota_is_kept_and_asked_next_month(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock, tiers=ONE_A_MONTH)
    wang = await town.actor(WANG)
    await town.asks("第一个问题")
    draft = await town.tickets.drafting.collect(wang, said=town.said("第二个问题"))

    over = await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    await town.post()
    await town.tickets.shelving.next_month(wang, draft_id=draft.draft_id)
    await town.later(days=10)
    this_month = (await town.tickets.views.own(wang)).total
    await town.later(days=25)

    assert isinstance(over, Over)
    assert (over.draft.state, over.draft.words) == (DraftState.KEPT, "第二个问题")
    assert town.told(WANG, QuestionOver)[-1].allowance.is_spent
    assert this_month == 1
    assert (await town.tickets.views.own(wang)).total == 2


@pytest.mark.parametrize("who", [GUEST])
async def test_who_has_no_questions_is_refused(
    storage: Storage, clock: StandingClock, who: int
) -> None:
    town = await bureau(storage, clock)
    guest = await town.actor(who)

    with pytest.raises(NotAllowed):
        await town.tickets.drafting.collect(guest, said=town.said("能问吗？", chat_id=who))


async def test_a_cancelled_question_is_given_back(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock, tiers=ONE_A_MONTH)
    wang = await town.actor(WANG)
    first = await town.asks("问错了")

    await town.tickets.ending.cancel(wang, ticket_id=first.ticket_id)
    second = await town.asks("这才是问题")

    assert (await town.ticket(first)).state is TicketState.CANCELLED
    assert second.state is TicketState.QUEUED
    assert await town.tickets.auditor.audit() == []


async def test_a_lapsed_member_is_served_to_the_end(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    clock.pass_(timedelta(days=364))
    ticket = await town.claimed("到期前的问题")
    clock.pass_(timedelta(days=30))

    follow = await town.placed("还有一点")
    answered = await town.answers(ticket, "照样答复您。")

    assert follow.ticket_id == ticket.ticket_id
    assert answered.state is TicketState.ANSWERED
    with pytest.raises(NotAllowed):
        await town.tickets.drafting.collect(await town.actor(WANG), said=town.said("新问题"))


async def test_a_foreign_or_old_draft_is_not_found(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    wang, kim = await town.actor(WANG), await town.actor(KIM)
    draft = await town.tickets.drafting.collect(wang, said=town.said("佣金？"))

    with pytest.raises(NotFound):
        await town.tickets.intake.submit(kim, draft_id=draft.draft_id)
    await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    with pytest.raises(AlreadyDone):
        await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    with pytest.raises(AlreadyDone):
        await town.tickets.shelving.cancel(wang, draft_id=draft.draft_id)


async def test_what_the_faq_seemed_to_answer_is_taken_up_without_typing_again(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    wang = await town.actor(WANG)
    number = await town.tickets.shelving.put_by(wang, said=town.said("美国站 GPSR 要弄吗？"))
    await town.later(minutes=30)
    silent = (await town.tickets.views.own(wang)).total

    draft = await town.tickets.shelving.take_up(wang, draft_id=number)
    again = await town.tickets.shelving.take_up(wang, draft_id=number)

    assert silent == 0
    assert (draft.words, draft.topic) == ("美国站 GPSR 要弄吗？", "compliance")
    assert again.draft_id == draft.draft_id
    assert draft.state is DraftState.GATHERING


async def test_pictures_right_after_an_answer_belong_to_the_question(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    wang = await town.actor(WANG)
    await town.tickets.shelving.put_by(wang, said=town.said("这封邮件要处理吗？"))
    clock.pass_(timedelta(seconds=20))

    draft = await town.tickets.drafting.collect(wang, said=town.said(None, content="photo"))

    assert (draft.texts, draft.pictures, draft.words) == (1, 1, "这封邮件要处理吗？")


async def test_two_drafts_taken_up_become_one(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    wang = await town.actor(WANG)
    first = await town.tickets.shelving.put_by(wang, said=town.said("佣金怎么算？"))
    clock.pass_(timedelta(minutes=5))
    second = await town.tickets.drafting.collect(wang, said=town.said("还有运费"))

    draft = await town.tickets.shelving.take_up(wang, draft_id=first)

    assert (draft.draft_id, draft.texts) == (second.draft_id, 2)


async def test_a_question_asked_aloud_is_a_ticket_at_once(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock, tiers=ONE_A_MONTH)
    wang = await town.actor(WANG)
    said = town.said("二审要准备什么？", chat_id=-500)

    opened = await town.tickets.intake.ask_aloud(wang, said=[said])
    with pytest.raises(AlreadyDone):
        await town.tickets.intake.ask_aloud(wang, said=[said])
    over = await town.tickets.intake.ask_aloud(wang, said=[town.said("再问一个", chat_id=-500)])
    await town.post()

    assert isinstance(opened, Opened)
    assert opened.ticket.group_message_id == said.message_id
    assert [one.ticket_id for one in town.told(-500, GroupQuestion)] == [1]
    assert isinstance(over, Over)
    assert over.draft.words == "再问一个"


async def test_an_edit_while_the_draft_is_open_shows_on_its_card(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    wang, first = await town.actor(WANG), town.said("佣金怎么算？")
    await town.tickets.drafting.collect(wang, said=first)
    await town.post()

    changed = Said(first.chat_id, first.message_id, "text", "英国站佣金怎么算？")
    await town.tickets.amending.edited(wang, said=changed)
    await town.post()

    assert town.told(WANG, DraftCard)[-1].draft.words == "英国站佣金怎么算？"
