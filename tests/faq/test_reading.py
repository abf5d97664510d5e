"""What people see of the FAQ: answers, locks, lists, votes; and what they never see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community_bot.errors import AlreadyDone, IllegalTransition, NotAllowed, NotFound
from community_bot.faq import usage_queries
from community_bot.faq.content_rules import Content, EntryKind
from community_bot.faq.documents import Verdict
from community_bot.faq.rules import EntryState, VoteReason
from tests.faq.library import ADMIN, GUEST, MEMBER, MENTOR, OTHER, PAYOUT, REVIEW, Library


async def test_what_surely_answers_is_opened_at_once(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    found = await shelf.faq.searching.search(MEMBER, text="请问多久回款一次")

    assert found.verdict is Verdict.ANSWERS
    assert found.answer is not None
    assert found.answer.entry_id == entry.entry_id
    assert found.answer.body == "订单妥投后进入结算期，一般 <b>30 天</b>。"
    assert found.answer.markets == ("UK", "US")
    assert found.answer.verifier_name == "艾管"
    assert found.answer.verified_at == shelf.clock.now()


async def test_what_nobody_has_answered_is_answered_by_nothing(shelf: Library) -> None:
    await shelf.published(PAYOUT)

    found = await shelf.faq.searching.search(MEMBER, text="火星上怎么种土豆")

    assert (found.verdict, found.lines, found.answer) == (Verdict.NOTHING, (), None)


@pytest.mark.parametrize(
    "text", ["", " ", "？？？", "a" * 100_000, "\x00<b>%_'\"", "保证金" * 9999]
)
async def test_hostile_words_are_searched_like_any_other(shelf: Library, text: str) -> None:
    await shelf.published(PAYOUT)

    found = await shelf.faq.searching.search(GUEST, text=text)

    assert found.verdict is Verdict.NOTHING


async def test_a_locked_entry_shows_its_title_and_the_way_up_only(shelf: Library) -> None:
    entry = await shelf.published(REVIEW)

    found = await shelf.faq.searching.search(GUEST, text="二审没过怎么办")
    opened = await shelf.faq.reading.open(GUEST, entry_id=entry.entry_id)

    assert found.lines[0].is_locked
    for view in (found.answer, opened):
        assert view is not None
        assert view.is_locked
        assert (view.question, view.body, view.media, view.matching) == (
            REVIEW.question,
            "",
            (),
            None,
        )
        assert view.level is not None
        assert view.level.name["zh"] == "年度会员"


async def test_a_member_of_the_tier_reads_it_whole(shelf: Library) -> None:
    entry = await shelf.published(REVIEW)

    view = await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)

    assert (view.is_locked, view.body) == (False, REVIEW.body)


async def test_a_tier_that_nobody_knows_opens_to_staff_alone(shelf: Library) -> None:
    entry = await shelf.published(replace(PAYOUT, least_tier="gone"))

    seen = [
        (await shelf.faq.reading.open(actor, entry_id=entry.entry_id)).is_locked
        for actor in (GUEST, MEMBER, MENTOR)
    ]

    assert seen == [True, True, False]


async def test_a_snippet_exists_for_staff_alone(shelf: Library) -> None:
    snippet = Content(question="问候语", body="您好", kind=EntryKind.SNIPPET)
    entry = await shelf.published(snippet)

    by_member = await shelf.faq.searching.search(MEMBER, text="问候语")
    by_mentor = await shelf.faq.searching.search(MENTOR, text="问候语")

    assert (by_member.lines, by_mentor.lines[0].entry_id) == ((), entry.entry_id)
    with pytest.raises(NotFound):
        await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)


async def test_drafts_and_archived_entries_are_not_to_be_seen(shelf: Library) -> None:
    draft = await shelf.faq.entries.write(MENTOR, content=PAYOUT)
    gone = await shelf.published(REVIEW)
    await shelf.faq.publishing.archive(ADMIN, entry_id=gone.entry_id)

    for number in (draft.entry_id, gone.entry_id, 999):
        with pytest.raises(NotFound):
            await shelf.faq.reading.open(MEMBER, entry_id=number)
    assert (await shelf.faq.searching.search(MEMBER, text="二审没过")).lines == ()


async def test_a_change_in_another_process_counts_from_the_next_search_on(shelf: Library) -> None:
    other = shelf.beside()
    assert (await other.faq.searching.search(MEMBER, text="多久回款")).lines == ()

    entry = await shelf.published(PAYOUT)
    added = await other.faq.searching.search(MEMBER, text="多久回款")
    await shelf.faq.publishing.archive(ADMIN, entry_id=entry.entry_id)
    gone = await other.faq.searching.search(MEMBER, text="多久回款")

    assert (len(added.lines), len(gone.lines)) == (1, 0)


async def test_only_what_everybody_may_read_leaves_for_other_chats(shelf: Library) -> None:
    await shelf.published(PAYOUT)
    locked = await shelf.published(replace(PAYOUT, question="回款慢怎么办？", least_tier="annual"))

    inline = await shelf.faq.searching.for_everybody("回款")
    shared = await shelf.faq.reading.share(entry_id=locked.entry_id, chat_id=-100)

    assert [view.question for view in inline.views] == [PAYOUT.question]
    assert not inline.is_more
    assert shared.view is not None
    assert (shared.view.is_locked, shared.view.body) == (True, "")


async def test_a_group_is_not_shown_the_same_entry_twice_in_ten_minutes(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    shown = []
    for wait in (0, 9, 2):
        shelf.clock.pass_(timedelta(minutes=wait))
        shared = await shelf.faq.reading.share(entry_id=entry.entry_id, chat_id=-100)
        shown.append(shared.view is not None)

    assert shown == [True, False, True]


async def test_topics_are_browsed_in_pages_what_is_read_most_first(shelf: Library) -> None:
    entries = [
        await shelf.published(replace(PAYOUT, question=f"回款问题 {number}", aliases=()))
        for number in range(9)
    ]
    await shelf.published(REVIEW)
    await shelf.faq.reading.open(OTHER, entry_id=entries[7].entry_id)

    topics = await shelf.faq.reading.topics(GUEST)
    first = await shelf.faq.reading.in_topic(GUEST, topic_id=topics[0].topic_id)
    beyond = await shelf.faq.reading.in_topic(GUEST, topic_id=topics[0].topic_id, number=99)

    assert [(topic.code, topic.entries) for topic in topics] == [("payout", 9), ("account", 1)]
    assert (len(first.lines), first.pages, first.lines[0].entry_id) == (8, 2, entries[7].entry_id)
    assert (beyond.number, len(beyond.lines)) == (1, 1)


async def test_a_vote_counts_once_for_each_member_and_version(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    vote = shelf.faq.votes.vote

    await vote(MEMBER, entry_id=entry.entry_id, version=1, is_up=True)
    with pytest.raises(AlreadyDone):
        await vote(MEMBER, entry_id=entry.entry_id, version=1, is_up=True)
    await vote(MEMBER, entry_id=entry.entry_id, version=1, is_up=False)
    await shelf.faq.votes.give_reason(
        MEMBER, entry_id=entry.entry_id, version=1, reason=VoteReason.OUTDATED
    )

    counts = await shelf.faq.votes.counts(entry.entry_id)
    assert (counts.up, counts.down, counts.reasons) == (0, 1, {"outdated": 1})


async def test_nobody_votes_on_what_they_may_not_read(shelf: Library) -> None:
    entry = await shelf.published(REVIEW)

    with pytest.raises(NotFound):
        await shelf.faq.votes.vote(GUEST, entry_id=entry.entry_id, version=1, is_up=True)
    with pytest.raises(NotFound):
        await shelf.faq.votes.vote(MEMBER, entry_id=entry.entry_id, version=2, is_up=True)


async def test_three_thumbs_down_in_a_week_mark_an_entry(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    for actor in (MEMBER, OTHER, GUEST):
        await shelf.faq.votes.vote(actor, entry_id=entry.entry_id, version=1, is_up=False)

    view = await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)
    assert view.is_stale
    again = await shelf.faq.publishing.verify(ADMIN, entry_id=entry.entry_id)
    assert (again.state, again.doubted_for) == (EntryState.PUBLISHED, None)


async def test_words_that_helped_one_member_find_it_for_another(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.published(REVIEW)
    strange = "钱钱啥时候能到手呀"
    before = await shelf.faq.searching.search(MEMBER, text=strange)

    await shelf.faq.votes.vote(
        MEMBER, entry_id=entry.entry_id, version=1, is_up=True, search_id=before.search_id
    )
    after = await shelf.faq.searching.search(OTHER, text=strange)

    assert before.verdict is not Verdict.ANSWERS
    assert after.verdict is Verdict.ANSWERS
    assert after.answer is not None
    assert after.answer.entry_id == entry.entry_id


async def test_somebody_elses_search_teaches_nothing_under_a_forged_number(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    strange = await shelf.faq.searching.search(MEMBER, text="钱钱啥时候能到手呀")

    await shelf.faq.votes.vote(
        OTHER, entry_id=entry.entry_id, version=1, is_up=True, search_id=strange.search_id
    )
    others = await shelf.faq.searching.others(OTHER, search_id=strange.search_id or 0)

    again = await shelf.faq.searching.search(OTHER, text="钱钱啥时候能到手呀")
    assert again.verdict is not Verdict.ANSWERS
    assert others.lines == ()


async def test_the_part_of_a_long_answer_that_fits_is_named(shelf: Library) -> None:
    parts = [
        "开头讲总的规则。" * 30,
        "欧洲站：增值税每季度申报一次，要找税代。",
        "最后一段讲联系方式。" * 20,
    ]
    await shelf.published(Content(question="各站点怎么报税？", body="\n\n".join(parts)))

    found = await shelf.faq.searching.search(MEMBER, text="各站点怎么报税 欧洲站增值税申报")

    assert found.answer is not None
    assert found.answer.matching == parts[1]


async def test_what_is_searched_is_kept_without_personal_data(shelf: Library) -> None:
    found = await shelf.faq.searching.search(
        MEMBER, text="我的单号 113-1234567-7654321 微信 @laowang88 电话 13800138000 没回款"
    )

    async with shelf.storage.read() as session:
        row = await usage_queries.search(session, found.search_id or 0)
    assert row is not None
    assert row.wording == "我的单号 ••• 微信 ••• 电话 ••• 没回款"


async def test_who_may_do_what_to_an_entry(shelf: Library) -> None:
    entry = await shelf.faq.entries.write(MENTOR, content=PAYOUT)

    with pytest.raises(NotAllowed):
        await shelf.faq.entries.write(MEMBER, content=PAYOUT)
    with pytest.raises(NotAllowed):
        await shelf.faq.publishing.publish(MENTOR, entry_id=entry.entry_id)
    with pytest.raises(IllegalTransition):
        await shelf.faq.publishing.verify(MENTOR, entry_id=entry.entry_id)
    submitted = await shelf.faq.publishing.submit(MENTOR, entry_id=entry.entry_id)
    assert submitted.state is EntryState.IN_REVIEW


async def test_a_list_holds_what_may_be_it_and_no_noise(shelf: Library) -> None:
    meant = [
        await shelf.published(Content(question, "写在这里。"))
        for question in ("店铺保证金可以退吗", "店铺保证金要交多少")
    ]
    for question in ("店铺名称怎么改", "直播间没有人怎么办", "保健品能上架吗", "达人怎么建联"):
        await shelf.published(Content(question, "写在这里。"))

    found = await shelf.faq.searching.search(MEMBER, text="保证金")
    inline = await shelf.faq.searching.for_everybody("保证金")

    assert {line.entry_id for line in found.lines} == {entry.entry_id for entry in meant}
    assert {view.entry_id for view in inline.views} == {entry.entry_id for entry in meant}


async def test_only_what_may_be_it_is_suggested_while_somebody_writes(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.published(Content("TikTok 直播间怎么开播", "点加号。"))

    found = await shelf.faq.searching.suggest(MEMBER, text="TikTok Shop 多久回款一次", limit=3)
    nothing = await shelf.faq.searching.suggest(MEMBER, text="今晚吃什么好呢", limit=3)

    assert [line.entry_id for line in found] == [entry.entry_id]
    assert nothing == []


async def test_without_words_the_most_read_open_entries_come_in_pages(shelf: Library) -> None:
    entries = [await shelf.published(Content(f"问题 {n}？", "答。")) for n in range(5)]
    await shelf.published(REVIEW)
    await shelf.faq.reading.open(MEMBER, entry_id=entries[3].entry_id)

    first = await shelf.faq.searching.for_everybody(" ", limit=3)
    rest = await shelf.faq.searching.for_everybody("", offset=3, limit=3)
    beyond = await shelf.faq.searching.for_everybody("", offset=999, limit=3)

    assert [view.entry_id for view in first.views] == [4, 1, 2]
    assert [view.entry_id for view in rest.views] == [3, 5]
    assert (first.is_more, rest.is_more, beyond.views) == (True, False, ())


async def test_what_is_about_no_topic_is_found_when_browsing(shelf: Library) -> None:
    entry = await shelf.published(Content("火星能寄吗？", "还不行。"))
    await shelf.published(PAYOUT)

    *_, last = await shelf.faq.reading.topics(MEMBER)
    page = await shelf.faq.reading.in_topic(MEMBER, topic_id=last.topic_id)

    assert (last.code, last.entries) == ("", 1)
    assert [line.entry_id for line in page.lines] == [entry.entry_id]
