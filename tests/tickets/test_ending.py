"""Going on and ending: nothing a member writes vanishes, thanks start no clock, ends are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, IllegalTransition, Invalid, NotAllowed, NotFound
from community_bot.faq.notices import ReviewWanted
from community_bot.faq.rules import Doubted
from community_bot.people import queries as people
from community_bot.storage.unit import Storage
from community_bot.tickets.desk_notices import AnswerRated
from community_bot.tickets.facts import Ended, Placed, Unclear
from community_bot.tickets.notices import (
    Courtesy,
    EntryAnswer,
    GroupAnswer,
    GroupQuestion,
    QuestionCaptured,
    QuestionMerged,
    QuestionResolved,
    RatingReminder,
    SilenceWarning,
)
from community_bot.tickets.rules import Grievance, MessageKind, Origin, TicketState, Verdict
from community_bot.tickets.view_queries import View
from tests.faq.library import PAYOUT
from tests.tickets.bureau import FORUM, GUEST, KIM, LEO, LI, WANG, bureau

ROOM = -500


async def test_thanks_start_no_clock(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()

    done = await town.follows_up("谢谢老师！")
    await town.post()

    now = await town.ticket(ticket)
    assert isinstance(done, Placed)
    assert done.is_courtesy
    assert (now.state, now.due_at) == (TicketState.ANSWERED, None)
    assert len(town.told(WANG, Courtesy)) == 1


async def test_a_follow_up_without_an_answer_is_never_solved_by_its_mentor(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.placed("那英国站呢？")
    leo, ending = await town.actor(LEO), town.tickets.ending

    with pytest.raises(Invalid) as refused:
        await ending.resolve(leo, ticket_id=ticket.ticket_id)
    await ending.waive(leo, ticket_id=ticket.ticket_id)
    solved = await ending.resolve(leo, ticket_id=ticket.ticket_id)

    assert refused.value.reason == "waits"
    assert solved.state is TicketState.RESOLVED


async def test_silence_is_warned_of_and_then_settles(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    states = []

    for _ in range(9):
        await town.later(days=1)
        await town.post()
        states.append((await town.ticket(ticket)).state)
    await town.later(days=4)

    assert states[0] is TicketState.ANSWERED
    assert states[-1] is TicketState.RESOLVED
    assert len(town.told(WANG, SilenceWarning)) == 1
    assert town.told(WANG, QuestionResolved)[-1].by_silence
    assert (await town.ticket(ticket)).state is TicketState.CLOSED
    assert await town.tickets.auditor.audit() == []


async def test_a_reply_opens_a_settled_question_again_for_its_mentor(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    wang = await town.actor(WANG)
    await town.tickets.ending.resolve(wang, ticket_id=ticket.ticket_id)
    async with storage.read() as session:
        card = await town.community.outbox.card_of(session, f"after:{ticket.ticket_id}")
    assert card is not None

    done = await town.follows_up("还是不行", reply_to=card.message_id)

    assert isinstance(done, Placed)
    assert done.is_reopened
    assert (done.ticket.state, done.ticket.assignee_id) == (TicketState.ACTIVE, LEO)


async def test_a_settled_question_goes_to_the_queue_when_its_mentor_is_off(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    wang = await town.actor(WANG)
    await town.tickets.ending.resolve(wang, ticket_id=ticket.ticket_id)
    await town.tickets.mentors.go_off(await town.actor(LEO))

    again = await town.tickets.ending.reopen(wang, ticket_id=ticket.ticket_id)

    assert (again.state, again.assignee_id) == (TicketState.QUEUED, None)
    assert again.due_at is not None


async def test_what_is_about_a_closed_question_may_follow_it(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    wang = await town.actor(WANG)
    await town.tickets.ending.resolve(wang, ticket_id=ticket.ticket_id)
    async with storage.read() as session:
        card = await town.community.outbox.card_of(session, f"after:{ticket.ticket_id}")
    await town.later(days=4)
    assert card is not None

    said = town.said("又来了", reply_to=card.message_id)
    done = await town.tickets.following_up.follow_up(wang, said=said)
    draft = await town.tickets.drafting.collect(wang, said=said, follows_id=ticket.ticket_id)
    opened = await town.tickets.intake.submit(wang, draft_id=draft.draft_id)

    assert isinstance(done, Ended)
    assert opened.ticket.parent_id == ticket.ticket_id  # type: ignore[union-attr]


async def test_two_open_questions_are_never_guessed_between(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    first, second = await town.claimed("问题一"), await town.claimed("问题二")
    wang = await town.actor(WANG)
    await town.later(minutes=5)  # what is written in one go stays together

    done = await town.follows_up("补充一句")
    more = await town.follows_up("再补一句")
    chosen = await town.tickets.following_up.choose(wang, ticket_id=first.ticket_id)

    assert isinstance(done, Unclear)
    assert isinstance(more, Unclear)
    assert (done.is_first, more.is_first) == (True, False)
    assert {one.ticket_id for one in done.choices} == {first.ticket_id, second.ticket_id}
    assert isinstance(chosen, Placed)
    whole = await town.tickets.views.transcript(wang, ticket_id=first.ticket_id)
    assert [one.message.said.text for one in whole.spoken] == ["问题一", "补充一句", "再补一句"]
    with pytest.raises(NotFound):
        await town.tickets.following_up.choose(wang, ticket_id=first.ticket_id)


async def test_what_nobody_answers_about_is_not_lost(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    await town.claimed("问题一")
    second = await town.claimed("问题二")
    await town.follows_up("补充一句")

    await town.later(minutes=2)

    whole = await town.tickets.views.transcript(await town.actor(WANG), ticket_id=second.ticket_id)
    assert whole.spoken[-1].message.said.text == "补充一句"
    assert await town.tickets.auditor.audit() == []


async def test_nobody_reaches_a_foreign_ticket(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    li, number = await town.actor(LI), ticket.ticket_id

    for refused in (
        town.tickets.ending.resolve(li, ticket_id=number),
        town.tickets.views.ticket(li, ticket_id=number),
        town.tickets.views.transcript(li, ticket_id=number),
        town.tickets.ending.cancel(li, ticket_id=number),
        town.tickets.ratings.rate(li, ticket_id=number, verdict=Verdict.POOR),
        town.tickets.sharing.share(li, ticket_id=number, is_shared=True),
        town.tickets.claiming.claim(li, ticket_id=number),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            await refused
    assert (await town.ticket(ticket)).state is TicketState.ANSWERED


async def test_a_member_never_reads_notes(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered("公开的话")
    leo = await town.actor(LEO)
    note = town.said("他上次也问过", chat_id=LEO)
    await town.tickets.answering.note(leo, ticket_id=ticket.ticket_id, said=note)
    await town.post()

    own = await town.tickets.views.transcript(await town.actor(WANG), ticket_id=ticket.ticket_id)
    staff = await town.tickets.views.transcript(leo, ticket_id=ticket.ticket_id)

    assert MessageKind.NOTE not in {one.message.kind for one in own.spoken}
    assert MessageKind.NOTE in {one.message.kind for one in staff.spoken}
    assert note.message_id not in town.copies(WANG)
    assert all(one.reason is None and one.actor_id is None for one in own.moments)


async def test_an_answer_is_rated_once_and_asked_for_once_more(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    first, second = await town.answered(), await town.answered()
    wang = await town.actor(WANG)
    for one in (first, second):
        await town.tickets.ending.resolve(wang, ticket_id=one.ticket_id)
    rate, explain = town.tickets.ratings.rate, town.tickets.ratings.explain

    await rate(wang, ticket_id=first.ticket_id, verdict=Verdict.POOR)
    rating = await explain(wang, ticket_id=first.ticket_id, reason=Grievance.UNCLEAR)
    for _ in range(3):
        await town.later(hours=25)
    await town.post()

    assert (rating.verdict, rating.reason) == (Verdict.POOR, Grievance.UNCLEAR)
    assert [one.ticket_id for one in town.told(WANG, RatingReminder)] == [second.ticket_id]
    assert town.told(LEO, AnswerRated)[-1].reason is Grievance.UNCLEAR
    with pytest.raises(AlreadyDone):
        await rate(wang, ticket_id=first.ticket_id, verdict=Verdict.GOOD)


async def test_spam_is_refused_and_taken_back(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    ticket = await town.asks()
    leo = await town.actor(LEO)

    gone = await town.tickets.ending.spam(leo, ticket_id=ticket.ticket_id)
    back = await town.tickets.ending.restore(leo, ticket_id=ticket.ticket_id)

    right = await town.tickets.views.progress(await town.actor(WANG), ticket_id=ticket.ticket_id)
    assert (gone.state, back.state) == (TicketState.SPAM, TicketState.QUEUED)
    assert back.due_at == ticket.due_at
    assert right.allowance is not None
    assert right.allowance.used == 0
    assert await town.tickets.auditor.audit() == []


async def test_a_ticket_put_off_stands_still_and_wakes(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()
    leo, until = await town.actor(LEO), clock.now() + timedelta(hours=2)

    asleep = await town.tickets.ending.snooze(leo, ticket_id=ticket.ticket_id, until=until)
    await town.later(hours=2)

    woken = await town.ticket(ticket)
    assert (asleep.due_at, asleep.snoozed_until) == (None, until)
    assert woken.snoozed_until is None
    assert ticket.due_at is not None
    assert woken.due_at is not None
    assert woken.due_at > ticket.due_at
    with pytest.raises(Invalid):
        await town.tickets.ending.snooze(leo, ticket_id=ticket.ticket_id, until=clock.now())


async def test_merged_questions_go_on_as_one(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    first, second = await town.claimed("问题一"), await town.asks("问题一，再说一遍")
    foreign = await town.asks("别人的", who=LI)
    leo = await town.actor(LEO)

    into = await town.tickets.merging.merge(
        leo, ticket_id=second.ticket_id, into_id=first.ticket_id
    )
    await town.post()

    whole = await town.tickets.views.transcript(leo, ticket_id=first.ticket_id)
    assert into.ticket_id == first.ticket_id
    assert len(whole.spoken) == 2
    assert (await town.ticket(second)).state is TicketState.MERGED
    assert len(town.told(WANG, QuestionMerged)) == 1
    assert await town.tickets.auditor.audit() == []
    with pytest.raises(Invalid):
        await town.tickets.merging.merge(leo, ticket_id=foreign.ticket_id, into_id=first.ticket_id)


async def test_a_captured_question_is_answered_in_both_places(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    leo = await town.actor(LEO)
    said = town.said("英国站要 VAT 吗？", chat_id=ROOM)

    ticket = await town.tickets.capturing.capture(leo, said=said, member_id=WANG)
    await town.tickets.claiming.claim(leo, ticket_id=ticket.ticket_id)
    await town.answers(ticket, "要的。")
    await town.post()

    assert ticket.origin is Origin.CAPTURED
    assert town.told(ROOM, GroupQuestion)[0].reply_to == said.message_id
    assert town.told(ROOM, GroupAnswer)[0].words == "要的。"
    assert len(town.told(WANG, QuestionCaptured)) == 1
    assert len(town.copies(WANG)) == 1
    with pytest.raises(AlreadyDone):
        await town.tickets.capturing.capture(leo, said=said, member_id=WANG)


async def test_the_group_is_shown_what_the_answer_says_by_now(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    leo, amending = await town.actor(LEO), town.tickets.amending
    said = town.said("英国站要 VAT 吗？", chat_id=ROOM)
    ticket = await town.tickets.capturing.capture(leo, said=said, member_id=WANG)
    await town.tickets.claiming.claim(leo, ticket_id=ticket.ticket_id)
    first, more = town.said("税号 123，要的。", chat_id=LEO), town.said("也要 EORI。", chat_id=LEO)
    answer = town.tickets.answering.answer

    await answer(leo, ticket_id=ticket.ticket_id, said=[first])
    await town.post()
    await answer(leo, ticket_id=ticket.ticket_id, said=[more])
    await town.post()
    await amending.edited(leo, said=replace(first, text="要的。"))
    await town.post()
    await amending.recall(leo, chat_id=LEO, message_id=first.message_id)
    await town.post()
    await amending.recall(leo, chat_id=LEO, message_id=more.message_id)
    await town.post()

    shown = town.told(ROOM, GroupAnswer)
    assert [one.words for one in shown] == [
        "税号 123，要的。",
        "税号 123，要的。 也要 EORI。",
        "要的。 也要 EORI。",
        "也要 EORI。",
        "",
    ]
    assert [one.is_taken_back for one in shown] == [False, False, False, False, True]


async def test_the_group_is_told_that_an_entry_has_answered_in_private(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, leo = await town.actor(KIM), await town.actor(LEO)
    entry = await town.community.faq.entries.write(kim, content=PAYOUT)
    await town.community.faq.publishing.publish(kim, entry_id=entry.entry_id)
    said = town.said("多久回款？", chat_id=ROOM)
    ticket = await town.tickets.capturing.capture(leo, said=said, member_id=WANG)
    await town.tickets.claiming.claim(leo, ticket_id=ticket.ticket_id)

    await town.tickets.entry_answers.use(leo, ticket_id=ticket.ticket_id, entry_id=entry.entry_id)
    await town.post()

    told = town.told(ROOM, GroupAnswer)
    assert [(one.words, one.is_whole) for one in told] == [(PAYOUT.question, False)]


async def test_an_answer_that_was_changed_on_its_way_is_changed_in_the_group_too(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    leo = await town.actor(LEO)
    said = town.said("英国站要 VAT 吗？", chat_id=ROOM)
    ticket = await town.tickets.capturing.capture(leo, said=said, member_id=WANG)
    await town.tickets.claiming.claim(leo, ticket_id=ticket.ticket_id)
    answer = town.said("要的。", chat_id=LEO)
    await town.tickets.answering.answer(leo, ticket_id=ticket.ticket_id, said=[answer])

    await town.tickets.amending.edited(leo, said=replace(answer, text="不用。"))
    await town.post()

    assert town.told(ROOM, GroupAnswer)[-1].words == "不用。"


async def test_one_answer_reaches_all_who_wanted_to_know(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed("TikTok Shop 多久回款一次？")
    wang, li = await town.actor(WANG), await town.actor(LI)
    hidden = await town.tickets.sharing.similar(li, words="TikTok Shop 多久回款")
    await town.tickets.sharing.share(wang, ticket_id=ticket.ticket_id, is_shared=True)

    shown = await town.tickets.sharing.similar(li, words="TikTok Shop 多久回款")
    await town.tickets.sharing.follow(li, ticket_id=ticket.ticket_id)
    await town.answers(ticket, "30 天。")
    await town.post()

    assert hidden == []
    assert [one.ticket_id for one in shown] == [ticket.ticket_id]
    assert town.copies(LI) == town.copies(WANG)
    with pytest.raises(NotFound):
        await town.tickets.sharing.follow(wang, ticket_id=ticket.ticket_id)


async def test_questions_are_compared_in_the_words_of_the_community(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed("小黄车挂不上怎么处理？")
    wang, li, kim = [await town.actor(one) for one in (WANG, LI, KIM)]
    await town.tickets.sharing.share(wang, ticket_id=ticket.ticket_id, is_shared=True)
    before = await town.tickets.sharing.similar(li, words="橙篮子")

    await town.community.faq.terms.add(kim, text="小黄车, 橙篮子")
    after = await town.tickets.sharing.similar(li, words="橙篮子")

    assert before == []
    assert [one.ticket_id for one in after] == [ticket.ticket_id]


async def test_an_entry_answers_and_a_ticket_becomes_one(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, leo = await town.actor(KIM), await town.actor(LEO)
    entry = await town.community.faq.entries.write(kim, content=PAYOUT)
    await town.community.faq.publishing.publish(kim, entry_id=entry.entry_id)
    first = await town.claimed("多久回款？")
    second = await town.answered("打电话 13800138000 <问>")

    await town.tickets.entry_answers.use(leo, ticket_id=first.ticket_id, entry_id=entry.entry_id)
    made = await town.tickets.promoting.promote(leo, ticket_id=second.ticket_id)
    await town.post()

    draft = await town.community.faq.entries.one(kim, entry_id=made)
    assert [one.entry_id for one in town.told(WANG, EntryAnswer)] == [entry.entry_id]
    assert (await town.ticket(first)).state is TicketState.ANSWERED
    assert draft.content.body == "打电话 ••• &lt;问&gt;"
    with pytest.raises(AlreadyDone):
        await town.tickets.promoting.promote(leo, ticket_id=second.ticket_id)


async def test_a_ticket_becomes_an_entry_with_its_formatting_and_without_names(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, leo = await town.actor(KIM), await town.actor(LEO)
    async with storage.read() as session:
        name = (await people.names(session, [WANG]))[WANG]
    ticket = await town.claimed("店铺名：LuckyHome 被封怎么办？")
    text = f"{name}您好，先申诉：看这里"
    said = replace(
        town.said(text, chat_id=LEO),
        entities=(
            {"type": "bold", "offset": text.index("先"), "length": 3},
            {
                "type": "text_link",
                "offset": text.index("看"),
                "length": 3,
                "url": "https://seller-us.tiktok.com/appeal",
            },
        ),
    )
    await town.tickets.answering.answer(leo, ticket_id=ticket.ticket_id, said=[said])

    made = await town.tickets.promoting.promote(leo, ticket_id=ticket.ticket_id)

    draft = await town.community.faq.entries.one(kim, entry_id=made)
    assert draft.content.question == "店铺名：••• 被封怎么办？"
    assert draft.content.body == (
        '•••您好，<b>先申诉</b>：<a href="https://seller-us.tiktok.com/appeal">看这里</a>'
    )


async def test_who_looks_after_what_was_read_hears_that_a_mentor_answered_anew(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    kim, faq = await town.actor(KIM), town.community.faq
    entry = await faq.entries.write(kim, content=PAYOUT)
    await faq.publishing.publish(kim, entry_id=entry.entry_id)
    await faq.reading.open(await town.actor(WANG), entry_id=entry.entry_id)

    ticket = await town.answered("要 45 天。")
    await town.post()

    (told,) = town.told(KIM, ReviewWanted)
    assert (told.entry_id, told.why, told.ticket_id) == (
        entry.entry_id,
        Doubted.ANSWERED,
        ticket.ticket_id,
    )


async def test_the_queue_is_most_urgent_first(storage: Storage, clock: StandingClock) -> None:
    town = await bureau(storage, clock)
    first = await town.asks("一")
    clock.pass_(timedelta(minutes=10))
    second = await town.asks("二", who=LI)
    kim = await town.actor(KIM)

    page = (await town.tickets.views.queue(kim, view=View.UNCLAIMED, number=9)).page
    clock.pass_(timedelta(days=1))
    late = (await town.tickets.views.queue(kim, view=View.OVERDUE)).tally

    numbers = [line.ticket.ticket_id for line in page.lines]
    assert numbers == [first.ticket_id, second.ticket_id]
    assert (page.number, page.pages, page.total) == (0, 1, 2)
    assert (late.unclaimed, late.mine, late.overdue, late.all) == (2, 0, 2, 2)


async def test_a_claimed_question_cannot_be_cancelled(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed()

    with pytest.raises(IllegalTransition):
        await town.tickets.ending.cancel(await town.actor(WANG), ticket_id=ticket.ticket_id)


async def test_what_is_forgotten_leaves_figures_alone(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    async with storage.work() as unit:
        is_open = await town.tickets.personal.is_open(unit.session, WANG)
        await town.tickets.personal.erase(unit, await town.actor(WANG), WANG)
        await unit.commit()

    kept = await town.tickets.personal.of(WANG)

    assert is_open == "question_open"
    assert [one["number"] for one in kept] == [ticket.ticket_id]
    assert {said["text"] for one in kept for said in one["messages"]} == {None}
    assert town.told(FORUM) == []
    assert GUEST not in {one for one, _, _ in town.sent}
