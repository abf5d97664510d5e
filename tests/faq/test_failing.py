"""Answers that fail their readers, and promises to those who searched in vain."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community_bot.errors import Invalid, NotAllowed
from community_bot.faq.content_rules import Content, EntryKind
from community_bot.faq.documents import Verdict
from community_bot.faq.facts import Entry, Topic
from community_bot.faq.learning_rules import Sign
from community_bot.faq.notices import AnswerFound, GapsReport, PolicyChanged, ReviewWanted
from community_bot.faq.rules import Doubted, EntryState
from community_bot.people.roles import Actor, Role
from tests.faq.library import ADMIN, GUEST, MEMBER, MENTOR, OTHER, PAYOUT, REVIEW, Library
from tests.faq.test_care import STRANGE, admin_given, mentor_given, promised

LOCKED = Content("火星能寄吗？", "会员的秘密：能。", least_tier="annual")


def reader(number: int) -> Actor:
    return Actor(100 + number, frozenset({Role.MEMBER}))


async def read_by(shelf: Library, entry: Entry, many: int) -> None:
    for number in range(many):
        await shelf.faq.reading.open(reader(number), entry_id=entry.entry_id)


async def asked_by(shelf: Library, entry: Entry, *numbers: int) -> None:
    for number in numbers:
        async with shelf.storage.work() as unit:
            await shelf.faq.failing.asked(
                unit, member_id=reader(number).member_id, entry_ids=(entry.entry_id,)
            )
            await unit.commit()


async def state_of(shelf: Library, entry: Entry) -> tuple[EntryState, Doubted | None]:
    found = await shelf.faq.entries.one(ADMIN, entry_id=entry.entry_id)
    return found.state, found.doubted_for


async def topic_called(shelf: Library, code: str) -> Topic:
    (topic,) = [one for one in await shelf.faq.reading.topics(ADMIN) if one.code == code]
    return topic


async def test_an_answer_whose_readers_ask_all_the_same_is_marked(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    await read_by(shelf, entry, 12)
    await asked_by(shelf, entry, 0, 1, 2, 2)
    quarter = await state_of(shelf, entry)
    await asked_by(shelf, entry, 3)

    assert quarter == (EntryState.PUBLISHED, None)
    assert await state_of(shelf, entry) == (EntryState.STALE, Doubted.ASKED)


async def test_few_readers_say_nothing_and_who_was_helped_asks_about_something_else(
    shelf: Library,
) -> None:
    entry = await shelf.published(PAYOUT)
    await read_by(shelf, entry, 11)
    await asked_by(shelf, entry, *range(11))
    few = await state_of(shelf, entry)

    other = await shelf.published(REVIEW)
    ranks = {reader(number).member_id: 10 for number in range(12)}
    await read_by(shelf.ranked(ranks), other, 12)
    for number in range(12):
        await shelf.ranked(ranks).faq.votes.vote(
            reader(number), entry_id=other.entry_id, version=1, is_up=True
        )
    await asked_by(shelf, other, *range(12))

    assert few == (EntryState.PUBLISHED, None)
    assert await state_of(shelf, other) == (EntryState.PUBLISHED, None)


async def test_a_mentor_s_own_answer_asks_the_owner_once_a_week(shelf: Library) -> None:
    await mentor_given(shelf)
    entry = await shelf.published(PAYOUT, by=MENTOR)
    for ticket_id in (42, 43):
        async with shelf.storage.work() as unit:
            await shelf.faq.failing.answered(
                unit, ticket_id=ticket_id, entry_ids=(entry.entry_id, 999)
            )
            await unit.commit()

    ((chat_id, told),) = await promised(shelf, ReviewWanted)

    assert isinstance(told, ReviewWanted)
    assert (chat_id, told.why, told.ticket_id) == (2, Doubted.ANSWERED, 42)
    assert await state_of(shelf, entry) == (EntryState.PUBLISHED, None)


async def test_admins_stand_in_for_an_owner_who_has_left_the_staff(shelf: Library) -> None:
    await admin_given(shelf)
    await shelf.published(PAYOUT, by=MENTOR)

    shelf.clock.pass_(timedelta(days=61))
    await shelf.faq.reviews.sweep(shelf.clock.now())

    ((chat_id, told),) = await promised(shelf, ReviewWanted)
    assert isinstance(told, ReviewWanted)
    assert (chat_id, told.owner_name) == (1, None)


async def test_handing_over_what_is_marked_loses_no_reminder(shelf: Library) -> None:
    await mentor_given(shelf)
    entry = await shelf.published(PAYOUT)
    for actor in (MEMBER, OTHER, GUEST):
        await shelf.faq.votes.vote(actor, entry_id=entry.entry_id, version=1, is_up=False)

    await shelf.faq.publishing.hand_over(ADMIN, entry_id=entry.entry_id, owner_id=2)
    await shelf.faq.reviews.sweep(shelf.clock.now())

    ((chat_id, told),) = await promised(shelf, ReviewWanted)
    assert isinstance(told, ReviewWanted)
    assert (chat_id, told.why) == (2, Doubted.VOTES)


async def test_another_topic_brings_its_own_review(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    saved = await shelf.faq.entries.change(
        ADMIN, entry_id=entry.entry_id, version=1, field="topics", text="fees"
    )

    assert (saved.verified_at, saved.review_at) == (
        entry.verified_at,
        shelf.clock.now() + timedelta(days=30),
    )


async def test_a_sweep_is_shown_before_it_is_done_and_tells_a_reader_once(shelf: Library) -> None:
    first = await shelf.published(PAYOUT)
    second = await shelf.published(Content("回款到哪张卡？", "后台绑定的卡。", topics=("payout",)))
    for entry in (first, second):
        await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)
    topic = await topic_called(shelf, "payout")

    sweep = await shelf.faq.reviews.preview(ADMIN, topic_id=topic.topic_id)
    untouched = await state_of(shelf, first)
    await shelf.faq.reviews.rules_changed(ADMIN, topic_id=topic.topic_id, about="改了")

    assert ({number for number, _ in sweep.entries}, sweep.readers) == ({1, 2}, 1)
    assert untouched == (EntryState.PUBLISHED, None)
    ((chat_id, told),) = await promised(shelf, PolicyChanged)
    assert isinstance(told, PolicyChanged)
    assert chat_id == 3
    assert {told.entry_id, *(number for number, _ in told.more)} == {1, 2}
    with pytest.raises(NotAllowed):
        await shelf.faq.reviews.preview(MENTOR, topic_id=topic.topic_id)
    with pytest.raises(Invalid):
        await shelf.faq.reviews.rules_changed(ADMIN, topic_id=topic.topic_id, about="长" * 501)


async def test_new_rules_are_told_of_whatever_an_answer_was_marked_for(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    shelf.clock.pass_(timedelta(days=61))
    await shelf.faq.reviews.sweep(shelf.clock.now())
    topic = await topic_called(shelf, "payout")

    await shelf.faq.reviews.rules_changed(ADMIN, topic_id=topic.topic_id, about="改了")

    assert await state_of(shelf, entry) == (EntryState.STALE, Doubted.POLICY)


async def test_nobody_is_called_back_to_what_they_may_not_read(shelf: Library) -> None:
    for actor in (GUEST, MEMBER):
        await shelf.faq.searching.search(actor, text="火星能寄吗")

    entry = await shelf.published(LOCKED)
    first = [chat_id for chat_id, _ in await promised(shelf, AnswerFound)]
    await shelf.faq.entries.limit_to(ADMIN, entry_id=entry.entry_id, tier=None)

    assert first == [3]
    assert [chat_id for chat_id, _ in await promised(shelf, AnswerFound)] == [3, 4]


async def test_a_gap_calls_back_though_its_entry_asks_in_other_words(shelf: Library) -> None:
    await shelf.faq.searching.search(MEMBER, text="我的小可爱们还活着吗")
    (gap,) = (await shelf.faq.gaps.page(ADMIN)).gaps

    draft = await shelf.faq.gaps.answer(
        ADMIN, search_id=gap.search_id, content=Content("达人样品怎么追踪？", "看后台。")
    )
    await shelf.faq.publishing.publish(ADMIN, entry_id=draft.entry_id)

    assert [chat_id for chat_id, _ in await promised(shelf, AnswerFound)] == [3]


async def test_another_wording_of_what_is_there_calls_back_as_well(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.faq.searching.search(MEMBER, text="米米啥时候落袋")

    await shelf.faq.entries.change(
        ADMIN, entry_id=entry.entry_id, version=1, field="aliases", text="米米啥时候落袋"
    )

    assert [chat_id for chat_id, _ in await promised(shelf, AnswerFound)] == [3]


async def test_gaps_come_in_pages_with_the_nearest_entry_and_once_a_week_to_admins(
    shelf: Library,
) -> None:
    await admin_given(shelf)
    await shelf.published(PAYOUT)
    for number in range(6):
        await shelf.faq.searching.search(MEMBER, text=f"{'甲乙丙丁戊己'[number]}{'鲸鱼' * 3}会飞")
    await shelf.faq.searching.search(OTHER, text="己鲸鱼鲸鱼鲸鱼会飞")

    page = await shelf.faq.gaps.page(ADMIN)
    last = await shelf.faq.gaps.page(ADMIN, number=9)
    for _ in range(2):
        async with shelf.storage.work() as unit:
            until = shelf.clock.now() + timedelta(hours=1)
            await shelf.faq.gaps.report(
                unit, since=until - timedelta(days=7), until=until, once_key="2026-03-02"
            )
            await unit.commit()

    assert (len(page.gaps), page.pages, page.gaps[0].members) == (5, 2, 2)
    assert (len(last.gaps), last.number) == (1, 1)
    ((chat_id, told),) = await promised(shelf, GapsReport)
    assert isinstance(told, GapsReport)
    assert (chat_id, told.open, told.first[0]) == (1, 6, (page.gaps[0].wording, 2))


async def test_an_earlier_version_is_saved_anew(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.faq.entries.answer(ADMIN, entry_id=entry.entry_id, version=1, body="写错了")

    again = await shelf.faq.entries.revert(ADMIN, entry_id=entry.entry_id, version=1, newest=2)

    assert (again.version, again.content) == (3, entry.content)
    assert len(await shelf.faq.entries.versions(ADMIN, entry_id=entry.entry_id)) == 3


async def test_what_staff_have_undone_is_not_learnt_again(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await liked(shelf, MEMBER, entry, is_up=True)
    (lesson,) = await shelf.faq.learning.lessons(ADMIN, entry_id=entry.entry_id)
    await shelf.faq.learning.undo(ADMIN, confirmation_id=lesson.confirmation_id)

    await liked(shelf, OTHER, entry, is_up=True)

    assert lesson.signs == (Sign.HELPED,)
    assert await shelf.faq.learning.lessons(ADMIN, entry_id=entry.entry_id) == []


async def test_who_took_back_their_own_word_may_give_it_again(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    for is_up in (True, False, True):
        await liked(shelf, MEMBER, entry, is_up=is_up)

    (lesson,) = await shelf.faq.learning.lessons(ADMIN, entry_id=entry.entry_id)
    assert (lesson.wording, lesson.members) == (STRANGE, 1)


async def test_the_words_of_who_is_forgotten_leave_every_index(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.published(REVIEW)
    other = shelf.beside()
    found = await shelf.faq.searching.search(MEMBER, text=STRANGE)
    await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id, search_id=found.search_id)
    await liked(shelf, MEMBER, entry, is_up=True)
    before = await other.faq.searching.search(OTHER, text=STRANGE)

    async with shelf.storage.work() as unit:
        await shelf.faq.learning.erase(unit, ADMIN, MEMBER.member_id)
        await unit.commit()

    assert before.verdict is Verdict.ANSWERS
    for process in (shelf, other, shelf.beside()):
        after = await process.faq.searching.search(OTHER, text=STRANGE)
        assert after.verdict is not Verdict.ANSWERS
    assert await shelf.faq.learning.lessons(ADMIN, entry_id=entry.entry_id) == []


async def test_a_snippet_calls_nobody_back_and_is_named_to_no_member(shelf: Library) -> None:
    await shelf.faq.searching.search(MEMBER, text="火星能寄吗")

    await shelf.published(replace(LOCKED, kind=EntryKind.SNIPPET, least_tier=None))

    assert await promised(shelf, AnswerFound) == []
    assert (await shelf.faq.searching.search(MEMBER, text="火星能寄吗")).lines == ()


async def liked(shelf: Library, actor: Actor, entry: Entry, *, is_up: bool) -> None:
    found = await shelf.faq.searching.search(actor, text=STRANGE)
    await shelf.faq.votes.vote(
        actor, entry_id=entry.entry_id, version=1, is_up=is_up, search_id=found.search_id
    )
